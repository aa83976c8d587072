package sungu.cli;

import jdk.jshell.tool.JavaShellToolBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code sungu repl}: JShell with Sungu imported. */
@Command(
        name = "repl",
        description = "Open JShell with Sungu imported.",
        mixinStandardHelpOptions = true)
final class Repl implements Callable<Integer> {
    private static final String STARTUP =
            """
            import module java.base;
            import module sungu.keras;
            """;

    @Parameters(
            index = "0..*",
            paramLabel = "ARG",
            description = "Handed to JShell: files to load, or after -- its options.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path startup = Files.createTempFile("sungu", ".jsh");
        try {
            Files.writeString(startup, STARTUP);
            return JavaShellToolBuilder.builder().start(arguments(startup).toArray(String[]::new));
        } finally {
            Files.deleteIfExists(startup);
        }
    }

    private List<String> arguments(Path startup) {
        var all = new ArrayList<String>();
        all.addAll(List.of("--module-path", Java.modulePath(), "--add-modules", Java.modules()));
        all.addAll(List.of("--startup", startup.toString()));
        all.addAll(arguments);
        return all;
    }
}
