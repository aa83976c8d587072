package sungu.cli;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The Java that runs this command, for commands which start it once more. */
final class Java {
    /** The modules that a program or a shell gets to see. */
    private static final List<String> MODULES = List.of("sungu.keras", "sungu.structures");

    private Java() {}

    static Path executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The folders and jars that hold Sungu: the module path, or else the class path. */
    static List<Path> path() {
        String modules = System.getProperty("jdk.module.path");
        String path = modules == null ? System.getProperty("java.class.path") : modules;
        return List.of(path.split(File.pathSeparator)).stream()
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .collect(Collectors.toList());
    }

    /** The same as one argument, as {@code --module-path} takes it. */
    static String modulePath() {
        return path().stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The modules as one argument, as {@code --add-modules} takes it. */
    static String modules() {
        return String.join(",", MODULES);
    }

    /** Whether all modules are on the module path. */
    static boolean hasModules() {
        var finder = ModuleFinder.of(path().toArray(Path[]::new));
        return MODULES.stream().allMatch(name -> finder.find(name).isPresent());
    }
}
