package sungu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code sungu run FILE.java}: Java's source launcher with Sungu on the module path. The shell
 * script answers this command itself, to save one start of a JVM; here is the same for all others.
 */
@Command(
        name = "run",
        description = "Run a Java source file with Sungu on its module path.",
        footer = {
            "",
            "The file may be a compact source file:",
            "",
            "  import module sungu.keras;",
            "",
            "  void main() {",
            "      IO.println(Keras.version());",
            "  }"
        },
        mixinStandardHelpOptions = true)
final class Run implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE.java", description = "The program to run.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Handed to the program.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "run: there is no file " + file);
        }
        return new ProcessBuilder(command()).inheritIO().start().waitFor();
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Java.executable().toString());
        command.addAll(
                List.of("--module-path", Java.modulePath(), "--add-modules", Java.modules()));
        command.add(file.toString());
        command.addAll(arguments);
        return command;
    }
}
