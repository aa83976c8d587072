package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Concatenation;
import sungu.primitive.Padding;
import sungu.primitive.Pointwise;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Slicing;
import sungu.primitive.Transpose;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joins movements that follow one another, or takes both away: transposes of dimensions of size 1
 * are reshapes, a part of a part is one part, a part of what is joined is taken from the piece it
 * lies in, and parts that were padded with zeros to be added up, as gradients of a split are, are
 * joined. Every bit stays, but a sum of parts makes 0 of -0 and what is joined keeps it.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[8,4], %1: f32[2,4], %2: f32[3,4]) {
 *   %3: f32[8,4,1] = reshape(%0) {shape=[8,4,1]}
 *   %4: f32[1,4,8] = transpose(%3) {order=[2, 1, 0]}
 *   %5: f32[4,8] = reshape(%4) {shape=[4,8]}
 *   %6: f32[] = constant() {value=f32[](0.0)}
 *   %7: f32[5,4] = pad(%1, %6) {before=[0, 0], after=[3, 0], between=[0, 0]}
 *   %8: f32[5,4] = pad(%2, %6) {before=[2, 0], after=[0, 0], between=[0, 0]}
 *   %9: f32[5,4] = add(%7, %8)
 *   return %5, %9
 * }
 * after, with dead code dropped:
 * graph(%0: f32[8,4], %1: f32[2,4], %2: f32[3,4]) {
 *   %3: f32[4,8] = transpose(%0) {order=[1, 0]}
 *   %4: f32[5,4] = concat(%1, %2) {axis=0}
 *   return %3, %4
 * }
 * }</pre>
 */
final class MovementCancelling implements Pass {
    @Override
    public String name() {
        return "movement-cancelling";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        return Rewriter.rewrite(
                graph,
                (node, in, into) -> {
                    var value = shorter(node, in, uses, into);
                    return value == null ? null : List.of(value);
                });
    }

    /** A shorter way to the same value; null if none is known. */
    private static @Nullable Value shorter(Node node, List<Value> in, Uses uses, Rewriter into) {
        var primitive = node.primitive();
        if (primitive instanceof Broadcast stretch) {
            return broadcast(node, stretch, in.get(0), into);
        }
        if (primitive instanceof Reshaping reshape) {
            return reshape(node, reshape, in.get(0), into);
        }
        if (primitive instanceof Transpose transpose) {
            return transpose(node, transpose.order(), in.get(0), into);
        }
        if (primitive instanceof Slicing slice) {
            return slice(node, slice, in.get(0), uses.single(node.inputs().get(0)), into);
        }
        if (primitive instanceof Reverse reverse) {
            return reverse(reverse, in.get(0));
        }
        if (primitive instanceof Padding pad) {
            boolean none =
                    pad.before().equals(pad.after())
                            && isZero(pad.before())
                            && isZero(pad.between());
            return none ? in.get(0) : null;
        }
        if (primitive instanceof Concatenation join) {
            return join(node, join, in, uses, into);
        }
        return primitive == Pointwise.ADD ? sum(node, in, uses, into) : null;
    }

    private static boolean isZero(Ints numbers) {
        return IntStream.of(numbers.toArray()).allMatch(n -> n == 0);
    }

    /** Leading dimensions of size 1 need not be there to be stretched. */
    private static @Nullable Value broadcast(Node node, Broadcast stretch, Value x, Rewriter into) {
        var shape = x.type().shape();
        int units = 0;
        while (units < shape.rank() && shape.dim(units) == 1) {
            units++;
        }
        return units == 0
                ? null
                : into.node(
                        stretch,
                        node.place(),
                        shaped(node, x, shape.slice(units, shape.rank()), into));
    }

    /** A value in another shape, of what it was before it was reshaped. */
    private static Value shaped(Node node, Value x, Shape shape, Rewriter into) {
        var source = MovementSinking.moved(x, Reshaping.class);
        var from = source == null ? x : source;
        return from.type().shape().equals(shape)
                ? from
                : into.node(new Reshaping(shape), node.place(), from);
    }

    private static @Nullable Value reshape(Node node, Reshaping reshape, Value x, Rewriter into) {
        if (MovementSinking.moved(x, Reshaping.class) != null) {
            return shaped(node, x, reshape.shape(), into);
        }
        var from = MovementSinking.moved(x, Broadcast.class);
        return from != null && from.type().shape().rank() == 0
                ? into.node(new Broadcast(reshape.shape()), node.place(), from)
                : null;
    }

