package sungu.conformance;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is being built: its root, its modules, their sources and classes. */
final class Project {
    static final List<String> MODULES =
            List.of("engine", "structures", "keras", "cli", "conformance", "bench");

    private Project() {}

    static Path root() {
        String root = System.getProperty("sungu.root");
        return root == null ? Path.of("").toAbsolutePath().getParent() : Path.of(root);
    }

    static JavaClasses classesOf(String module) {
        return new ClassFileImporter().importPaths(classFolders(List.of(module)));
    }

    static JavaClasses classesOfAll() {
        return new ClassFileImporter().importPaths(classFolders(MODULES));
    }

    /** All Java files of all modules and the examples, without build outputs. */
    static List<Path> sources() {
        return Stream.concat(MODULES.stream().map(module -> module + "/src"), Stream.of("examples"))
                .map(root()::resolve)
                .filter(Files::isDirectory)
                .flatMap(Project::javaFiles)
                .toList();
    }

    private static List<Path> classFolders(List<String> modules) {
        return modules.stream()
                .map(module -> root().resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
