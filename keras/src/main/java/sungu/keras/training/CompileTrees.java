package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Serialization;
import sungu.keras.models.Model;
import sungu.keras.optimizers.Optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a model is compiled, as files have it. */
public final class CompileTrees {
    private CompileTrees() {}

    /** The tree of compile options. */
    public static Map<String, @Nullable Object> write(CompileOptions options, Optimizer optimizer) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("optimizer", Serialization.serialize(optimizer));
        tree.put("loss", Serialization.serialize(options.loss()));
        tree.put("loss_weights", Serialization.serialize(options.lossWeights()));
        tree.put("metrics", Serialization.serialize(options.metrics()));
        tree.put("weighted_metrics", Serialization.serialize(options.weightedMetrics()));
        tree.put("run_eagerly", options.runEagerly());
        tree.put("steps_per_execution", options.stepsPerExecution());
        tree.put("jit_compile", false);
        return tree;
    }

    /** Compiles a model as a tree says. */
    public static void read(Model model, Map<?, ?> tree) {
        var optimizer = Serialization.deserialize(tree.get("optimizer"));
        var options =
                CompileOptions.DEFAULT
                        .anyLoss(value(tree.get("loss")))
                        .anyLossWeights(value(tree.get("loss_weights")))
                        .anyMetrics(value(tree.get("metrics")))
                        .anyWeightedMetrics(value(tree.get("weighted_metrics")));
        if (tree.get("run_eagerly") instanceof Boolean eagerly) {
            options = options.runEagerly(eagerly);
        }
        if (tree.get("steps_per_execution") instanceof Integer steps) {
            options = options.stepsPerExecution(steps);
        }
        if (optimizer instanceof String name) {
            options = options.optimizer(name);
        } else if (optimizer instanceof Optimizer made) {
            options = options.optimizer(made);
        }
        model.compile(options);
    }

    /**
     * Compiles a model as the attribute of an older file says: names of losses and metrics, the
     * optimizer's config under another key.
     */
    public static void readLegacy(Model model, Map<?, ?> tree) {
        var renamed = new LinkedHashMap<Object, @Nullable Object>(tree);
        if (tree.get("optimizer_config") instanceof Map<?, ?> optimizer) {
            var withModule = new LinkedHashMap<Object, @Nullable Object>(optimizer);
            withModule.putIfAbsent("module", "keras.optimizers");
            renamed.put("optimizer", withModule);
        }
        read(model, renamed);
    }

    /** Objects of a tree; lists and maps stay, strings are names. */
    private static @Nullable Object value(@Nullable Object tree) {
        return switch (tree) {
            case List<?> list -> {
                var values = new ArrayList<@Nullable Object>();
                list.forEach(item -> values.add(value(item)));
                yield values;
            }
            case null, default -> Serialization.deserialize(tree);
        };
    }
}
