package sungu.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code bench/compare}: runs workloads in turn - Keras on TensorFlow, Keras on JAX,
 * Sungu, and again -, each in a process of its own, and prints medians and ratios.
 */
public final class Compare {
    private static final List<String> BACKENDS = List.of("tensorflow", "jax");

    /** What the script of the peers calls the workloads that it prints under another name. */
    private static final Map<String, String> PEER_NAMES =
            Map.of(
                    "iris_mlp", "iris",
                    "imdb_lstm", "lstm",
                    "mini_gpt", "gpt",
                    "latency_mlp_batch1", "latency",
                    "mobilenetv2_infer_b8", "infer_cnn",
                    "eager_add4", "eager");

    private String python = "";
    private Path peers = Path.of(".");
    private Path markdown = Path.of("");
    private int times = 3;
    private final List<String> names = new ArrayList<>();
    private final Comparison comparison = new Comparison();

    private Compare() {}

    /** Runs the comparison; see the script for the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var compare = new Compare();
        try {
            compare.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        compare.run();
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            if (argument.startsWith("--") && i + 1 == arguments.length) {
                throw usage(argument + " needs a value");
            }
            switch (argument) {
                case "--times" -> times = Integer.parseInt(arguments[++i]);
                case "--peers" -> peers = Path.of(arguments[++i]);
                case "--markdown" -> markdown = Path.of(arguments[++i]);
                default -> {
                    if (argument.startsWith("--")) {
                        throw usage("unknown option " + argument);
                    }
                    if (python.isEmpty()) {
                        python = argument;
                    } else if (Run.names().contains(argument)) {
                        names.add(argument);
                    } else {
                        throw usage("unknown workload '" + argument + "'");
                    }
                }
            }
        }
        if (python.isEmpty()) {
            throw usage("the python of a virtual environment is missing");
        }
        if (!Files.exists(script())) {
            throw usage("there is no " + script() + "; say where it is with --peers");
        }
        if (names.isEmpty()) {
            names.addAll(Run.names());
        }
    }

    private static IllegalArgumentException usage(String problem) {
        return new IllegalArgumentException(
                problem
                        + "\nusage: bench/compare PYTHON [WORKLOAD...] [--times N] [--peers FOLDER]"
                        + " [--markdown FILE]\nworkloads: "
                        + String.join(", ", Run.names()));
    }

    private Path script() {
        return peers.resolve("keras_bench.py");
    }

    private void run() throws IOException, InterruptedException {
        for (var name : names) {
            for (int i = 0; i < times; i++) {
                for (var backend : BACKENDS) {
                    var peer = PEER_NAMES.getOrDefault(name, name);
                    collect(
                            name,
                            Map.of("KERAS_BACKEND", backend, "TF_CPP_MIN_LOG_LEVEL", "3"),
                            List.of(python, script().toString(), peer));
                }
                collect(name, Map.of(), ownCommand(name));
            }
            System.out.print(comparison.text(name));
            System.out.flush();
        }
        if (!markdown.toString().isEmpty()) {
            Files.writeString(markdown, comparison.markdown(names, times, versions()));
        }
    }

    /** The command of {@code bench/run}: a JVM like this one, with the same flags. */
    private static List<String> ownCommand(String name) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Run.class.getName(), name));
        return command;
    }

    private void collect(String name, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        for (var line : output(environment, command)) {
            if (line.startsWith("{") && !comparison.add(name, line)) {
                System.err.println(line);
            }
        }
    }

    private static List<String> output(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var process = builder.start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.readAllLines();
        }
        if (process.waitFor() != 0) {
            System.err.println("failed: " + String.join(" ", command));
        }
        return lines;
    }

    /** The versions of what was compared. */
    private Map<String, String> versions() throws IOException, InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("Java", System.getProperty("java.version"));
        for (var library : List.of("keras", "tensorflow", "jax")) {
            var code = "import " + library + "; print(" + library + ".__version__)";
            var lines = output(Map.of(), List.of(python, "-c", code));
            versions.put(library, lines.isEmpty() ? "?" : lines.getLast());
        }
        return versions;
    }
}