    private static @Nullable Value transpose(Node node, Ints order, Value x, Rewriter into) {
        var shape = x.type().shape();
        var out = node.outputs().get(0).type().shape();
        var wide = Ints.of(Axes.wide(shape));
        if (Axes.isAscending(Axes.wide(order, shape))) {
            return shaped(node, x, out, into);
        }
        var reshaped = MovementSinking.moved(x, Reshaping.class);
        if (reshaped != null && Axes.sameButUnits(reshaped.type().shape(), shape)) {
            // The dimensions of size 1 that the reshape put in or took away follow afterwards.
            var source = reshaped.type().shape();
            var own = Axes.wide(source);
            var moved =
                    IntStream.concat(
                            IntStream.range(0, source.rank()).filter(i -> source.dim(i) == 1),
                            IntStream.of(Axes.wide(order, shape))
                                    .map(axis -> own[position(wide, axis)]));
            var transposed =
                    into.node(new Transpose(Ints.of(moved.toArray())), node.place(), reshaped);
            return transposed.type().shape().equals(out)
                    ? transposed
                    : into.node(new Reshaping(out), node.place(), transposed);
        }
        var stretched = MovementSinking.moved(x, Broadcast.class);
        if (stretched != null) {
            var full =
                    shaped(
                            node,
                            stretched,
                            Axes.padded(stretched.type().shape(), out.rank()),
                            into);
            return into.node(
                    new Broadcast(out),
                    node.place(),
                    into.node(new Transpose(order), node.place(), full));
        }
        return null;
    }

