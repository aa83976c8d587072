package sungu.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code bench/run}: runs workloads and prints a line for each, with the fields that
 * the scripts for other frameworks print, so that a ratio can be taken.
 */
public final class Run {
    private static final Map<String, Workload> ALL = new LinkedHashMap<>();

    static {
        ALL.put("iris_mlp", Workloads::irisMlp);
        ALL.put("mnist_mlp", Workloads::mnistMlp);
        ALL.put("mnist_cnn", ImageWorkloads::mnistCnn);
        ALL.put("resnet20", ImageWorkloads::resnet20);
        ALL.put("imdb_lstm", SequenceWorkloads::imdbLstm);
        ALL.put("mini_gpt", SequenceWorkloads::miniGpt);
        ALL.put("tabular", TabularWorkload::tabular);
        ALL.put("mobilenetv2_infer_b8", ImageWorkloads::mobileNetV2);
        ALL.put("latency_mlp_batch1", Workloads::latencyMlpBatch1);
        ALL.put("eager_add4", Workloads::eagerAdd4);
    }

    private Run() {}

    /** The workloads in the order in which they run. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** What is measured: fills in its figures. */
    interface Workload {
        void run(Measures measures);
    }

    /**
     * Runs the workloads named, or all. {@code --json} prints JSON lines, which is what happens
     * without it, too; {@code jmh} runs JMH, {@code accuracy} measures {@link Accuracy}.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("accuracy")) {
            Accuracy.main(Arrays.asList(arguments).subList(1, arguments.length));
            return;
        }
        var names = new ArrayList<String>();
        for (var argument : arguments) {
            if (argument.equals("--json")) {
                continue;
            }
            if (!ALL.containsKey(argument)) {
                System.err.println(
                        "unknown workload '"
                                + argument
                                + "'; there are "
                                + String.join(", ", ALL.keySet()));
                System.exit(2);
            }
            names.add(argument);
        }
        for (var name : names.isEmpty() ? names() : names) {
            var measures = new Measures(name);
            ALL.getOrDefault(name, ignored -> {}).run(measures);
            System.out.println(measures.json());
            System.out.flush();
        }
    }
}
