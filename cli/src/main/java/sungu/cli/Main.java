package sungu.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sungu} command: runs programs, opens a shell, says how the machine is used. */
@Command(
        name = "sungu",
        description = "Keras and TensorFlow's core for the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Run.class, Repl.class, Doctor.class, Version.class})
public final class Main {
    Main() {}

    /**
     * Runs the command and ends the JVM with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        int status = commandLine().execute(args.length == 0 ? new String[] {"--help"} : args);
        System.exit(status);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setStopAtPositional(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
