package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Mismatch;
import sungu.conformance.Values;
import sungu.gradient.GradientTape;
import sungu.keras.Tensors;
import sungu.ragged.RaggedTensor;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nested values: their leaves in the order of recordings, and gradients between them. */
final class Leaves {
    private Leaves() {}

    /** All leaves, depth first, the entries of maps sorted by key. */
    static List<@Nullable Object> of(@Nullable Object nested) {
        var leaves = new ArrayList<@Nullable Object>();
        collect(nested, leaves);
        return leaves;
    }

    /** All tensors among the leaves. */
    static List<Tensor> tensors(@Nullable Object nested) {
        return of(nested).stream()
                .filter(Tensor.class::isInstance)
                .map(Tensor.class::cast)
                .toList();
    }

    private static void collect(@Nullable Object nested, List<@Nullable Object> leaves) {
        switch (nested) {
            case Tensors structure -> collect(structure.nested(), leaves);
            case List<?> list -> list.forEach(item -> collect(item, leaves));
            case RaggedTensor ragged -> leaves.add(ragged.flatValues());
            case SparseTensor sparse -> leaves.add(sparse.values());
            case Object[] array -> List.of(array).forEach(item -> collect(item, leaves));
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
                sorted.values().forEach(item -> collect(item, leaves));
            }
            case null, default -> leaves.add(nested);
        }
    }

    /** Whether gradients are recorded for a leaf. */
    static boolean isFloat(@Nullable Object leaf) {
        return leaf instanceof Tensor tensor
                && (tensor.dtype() == DType.FLOAT32 || tensor.dtype() == DType.FLOAT64);
    }

    /** Makes a tape watch the floating-point tensors in a structure. */
    static void watch(GradientTape tape, @Nullable Object nested) {
        for (var tensor : tensors(nested)) {
            if (tensor.dtype().isDifferentiable()) {
                tape.watch(tensor);
            }
        }
    }

    /** The gradients of the sum over the leaves of an output, each times its recorded cotangent. */
    static List<@Nullable Tensor> gradients(
            GradientTape tape,
            @Nullable Object output,
            @Nullable Object cotangent,
            List<? extends Tensor> sources) {
        var weights = Values.results().decode(cotangent) instanceof List<?> list ? list : List.of();
        var leaves = of(output);
        if (weights.size() != leaves.size()) {
            throw new Mismatch(
                    "the output has "
                            + leaves.size()
                            + " leaves, "
                            + weights.size()
                            + " cotangents are recorded");
        }
        var targets = new ArrayList<Tensor>();
        var cotangents = new ArrayList<@Nullable Tensor>();
        for (int i = 0; i < leaves.size(); i++) {
            if (weights.get(i) instanceof Tensor weight && leaves.get(i) instanceof Tensor leaf) {
                if (!weight.type().equals(leaf.type())) {
                    throw new Mismatch(
                            "output leaf "
                                    + i
                                    + ": expected "
                                    + weight.type()
                                    + ", got "
                                    + leaf.type());
                }
                targets.add(leaf);
                cotangents.add(weight);
            }
        }
        return tape.gradients(targets, sources, cotangents);
    }

    /** Compares the gradients by each parameter with the recorded ones. */
    static void checkGradients(
            Case recorded,
            Map<String, @Nullable Object> params,
            List<Tensor> sources,
            List<?> gradients) {
        var comparison = new Comparison(recorded.tolerance());
        recorded.object("grads")
                .forEach((name, tree) -> {
                    var floats = of(params.get(name)).stream().filter(Leaves::isFloat).toList();
                    var expected = Values.results().decode(tree);
                    for (int i = 0; i < floats.size(); i++) {
                        var gradient = (Tensor) gradients.get(indexOf(sources, floats.get(i)));
                        var wanted = expected instanceof List<?> list ? list.get(i) : expected;
                        checkGradient(
                                comparison,
                                "grads."
                                        + name
                                        + (expected instanceof List<?> ? "[" + i + "]" : ""),
                                gradient,
                                wanted);
                    }
                });
    }

    /** Where a tensor stands among the sources. */
    static int indexOf(List<Tensor> sources, @Nullable Object tensor) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) == tensor) {
                return i;
            }
        }
        throw new IllegalStateException("a parameter is not among the sources");
    }

    /**
     * Compares a gradient. No gradient and a gradient of zeros are the same thing: which of them
     * comes out is a matter of bookkeeping.
     */
    static void checkGradient(
            Comparison comparison, String where, @Nullable Tensor got, @Nullable Object expected) {
        if (expected instanceof Tensor tensor) {
            comparison.check(
                    where,
                    got != null ? got : Tensor.zeros(tensor.shape(), tensor.dtype()),
                    tensor);
        } else if (got != null) {
            comparison.check(where, got, Tensor.zeros(got.shape(), got.dtype()));
        }
    }

    /**
     * A tensor of a decoded argument: Python numbers become int32 and float32 as Keras makes them.
     */
    static @Nullable Tensor tensor(@Nullable Object argument) {
        return switch (argument) {
            case null -> null;
            case Tensor tensor -> tensor;
            case Boolean flag -> Tensor.full(Shape.SCALAR, flag ? 1 : 0, DType.BOOL);
            case Long number -> Tensor.full(Shape.SCALAR, number, DType.INT32);
            case Number number -> Tensor.full(Shape.SCALAR, number.doubleValue(), DType.FLOAT32);
            case List<?> list -> {
                var items = new ArrayList<Tensor>();
                boolean floats = false;
                for (var item : list) {
                    var tensor = tensor(item);
                    if (tensor != null) {
                        items.add(tensor);
                        floats |= tensor.dtype().isFloating();
                    }
                }
                if (items.isEmpty()) {
                    yield Tensor.zeros(Shape.of(0), DType.FLOAT32);
                }
                boolean cast = floats;
                yield sungu.ops.Movements.stack(
                        items.stream().map(item -> cast ? item.cast(DType.FLOAT32) : item).toList(),
                        0);
            }
            default ->
                    throw new sungu.conformance.Unsupported(
                            "an argument " + argument.getClass().getSimpleName() + " as a tensor");
        };
    }
}
