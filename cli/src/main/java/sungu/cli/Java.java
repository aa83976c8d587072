package sungu.cli;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The Java that runs this command, for commands which start it once more. */
final class Java {
    /** The module that a program or a shell gets to see. */
    static final String MODULE = "sungu.keras";

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

    static boolean hasModule(String name) {
        return ModuleFinder.of(path().toArray(Path[]::new)).find(name).isPresent();
    }
}
