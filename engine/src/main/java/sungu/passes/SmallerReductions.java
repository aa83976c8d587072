package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Pointwise;
import sungu.primitive.Reduce;
import sungu.primitive.Reduce.Fold;
import sungu.primitive.Reshaping;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Folds less: what is the same along the folded axes is taken out of a sum, a sum of what was
 * stretched is a product, and movements before a fold change the axes that it names only. A sum of
 * differences from a mean is made of the sum that the mean was made of, when that is there: so the
 * gradient of a normalization reads its input once less.
 *
 * <p>Integers stay exact. Floats are added up in another order and scaled after instead of before:
 * they agree within n * eps * sum |x|.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[8,3], %1: f32[3]) {
 *   %2: f32[8,3] = broadcast(%1) {shape=[8,3]}
 *   %3: f32[8,3] = multiply(%0, %2)
 *   %4: f32[3] = reduce(%3) {fold=SUM, axes=[0]}
 *   %5: f32[8] = reduce(%2) {fold=MAX, axes=[1]}
 *   %6: f32[3,8] = transpose(%0) {order=[1, 0]}
 *   %7: f32[3] = reduce(%6) {fold=MIN, axes=[1]}
 *   return %4, %5, %7
 * }
 * after, with dead code dropped:
 * graph(%0: f32[8,3], %1: f32[3]) {
 *   %2: f32[3] = reduce(%0) {fold=SUM, axes=[0]}
 *   %3: f32[3] = multiply(%2, %1)
 *   %4: f32[] = reduce(%1) {fold=MAX, axes=[0]}
 *   %5: f32[8] = broadcast(%4) {shape=[8]}
 *   %6: f32[3] = reduce(%0) {fold=MIN, axes=[0]}
 *   return %3, %5, %6
 * }
 * }</pre>
 */
