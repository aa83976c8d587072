package sungu.conformance.kinds;

import sungu.conformance.Case;
import sungu.conformance.Kind;

import java.util.HashMap;
import java.util.Map;

/** All kinds of cases that can be replayed. */
public final class Kinds {
    /** A kind whose computation may be eager or traced. */
    private interface Computed {
        void replay(Case recorded, Execution execution);
    }

    private static final Map<String, Computed> COMPUTED =
            Map.of(
                    "op", OperationCases::replay,
                    "op_grad", OperationCases::replayGradient,
                    "metric_fn", OperationCases::replay,
                    "random", OperationCases::replay,
                    "layer", LayerCases::replay,
                    "loss", LossCases::replay,
                    "schedule", FunctionCases::schedule,
                    "constraint", FunctionCases::constraint,
                    "regularizer", FunctionCases::regularizer);

    private static final Map<String, Kind> OTHERS =
            Map.ofEntries(
                    Map.entry("tf_op", StructureCases::replay),
                    Map.entry("tf_op_grad", StructureCases::replayGradient),
                    Map.entry("queue", QueueCases::replay),
                    Map.entry("tensor_array", TensorArrayCases::replay),
                    Map.entry("lookup", LookupCases::replay),
                    Map.entry("variable", VariableCases::replay),
                    Map.entry("random_layer", RandomCases::layer),
                    Map.entry("seed_generator", RandomCases::seedGenerator),
                    Map.entry("global_seed", RandomCases::globalSeed),
                    Map.entry("initializer_exact", RandomCases::initializer),
                    Map.entry("metric", MetricCases::replay),
                    Map.entry("optimizer", OptimizerCases::replay),
                    Map.entry("initializer", FunctionCases::initializer),
                    Map.entry("training", TrainingCases::replay),
                    Map.entry("callback", CallbackCases::replay),
                    Map.entry("model_file", ModelFileCases::replay),
                    Map.entry("spec", SpecCases::spec),
                    Map.entry("bad_config", SpecCases::badConfig));

    private Kinds() {}

    /** The kinds by name. */
    public static Map<String, Kind> all() {
        var all = new HashMap<>(OTHERS);
        all.putAll(run(Execution.EAGER));
        return all;
    }

    /** The kinds that can be run as traced functions. */
    public static Map<String, Kind> traced() {
        return run(Execution.TRACED);
    }

    private static Map<String, Kind> run(Execution execution) {
        var kinds = new HashMap<String, Kind>();
        COMPUTED.forEach(
                (name, kind) -> kinds.put(name, recorded -> kind.replay(recorded, execution)));
        return kinds;
    }
}
