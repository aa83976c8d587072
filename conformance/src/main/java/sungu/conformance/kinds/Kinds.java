package sungu.conformance.kinds;

import sungu.conformance.Kind;

import java.util.Map;

/** All kinds of cases that can be replayed. */
public final class Kinds {
    private static final Map<String, Kind> ALL =
            Map.ofEntries(
                    Map.entry("op", OperationCases::replay),
                    Map.entry("op_grad", OperationCases::replayGradient),
                    Map.entry("tf_op", StructureCases::replay),
                    Map.entry("tf_op_grad", StructureCases::replayGradient),
                    Map.entry("queue", QueueCases::replay),
                    Map.entry("tensor_array", TensorArrayCases::replay),
                    Map.entry("lookup", LookupCases::replay),
                    Map.entry("variable", VariableCases::replay),
                    Map.entry("metric_fn", OperationCases::replay),
                    Map.entry("random", OperationCases::replay),
                    Map.entry("layer", LayerCases::replay),
                    Map.entry("random_layer", RandomCases::layer),
                    Map.entry("seed_generator", RandomCases::seedGenerator),
                    Map.entry("global_seed", RandomCases::globalSeed),
                    Map.entry("initializer_exact", RandomCases::initializer),
                    Map.entry("loss", LossCases::replay),
                    Map.entry("metric", MetricCases::replay),
                    Map.entry("optimizer", OptimizerCases::replay),
                    Map.entry("schedule", FunctionCases::schedule),
                    Map.entry("constraint", FunctionCases::constraint),
                    Map.entry("regularizer", FunctionCases::regularizer),
                    Map.entry("initializer", FunctionCases::initializer),
                    Map.entry("training", TrainingCases::replay),
                    Map.entry("callback", CallbackCases::replay),
                    Map.entry("model_file", ModelFileCases::replay),
                    Map.entry("spec", SpecCases::spec),
                    Map.entry("bad_config", SpecCases::badConfig));

    private Kinds() {}

    /** The kinds by name. */
    public static Map<String, Kind> all() {
        return ALL;
    }

    /** The kinds that can be run as traced functions. */
    public static Map<String, Kind> traced() {
        return Map.of("op", OperationCases::replayTraced);
    }
}
