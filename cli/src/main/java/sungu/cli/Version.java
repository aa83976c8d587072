package sungu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import sungu.keras.Keras;

/** {@code sungu version}: the versions that matter in a bug report. */
@Command(
        name = "version",
        description = "Print the version of Sungu and of the Java that runs it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Version implements Runnable, IVersionProvider {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        for (String line : getVersion()) {
            spec.commandLine().getOut().println(line);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Sungu " + Keras.version() + " (follows Keras " + Keras.FOLLOWED + ")",
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