final class SmallerReductions implements Pass {
    @Override
    public String name() {
        return "smaller-reductions";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        var sums = new HashMap<List<Object>, Value>();
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (!(node.primitive() instanceof Reduce reduce)) {
                        return null;
                    }
                    var x = inputs.get(0);
                    Value value = null;
                    if (x.type().size() > 0) {
                        value = moved(node, reduce, x, uses.single(node.inputs().get(0)), into);
                        if (value == null && reduce.fold() == Fold.SUM) {
                            value = scaled(node, reduce, x, sums, into);
                        }
                    }
                    if (value != null) {
                        return List.of(value);
                    }
                    var kept = into.keep(node, inputs);
                    sums.put(known(reduce, x), kept.get(0));
                    return kept;
                });
    }

    private static @Nullable Value moved(
            Node node, Reduce reduce, Value x, boolean single, Rewriter into) {
        var shape = x.type().shape();
        var out = node.outputs().get(0).type().shape();
        var axes = reduce.axes();
        if (Axes.areUnits(shape, axes)) {
            return reshaped(node, x, out, into);
        }
        var from = x.node();
        if (from == null) {
            return null;
        }
        var primitive = from.primitive();
        if (primitive instanceof Transpose transpose) {
            return turned(node, reduce, from.inputs().get(0), transpose, into);
        }
        if (primitive instanceof Reshaping) {
            return folded(node, reduce, from.inputs().get(0), shape, out, into);
        }
        if (primitive instanceof Reduce first && single && first.fold() == reduce.fold()) {
            return joined(node, reduce, from.inputs().get(0), first, into);
        }
        return primitive instanceof Broadcast
                ? stretched(node, reduce, from.inputs().get(0), shape, out, into)
                : null;
    }

    /** The source of a transpose is folded; the axes left are brought into order, if need be. */
    private static Value turned(
            Node node, Reduce reduce, Value source, Transpose transpose, Rewriter into) {
        var axes = Axes.through(transpose.order(), reduce.axes());
        var folded = into.node(new Reduce(reduce.fold(), sorted(axes)), node.place(), source);
        var kept =
                IntStream.of(transpose.order().toArray())
                        .filter(axis -> !axes.contains(axis))
                        .toArray();
        var ranks = kept.clone();
        Arrays.sort(ranks);
        var order = IntStream.of(kept).map(axis -> Arrays.binarySearch(ranks, axis));
        return Axes.isAscending(kept)
                ? folded
                : into.node(new Transpose(Ints.of(order.toArray())), node.place(), folded);
    }

    /** The source of a reshape is folded if all of it is, or if both differ in units only. */
    private static @Nullable Value folded(
            Node node, Reduce reduce, Value source, Shape shape, Shape out, Rewriter into) {
        var own = source.type().shape();
        if (reduce.axes().size() == shape.rank()) {
            return into.node(
                    new Reduce(reduce.fold(), Ints.range(0, own.rank())), node.place(), source);
        }
        if (!Axes.sameButUnits(own, shape)) {
            return null;
        }
        var wide = Axes.wide(shape);
        var wideOfSource = Axes.wide(own);
        var axes =
                IntStream.range(0, wide.length)
                        .filter(i -> reduce.axes().contains(wide[i]))
                        .map(i -> wideOfSource[i]);
        var smaller = new Reduce(reduce.fold(), Ints.of(axes.toArray()));
        return reshaped(node, into.node(smaller, node.place(), source), out, into);
    }

    /** Two folds, one after the other, are one. */
    private static Value joined(
            Node node, Reduce reduce, Value source, Reduce first, Rewriter into) {
        var left =
                IntStream.range(0, source.type().shape().rank())
                        .filter(axis -> !first.axes().contains(axis))
                        .toArray();
        var all =
                IntStream.concat(
                        IntStream.of(first.axes().toArray()),
                        IntStream.of(reduce.axes().toArray()).map(axis -> left[axis]));
        return into.node(
                new Reduce(reduce.fold(), sorted(Ints.of(all.toArray()))), node.place(), source);
    }

    /** What a fold of a value is known by. */
    private static List<Object> known(Reduce reduce, Value of) {
        return List.of(reduce.fold(), reduce.axes(), of);
    }

    private static Ints sorted(Ints axes) {
        return Ints.of(IntStream.of(axes.toArray()).sorted().toArray());
    }

    private static Value reshaped(Node node, Value x, Shape shape, Rewriter into) {
        return x.type().shape().equals(shape)
                ? x
                : into.node(new Reshaping(shape), node.place(), x);
    }

    /** The source of a broadcast is folded, and multiplied by how often it is there. */
    private static @Nullable Value stretched(
            Node node, Reduce reduce, Value source, Shape shape, Shape out, Rewriter into) {
        var dtype = source.type().dtype();
        var full = Axes.padded(source.type().shape(), shape.rank());
        long times = 1;
        for (int axis : reduce.axes().toArray()) {
            times *= full.dim(axis) == 1 ? shape.dim(axis) : 1;
        }
        boolean counts = reduce.fold() == Fold.SUM || reduce.fold() == Fold.PRODUCT;
        if (times > 1 && counts && (reduce.fold() == Fold.PRODUCT || !exactCount(dtype, times))) {
            return null;
        }
        int lead = full.rank() - source.type().shape().rank();
        var own = IntStream.of(reduce.axes().toArray()).filter(axis -> axis >= lead);
        var axes = Ints.of(own.map(axis -> axis - lead).toArray());
        var folded =
                axes.size() == 0
                        ? source
                        : into.node(new Reduce(reduce.fold(), axes), node.place(), source);
        if (times > 1 && counts) {
            folded =
                    into.node(Pointwise.MULTIPLY, node.place(), folded, number(dtype, times, into));
        }
        var small = folded.type().shape();
        return small.equals(out) ? folded : into.node(new Broadcast(out), node.place(), folded);
    }

    /** Types in which a count is exact and a scaled sum no nearer to overflow than its terms. */
    private static boolean exactCount(DType dtype, long count) {
        return dtype.isInteger() ? dtype.bytes() >= 4 : isWide(dtype) && count < 1 << 24;
    }

    private static boolean isWide(DType dtype) {
        return dtype == DType.FLOAT32 || dtype == DType.FLOAT64;
    }

    private static Value number(DType dtype, long number, Rewriter into) {
        var array = HostTensor.newArray(dtype, Shape.SCALAR);
        Numbers.put(dtype, array, 0, (double) number);
        return into.constant(new HostTensor(dtype, Shape.SCALAR, array));
    }

    /** What is the same along the folded axes is taken out of the sum. */
    private static @Nullable Value scaled(
            Node node, Reduce reduce, Value x, Map<List<Object>, Value> sums, Rewriter into) {
        var from = x.node();
        var dtype = x.type().dtype();
        if (from == null
                || !(from.primitive() instanceof Pointwise op)
                || !isWide(dtype) && !dtype.isInteger()) {
            return null;
        }
        var in = from.inputs();
        var shape = x.type().shape();
        return switch (op) {
            case NEGATE -> {
                yield into.node(op, node.place(), into.node(reduce, node.place(), in.get(0)));
            }
            case ADD, SUBTRACT -> {
                if (op == Pointwise.ADD && in.get(0) == in.get(1)) {
                    var half = into.node(reduce, node.place(), in.get(0));
                    yield into.node(op, node.place(), half, half);
                }
                var known = sums.get(known(reduce, in.get(0)));
                var constant = along(node, reduce, in.get(1), shape, into);
                long times = 1;
                for (int axis : reduce.axes().toArray()) {
                    times *= shape.dim(axis);
                }
                yield known == null || constant == null || !exactCount(dtype, times)
                        ? null
                        : into.node(
                                op,
                                node.place(),
                                known,
                                into.node(
                                        Pointwise.MULTIPLY,
                                        node.place(),
                                        constant,
                                        number(dtype, times, into)));
            }
            case MULTIPLY, DIVIDE -> {
                for (int i = 1; i >= (op == Pointwise.MULTIPLY ? 0 : 1); i--) {
                    var other = in.get(1 - i);
                    var constant =
                            other.type().shape().equals(shape)
                                            && (op == Pointwise.MULTIPLY || !dtype.isInteger())
                                    ? along(node, reduce, in.get(i), shape, into)
                                    : null;
                    if (constant != null) {
                        yield into.node(
                                op, node.place(), into.node(reduce, node.place(), other), constant);
                    }
                }
                yield null;
            }
            default -> null;
        };
    }

    /**
     * The one element of a value along the folded axes, as a scalar or in the shape that the fold
     * leaves; null if there are several.
     */
    private static @Nullable Value along(
            Node node, Reduce reduce, Value x, Shape shape, Rewriter into) {
        if (x.type().shape().rank() == 0) {
            return x;
        }
        var source = MovementSinking.moved(x, Broadcast.class);
        if (source == null) {
            return null;
        }
        var full = Axes.padded(source.type().shape(), shape.rank());
        if (!Axes.areUnits(full, reduce.axes())) {
            return null;
        }
        var kept =
                IntStream.range(0, shape.rank()).filter(i -> !reduce.axes().contains(i)).toArray();
        var small =
                reshaped(node, source, Shape.of(IntStream.of(kept).map(full::dim).toArray()), into);
        var out = Shape.of(IntStream.of(kept).map(shape::dim).toArray());
        return small.type().shape().equals(out)
                ? small
                : into.node(new Broadcast(out), node.place(), small);
    }
}
