package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Mismatch;
import sungu.conformance.Values;
import sungu.keras.Weight;
import sungu.keras.optimizers.Optimizer;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cases of kind {@code optimizer}: steps with given gradients. */
final class OptimizerCases {
    private OptimizerCases() {}

    static void replay(Case recorded) {
        var optimizer = Things.make(recorded.field("config"), Optimizer.class);
        var weights = new ArrayList<Weight>();
        for (var tree : recorded.list("variables")) {
            var variable = JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(tree));
            var path = String.valueOf(variable.get("path"));
            int slash = path.lastIndexOf('/');
            weights.add(
                    new Weight(
                            Values.tensorOf(variable),
                            String.valueOf(variable.get("name")),
                            slash < 0 ? "" : path.substring(0, slash)));
        }
        var excluded =
                recorded.list("exclude_from_weight_decay").stream().map(String::valueOf).toList();
        if (!excluded.isEmpty()) {
            optimizer.excludeFromWeightDecay(List.of(), excluded);
        }
        restore(recorded, optimizer, weights);
        var comparison = new Comparison(recorded.tolerance());
        int number = 0;
        for (var tree : recorded.list("events")) {
            step(
                    optimizer,
                    weights,
                    JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(tree)),
                    comparison,
                    "step " + number++);
        }
    }

    /** Puts the state back that the optimizer had when the recording began. */
    private static void restore(Case recorded, Optimizer optimizer, List<Weight> weights) {
        if (recorded.has("optimizer_variables_initial")) {
            optimizer.build(weights);
            var slots = optimizer.variables();
            var values = recorded.list("optimizer_variables_initial");
            if (slots.size() != values.size()) {
                throw new Mismatch(
                        "the optimizer has "
                                + slots.size()
                                + " variables "
                                + slots.stream().map(Weight::path).toList()
                                + ", recorded are "
                                + values.size());
            }
            for (int i = 0; i < values.size(); i++) {
                slots.get(i).assign(Values.tensorOf(values.get(i)));
            }
        }
        if (recorded.field("iterations") instanceof Number number && number.longValue() != 0) {
            var iteration = optimizer.iterationVariable();
            iteration.assign(Tensor.full(Shape.SCALAR, number.doubleValue(), iteration.dtype()));
        }
    }

    private static void step(
            Optimizer optimizer,
            List<Weight> weights,
            Map<String, @Nullable Object> event,
            Comparison comparison,
            String where) {
        comparison.check(
                where + " learning_rate",
                optimizer.learningRate().doubleValue(),
                Values.real(event.get("learning_rate")));
        var gradients = new ArrayList<@Nullable Tensor>();
        for (var tree : (List<?>) java.util.Objects.requireNonNull(event.get("grads"))) {
            gradients.add(tree == null ? null : Values.tensorOf(tree));
        }
        optimizer.apply(gradients, weights);
        var expected = (List<?>) java.util.Objects.requireNonNull(event.get("variables"));
        for (int i = 0; i < weights.size(); i++) {
            comparison.check(
                    where + " '" + weights.get(i).path() + "'",
                    weights.get(i).stored(),
                    Values.tensorOf(expected.get(i)));
        }
    }
}
