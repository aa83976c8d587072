package sungu.cli;

import com.sun.management.OperatingSystemMXBean;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import sungu.keras.Keras;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code sungu doctor}: what Sungu found on this machine, what it uses, what falls back and why.
 */
@Command(
        name = "doctor",
        description = "Say what Sungu finds on this machine and what it makes of it.",
        mixinStandardHelpOptions = true)
final class Doctor implements Runnable {
    /** The units of a CPU that matter to numeric code, as Linux names them. */
    private static final List<String> UNITS =
            List.of(
                    "avx2",
                    "fma",
                    "f16c",
                    "avx512f",
                    "avx512bw",
                    "avx512vl",
                    "avx512_bf16",
                    "avx512_fp16",
                    "amx_tile",
                    "amx_bf16",
                    "amx_int8",
                    "asimd",
                    "sve");

    private static final Path CPU = Path.of("/proc/cpuinfo");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        line(out, "Sungu", Keras.version() + ", follows Keras " + Keras.FOLLOWED);
        line(out, "Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
        line(out, "", System.getProperty("java.home"));
        line(out, "JVM flags", flags());
        line(out, "System", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
        line(out, "CPU", cpuModel());
        line(out, "CPU units", cpuUnits());
        line(
                out,
                "Threads",
                Runtime.getRuntime().availableProcessors() + " processors for this JVM");
        line(out, "Memory", memory());
        line(out, "Modules", Java.hasModules() ? "found on the module path" : missing());
        line(out, "Executor", "portable (plain Java)");
        line(out, "Falls back", "machine code: this build has no emitter, so all runs portably");
        out.flush();
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-11s %s%n", name, value);
    }

    private static String missing() {
        return "sungu.keras is not on the module path; `import module sungu.keras` will fail";
    }

    private static String flags() {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return flags.isEmpty() ? "none" : String.join(" ", flags);
    }

    private static String memory() {
        long heap = Runtime.getRuntime().maxMemory();
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%s heap at most (-Xmx changes it), %s in the machine, %s free"
                .formatted(
                        size(heap),
                        size(system.getTotalMemorySize()),
                        size(system.getFreeMemorySize()));
    }

    private static String size(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }

    private static String cpuModel() {
        return cpuField("model name")
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                .orElse("unknown model");
    }

    private static String cpuUnits() {
        Optional<String> flags = cpuField("flags").or(() -> cpuField("Features"));
        if (flags.isEmpty()) {
            return "unknown: this system has no " + CPU;
        }
        var units = new TreeSet<>(UNITS);
        units.retainAll(List.of(flags.get().split(" ")));
        return units.isEmpty() ? "none of " + String.join(" ", UNITS) : String.join(" ", units);
    }

    /** The first value of a field of Linux' description of its processors. */
    private static Optional<String> cpuField(String name) {
        if (!Files.isReadable(CPU)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
