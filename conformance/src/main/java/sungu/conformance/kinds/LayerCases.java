package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.gradient.GradientTape;
import sungu.keras.Arguments;
import sungu.keras.Weight;
import sungu.keras.layers.Layer;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Cases of kind {@code layer}: a layer from its config, with its weights, called once. */
final class LayerCases {
    private LayerCases() {}

    static void replay(Case recorded, Execution execution) {
        var layer = Things.make(recorded.field("config"), Layer.class);
        if (recorded.has("adapt")) {
            throw new Unsupported("adapt of " + recorded.name());
        }
        var arguments = arguments(recorded);
        if (!layer.built()) {
            layer.buildFor(arguments.tensors().stream().map(Tensor::shape).toArray(Shape[]::new));
        }
        var before = setWeights(layer, recorded.list("weights"));
        var trainable = layer.trainableWeights();
        int inputs = Leaves.tensors(arguments.positional()).size();
        var results =
                JsonTree.strings(
                        (Map<?, ?>)
                                Objects.requireNonNull(
                                        execution.run(
                                                List.of(arguments.positional(), arguments.named()),
                                                given ->
                                                        results(
                                                                recorded, layer, trainable,
                                                                given))));
        if (recorded.raises()) {
            return;
        }
        var comparison = new Comparison(recorded.tolerance());
        comparison.check(
                "outputs",
                results.get("outputs"),
                Values.results().decode(recorded.field("outputs")));
        if (recorded.has("output_masks")) {
            comparison.check(
                    "output_masks",
                    results.get("masks"),
                    Values.results().decode(recorded.field("output_masks")));
        }
        checkWeights(comparison, layer, before, recorded.list("weights_after"));
        if (recorded.has("losses")) {
            comparison.check(
                    "losses",
                    results.get("losses"),
                    Values.results().decode(recorded.field("losses")));
        }
        if (recorded.has("grads")) {
            checkGradients(
                    recorded,
                    comparison,
                    layer,
                    (List<?>) Objects.requireNonNull(results.get("gradients")),
                    inputs,
                    trainable);
        }
    }

