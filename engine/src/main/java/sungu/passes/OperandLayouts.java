package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.kernel.DotKernel;
import sungu.primitive.AxisReduction;
import sungu.primitive.DotGeneral;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes out the copies that products and folds would make of operands whose axes lie in the wrong
 * order for them: a copy that is a value of the graph has its place in the arena, and readers that
 * want the same order share it, transposes that are there already among them. Every bit stays.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[8,5,4,3], %1: f32[8,5,4,3]) {
 *   %2: f32[8,4,5,5] = dot_general(%0, %1) {leftBatch=[0, 2], rightBatch=[0, 2], leftContract=[3], rightContract=[3]}
 *   %3: f32[5,3] = reduce(%1) {fold=SUM, axes=[0, 2]}
 *   %4: f32[8,4,3,3] = dot_general(%0, %1) {leftBatch=[0, 2], rightBatch=[0, 2], leftContract=[1], rightContract=[1]}
 *   return %2, %3, %4
 * }
 * after:
 * graph(%0: f32[8,5,4,3], %1: f32[8,5,4,3]) {
 *   %2: f32[8,4,5,3] = transpose(%0) {order=[0, 2, 1, 3]}
 *   %3: f32[8,4,5,3] = transpose(%1) {order=[0, 2, 1, 3]}
 *   %4: f32[8,4,5,5] = dot_general(%2, %3) {leftBatch=[0, 1], rightBatch=[0, 1], leftContract=[3], rightContract=[3]}
 *   %5: f32[5,3] = reduce(%3) {fold=SUM, axes=[0, 1]}
 *   %6: f32[8,4,3,3] = dot_general(%2, %3) {leftBatch=[0, 1], rightBatch=[0, 1], leftContract=[2], rightContract=[2]}
 *   return %4, %5, %6
 * }
 * }</pre>
 */
final class OperandLayouts implements Pass {
    private record Copy(Value of, Ints order) {}

    @Override
    public String name() {
        return "operand-layouts";
    }

    @Override
    public Graph run(Graph graph) {
        var copies = new HashMap<Copy, Value>();
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (node.outputs().get(0).type().size() == 0) {
                        return null;
                    }
                    if (node.primitive() instanceof Transpose transpose) {
                        var same = into.keep(node, inputs);
                        copies.putIfAbsent(new Copy(inputs.get(0), transpose.order()), same.get(0));
                        return same;
                    }
                    Value value = null;
                    if (node.primitive() instanceof DotGeneral dot) {
                        value = dot(node, dot, inputs, copies, into);
                    } else if (node.primitive() instanceof AxisReduction reduce) {
                        value = fold(node, reduce, inputs, copies, into);
                    }
                    return value == null ? null : List.of(value);
                });
    }

    private static @Nullable Value dot(
            Node node, DotGeneral dot, List<Value> in, Map<Copy, Value> copies, Rewriter into) {
        var x = in.get(0);
        var y = in.get(1);
        var form = DotKernel.Form.of(dot, x.type().shape(), y.type().shape());
        if (!form.copiesLeft() && !form.copiesRight()) {
            return null;
        }
        var left = dot.leftBatch();
        var right = dot.rightBatch();
        var leftSum = dot.leftContract();
        var rightSum = dot.rightContract();
        if (form.copiesLeft()) {
            var order = order(x, left, leftSum);
            x = copy(node, x, order, copies, into);
            left = Axes.through(Axes.inverse(order), left);
            leftSum = Axes.through(Axes.inverse(order), leftSum);
        }
        if (form.copiesRight()) {
            var order = order(y, right, rightSum);
            y = copy(node, y, order, copies, into);
            right = Axes.through(Axes.inverse(order), right);
            rightSum = Axes.through(Axes.inverse(order), rightSum);
        }
        return into.node(new DotGeneral(left, right, leftSum, rightSum), node.place(), x, y);
    }

    /**
     * Batch axes first; of the others those that let more stay where it is, so that products along
     * different axes want the same order.
     */
    private static Ints order(Value x, Ints batch, Ints contracted) {
        var free = Ints.of(DotGeneral.free(x.type().shape().rank(), batch, contracted));
        var rows = joined(batch, free, contracted);
        var columns = joined(batch, contracted, free);
        return Ints.of(Arrays.compare(rows, columns) <= 0 ? rows : columns);
    }

    private static int[] joined(Ints... axes) {
        return Stream.of(axes).flatMapToInt(some -> Arrays.stream(some.toArray())).toArray();
    }

    /** Folded axes that are scattered come first. */
    private static @Nullable Value fold(
            Node node,
            AxisReduction reduce,
            List<Value> in,
            Map<Copy, Value> copies,
            Rewriter into) {
        var x = in.get(0);
        var axes = reduce.axes();
        int rank = x.type().shape().rank();
        if (axes.size() == 0 || axes.get(axes.size() - 1) - axes.get(0) == axes.size() - 1) {
            return null;
        }
        var order = Ints.of(joined(axes, Ints.of(DotGeneral.free(rank, axes, Ints.of()))));
        return into.node(
                reduce.along(Ints.range(0, axes.size())),
                node.place(),
                copy(node, x, order, copies, into));
    }

    private static Value copy(
            Node node, Value x, Ints order, Map<Copy, Value> copies, Rewriter into) {
        return copies.computeIfAbsent(
                new Copy(x, order),
                copy -> into.node(new Transpose(copy.order), node.place(), copy.of));
    }
}