    private static int position(Ints axes, int axis) {
        return IntStream.range(0, axes.size())
                .filter(i -> axes.get(i) == axis)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Value slice(
            Node node, Slicing slice, Value x, boolean single, Rewriter into) {
        var shape = x.type().shape();
        var from = x.node();
        if (node.outputs().get(0).type().shape().equals(shape)) {
            return x;
        }
        if (from == null) {
            return null;
        }
        var source = from.inputs().isEmpty() ? x : from.inputs().get(0);
        var primitive = from.primitive();
        if (primitive instanceof Slicing first) {
            int rank = shape.rank();
            var begin = new int[rank];
            var step = new int[rank];
            for (int i = 0; i < rank; i++) {
                begin[i] = first.begin().get(i) + slice.begin().get(i) * first.step().get(i);
                step[i] = slice.step().get(i) * first.step().get(i);
            }
            return into.node(
                    new Slicing(Ints.of(begin), slice.size(), Ints.of(step)), node.place(), source);
        }
        if (primitive instanceof Broadcast) {
            return ofStretched(node, slice, source, shape, into);
        }
        if (primitive instanceof Transpose transpose && single) {
            var back = Axes.inverse(transpose.order());
            return into.node(
                    transpose,
                    node.place(),
                    into.node(
                            new Slicing(
                                    Axes.through(slice.begin(), back),
                                    Axes.through(slice.size(), back),
                                    Axes.through(slice.step(), back)),
                            node.place(),
                            source));
        }
        if (primitive instanceof Concatenation join) {
            return ofJoined(node, slice, join.axis(), from.inputs(), into);
        }
        return primitive instanceof Padding pad && isZero(pad.between())
                ? ofPadded(node, slice, pad, source, into)
                : null;
    }

    private static Value ofStretched(
            Node node, Slicing slice, Value source, Shape shape, Rewriter into) {
        var small = source.type().shape();
        int lead = shape.rank() - small.rank();
        var begin = slice.begin().toArray();
        var size = slice.size().toArray();
        var step = slice.step().toArray();
        for (int i = 0; i < small.rank(); i++) {
            if (small.dim(i) == 1) {
                begin[lead + i] = 0;
                size[lead + i] = 1;
                step[lead + i] = 1;
            }
        }
        var part =
                small.rank() == 0
                        ? source
                        : into.node(
                                new Slicing(tail(begin, lead), tail(size, lead), tail(step, lead)),
                                node.place(),
                                source);
        return into.node(new Broadcast(Shape.of(slice.size().toArray())), node.place(), part);
    }

    private static Ints tail(int[] numbers, int from) {
        return Ints.of(Arrays.copyOfRange(numbers, from, numbers.length));
    }

    private static @Nullable Value ofJoined(
            Node node, Slicing slice, int axis, List<Value> parts, Rewriter into) {
        int first = slice.begin().get(axis);
        int last = first + (slice.size().get(axis) - 1) * slice.step().get(axis);
        int start = 0;
        for (var part : parts) {
            int length = part.type().shape().dim(axis);
            if (last >= first && first >= start && last < start + length) {
                var begin = slice.begin().toArray();
                begin[axis] -= start;
                return into.node(
                        new Slicing(Ints.of(begin), slice.size(), slice.step()),
                        node.place(),
                        part);
            }
            start += length;
        }
        return null;
    }

    private static @Nullable Value ofPadded(
            Node node, Slicing slice, Padding pad, Value source, Rewriter into) {
        var begin = slice.begin().toArray();
        for (int i = 0; i < begin.length; i++) {
            begin[i] -= pad.before().get(i);
            int last = begin[i] + (slice.size().get(i) - 1) * slice.step().get(i);
            if (begin[i] < 0 || last < begin[i] || last >= source.type().shape().dim(i)) {
                return null;
            }
        }
        return into.node(
                new Slicing(Ints.of(begin), slice.size(), slice.step()), node.place(), source);
    }

    private static @Nullable Value reverse(Reverse reverse, Value x) {
        if (Axes.areUnits(x.type().shape(), reverse.axes())) {
            return x;
        }
        var from = x.node();
        return from != null && reverse.equals(from.primitive()) ? from.inputs().get(0) : null;
    }

    /** What was joined along the same axis before is joined at once. */
    private static @Nullable Value join(
            Node node, Concatenation join, List<Value> in, Uses uses, Rewriter into) {
        var parts = new ArrayList<Value>();
        for (int i = 0; i < in.size(); i++) {
            var from = in.get(i).node();
            boolean opens =
                    from != null
                            && from.primitive().equals(join)
                            && uses.single(node.inputs().get(i));
            parts.addAll(from != null && opens ? from.inputs() : List.of(in.get(i)));
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return parts.size() == in.size()
                ? null
                : into.node(join, node.place(), parts.toArray(Value[]::new));
    }

    /** The sum of parts in zeros: two that lie side by side are joined. */
    private static @Nullable Value sum(Node node, List<Value> in, Uses uses, Rewriter into) {
        if (!uses.single(node.inputs().get(0)) || !uses.single(node.inputs().get(1))) {
            return null;
        }
        for (int i = 0; i < 2; i++) {
            var part = in.get(1 - i);
            var both = in.get(i).node();
            if (both == null || both.primitive() != Pointwise.ADD) {
                continue;
            }
            var added = node.inputs().get(i).node();
            if (added == null
                    || added.primitive() != Pointwise.ADD
                    || !added.inputs().stream().allMatch(uses::single)) {
                continue;
            }
            for (int k = 0; k < 2; k++) {
                var joined = joined(node, both.inputs().get(k), part, into);
                if (joined != null) {
                    var other = both.inputs().get(1 - k);
                    var all = joined(node, joined, other, into);
                    return all != null
                            ? all
                            : into.node(Pointwise.ADD, node.place(), joined, other);
                }
            }
        }
        return joined(node, in.get(0), in.get(1), into);
    }

    /** Two parts that lie side by side in zeros as one. */
    private static @Nullable Value joined(Node node, Value one, Value two, Rewriter into) {
        var a = one.node();
        var b = two.node();
        if (a == null
                || b == null
                || !one.type().equals(two.type())
                || !(a.primitive() instanceof Padding left)
                || !(b.primitive() instanceof Padding right)) {
            return null;
        }
        int axis = axis(left, a.inputs());
        if (axis < 0 || axis != axis(right, b.inputs())) {
            return null;
        }
        if (left.before().get(axis) > right.before().get(axis)) {
            var swap = left;
            left = right;
            right = swap;
            var node0 = a;
            a = b;
            b = node0;
        }
        var x = a.inputs().get(0);
        var y = b.inputs().get(0);
        if (left.before().get(axis) + x.type().shape().dim(axis) != right.before().get(axis)) {
            return null;
        }
        var parts = new ArrayList<Value>();
        for (var part : List.of(x, y)) {
            // What was joined just now is read by nothing else.
            var from = part.node();
            parts.addAll(
                    from != null && from.primitive().equals(new Concatenation(axis))
                            ? from.inputs()
                            : List.of(part));
        }
        var both = into.node(new Concatenation(axis), node.place(), parts.toArray(Value[]::new));
        return right.after().get(axis) == 0 && left.before().get(axis) == 0
                ? both
                : into.node(
                        new Padding(left.before(), right.after(), left.between()),
                        node.place(),
                        both,
                        a.inputs().get(1));
    }

    /** The one axis that zeros are put before or after along; -1 if there is not just one. */
    private static int axis(Padding pad, List<Value> in) {
        var value = Rewriter.known(in.get(1));
        if (value == null || !isZero(pad.between()) || !isZero(value)) {
            return -1;
        }
        var axes =
                IntStream.range(0, pad.before().size())
                        .filter(i -> pad.before().get(i) != 0 || pad.after().get(i) != 0)
                        .toArray();
        return axes.length == 1 ? axes[0] : -1;
    }

    private static boolean isZero(HostTensor scalar) {
        return !scalar.dtype().isComplex()
                && scalar.dtype().bytes() > 0
                && Double.compare(Numbers.get(scalar.dtype(), scalar.array(), 0), 0) == 0;
    }
}