    /** What a call of the layer gives: outputs, their masks, losses and gradients. */
    private static Map<String, @Nullable Object> results(
            Case recorded, Layer layer, List<Weight> trainable, @Nullable Object given) {
        var parts = (List<?>) Objects.requireNonNull(given);
        var positional =
                new ArrayList<@Nullable Object>((List<?>) Objects.requireNonNull(parts.get(0)));
        var named = JsonTree.strings((Map<?, ?>) Objects.requireNonNull(parts.get(1)));
        var sources = new ArrayList<Tensor>(Leaves.tensors(positional));
        sources.addAll(trainable);
        var results = new LinkedHashMap<String, @Nullable Object>();
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, positional);
            var outputs = layer.apply(new Arguments(positional, named));
            results.put("outputs", outputs.nested());
            results.put("masks", masks(outputs.nested()));
            results.put("losses", layer.losses());
            if (recorded.has("cotangent") && !recorded.raises()) {
                results.put(
                        "gradients",
                        Leaves.gradients(tape, outputs, recorded.field("cotangent"), sources));
            }
        }
        return results;
    }

    private static Arguments arguments(Case recorded) {
        var positional = Things.arguments().all(recorded.list("inputs"));
        var masks = Values.results().all(recorded.list("input_masks"));
        for (int i = 0; i < masks.size(); i++) {
            positional.set(i, masked(positional.get(i), masks.get(i)));
        }
        var named =
                new LinkedHashMap<String, @Nullable Object>(
                        Things.arguments().entries(recorded.object("kwargs")));
        recorded.object("kwargs_masks")
                .forEach((name, mask) ->
                        named.put(name, masked(named.get(name), Values.results().decode(mask))));
        return new Arguments(positional, named);
    }

    /** A structure with masks attached to its tensors. */
    private static @Nullable Object masked(@Nullable Object value, @Nullable Object mask) {
        return switch (value) {
            case Tensor tensor when mask instanceof Tensor m -> tensor.withMask(m);
            case List<?> list when mask instanceof List<?> masks -> {
                var items = new ArrayList<@Nullable Object>();
                for (int i = 0; i < list.size(); i++) {
                    items.add(masked(list.get(i), masks.get(i)));
                }
                yield items;
            }
            case Map<?, ?> map when mask instanceof Map<?, ?> masks -> {
                var entries = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((key, item) -> entries.put(key, masked(item, masks.get(key))));
                yield entries;
            }
            case null, default -> value;
        };
    }

    /** The masks on a structure of tensors. */
    private static @Nullable Object masks(@Nullable Object value) {
        return switch (value) {
            case Tensor tensor -> tensor.mask();
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(masks(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((key, item) -> entries.put(key, masks(item)));
                yield entries;
            }
            case null, default -> null;
        };
    }

    /** Assigns recorded weights by position and returns their values. */
    private static List<Tensor> setWeights(Layer layer, List<?> recorded) {
        var values = new ArrayList<Tensor>();
        for (var weight : recorded) {
            values.add(Values.tensorOf(weight));
        }
        assign(layer, values);
        return values;
    }

    /** Assigns values to all weights of a layer, by position. */
    static void assign(Layer layer, List<Tensor> values) {
        var weights = layer.weights();
        if (weights.size() != values.size()) {
            throw new Mismatch(
                    "the layer has "
                            + weights.size()
                            + " weights "
                            + weights.stream().map(Weight::path).toList()
                            + ", recorded are "
                            + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            if (!weights.get(i).type().equals(values.get(i).type())) {
                throw new Mismatch(
                        "weight "
                                + i
                                + " '"
                                + weights.get(i).path()
                                + "': expected "
                                + values.get(i).type()
                                + ", got "
                                + weights.get(i).type());
            }
            weights.get(i).assign(values.get(i));
        }
    }

    private static void checkWeights(
            Comparison comparison, Layer layer, List<Tensor> before, List<?> changes) {
        var expected = new ArrayList<>(before);
        for (var change : changes) {
            var entry = JsonTree.strings((Map<?, ?>) Objects.requireNonNull(change));
            expected.set(index(entry), Values.tensorOf(entry));
        }
        var weights = layer.weights();
        for (int i = 0; i < expected.size(); i++) {
            comparison.check(
                    "weights_after '" + weights.get(i).path() + "'",
                    weights.get(i).stored(),
                    expected.get(i));
        }
    }

    private static int index(Map<String, @Nullable Object> entry) {
        return ((Number) Objects.requireNonNull(entry.get("index"))).intValue();
    }

    private static void checkGradients(
            Case recorded,
            Comparison comparison,
            Layer layer,
            List<?> gradients,
            int inputs,
            List<Weight> trainable) {
        var grads = recorded.object("grads");
        var expected = Leaves.of(Values.results().decode(grads.get("inputs")));
        var leaves = Leaves.of(Things.arguments().all(recorded.list("inputs")));
        int tensor = 0;
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i) instanceof Tensor) {
                if (Leaves.isFloat(leaves.get(i)) && i < expected.size()) {
                    Leaves.checkGradient(
                            comparison,
                            "grads.inputs[" + i + "]",
                            (Tensor) gradients.get(tensor),
                            expected.get(i));
                }
                tensor++;
            }
        }
        var weights = layer.weights();
        for (var tree : grads.get("weights") instanceof List<?> list ? list : List.of()) {
            var entry = JsonTree.strings((Map<?, ?>) Objects.requireNonNull(tree));
            var weight = weights.get(index(entry));
            int position = trainable.indexOf(weight);
            var got = position < 0 ? null : (Tensor) gradients.get(inputs + position);
            Leaves.checkGradient(
                    comparison,
                    "grads of '" + weight.path() + "'",
                    got,
                    Values.results().decode(entry.get("grad")));
        }
    }
}
