package sungu.conformance.kinds;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Mismatch;
import sungu.conformance.Values;
import sungu.keras.Arguments;
import sungu.keras.config.KerasConfig;
import sungu.keras.initializers.Initializer;
import sungu.keras.layers.Layer;
import sungu.keras.random.GlobalSeed;
import sungu.keras.random.SeedGenerator;
import sungu.tensor.DType;

import java.util.Map;

/**
 * Cases of random streams: {@code random_layer}, {@code seed_generator}, {@code initializer_exact},
 * {@code global_seed}.
 */
final class RandomCases {
    private RandomCases() {}

    static void layer(Case recorded) {
        var layer = Things.make(recorded.field("config"), Layer.class);
        var input = Things.arguments().decode(recorded.field("input"));
        var comparison = new Comparison(recorded.tolerance());
        int call = 0;
        for (var expected : recorded.list("outputs")) {
            var output = layer.apply(Arguments.of(input).with("training", true));
            comparison.check("call " + call++, output.nested(), Values.results().decode(expected));
        }
    }

    static void seedGenerator(Case recorded) {
        var generator = new SeedGenerator(((Number) recorded.required("seed")).longValue());
        var uniform = OperationCases.find("keras.random.uniform");
        var comparison = new Comparison(recorded.tolerance());
        int step = 0;
        for (var tree : recorded.list("steps")) {
            var expected = JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(tree));
            var where = "step " + step++;
            comparison.check(
                    where + " state_before",
                    generator.state().stored(),
                    Values.tensorOf(expected.get("state_before")));
            var draw = uniform.call(Map.of("shape", java.util.List.of(4L), "seed", generator));
            comparison.check(where + " draw", draw, Values.tensorOf(expected.get("draw")));
            comparison.check(
                    where + " state_after",
                    generator.state().stored(),
                    Values.tensorOf(expected.get("state_after")));
        }
    }

    static void initializer(Case recorded) {
        var initializer = Things.make(recorded.field("config"), Initializer.class);
        var shape = FunctionCases.shape(recorded);
        var comparison = new Comparison(recorded.tolerance());
        comparison.check(
                "first",
                initializer.apply(shape, DType.FLOAT32),
                Values.tensorOf(recorded.field("first")));
        comparison.check(
                "second",
                initializer.apply(shape, DType.FLOAT32),
                Values.tensorOf(recorded.field("second")));
    }

    static void globalSeed(Case recorded) {
        var before = KerasConfig.seed();
        GlobalSeed.set(((Number) recorded.required("seed")).longValue());
        try {
            var model =
                    recorded.field("model") instanceof String json
                            ? JsonTree.parse(json)
                            : recorded.field("model");
            var weights = Things.make(model, Layer.class).weights();
            var expected = recorded.list("weights");
            if (weights.size() != expected.size()) {
                throw new Mismatch(
                        "the model has "
                                + weights.size()
                                + " weights, recorded are "
                                + expected.size());
            }
            var comparison = new Comparison(recorded.tolerance());
            for (int i = 0; i < expected.size(); i++) {
                comparison.check(
                        "weight '" + weights.get(i).path() + "'",
                        weights.get(i).stored(),
                        Values.tensorOf(expected.get(i)));
            }
        } finally {
            if (before == null) {
                GlobalSeed.clear();
            } else {
                GlobalSeed.set(before);
            }
        }
    }
}
