package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Contraction;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.primitive.Pointwise;
import sungu.primitive.Reshaping;
import sungu.tensor.Shape;

import java.util.List;
import java.util.Objects;

/**
 * Scales the kernel of a contraction instead of its result, channel by channel: a batch
 * normalization that uses its moving statistics ends in the convolution before it, and leaves a
 * bias. Only where nothing else reads the result and the kernel is the smaller of the two, which is
 * so in inference. Products are rounded in another order: floats agree within 2 eps of the sum of
 * the absolute summands.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[64,8], %1: f32[8,3], %2: f32[3], %3: f32[3]) {
 *   %4: f32[64,3] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %5: f32[64,3] = broadcast(%2) {shape=[64,3]}
 *   %6: f32[64,3] = subtract(%4, %5)
 *   %7: f32[64,3] = broadcast(%3) {shape=[64,3]}
 *   %8: f32[64,3] = multiply(%6, %7)
 *   return %8
 * }
 * after, with dead code dropped:
 * graph(%0: f32[64,8], %1: f32[8,3], %2: f32[3], %3: f32[3]) {
 *   %4: f32[8,3] = broadcast(%3) {shape=[8,3]}
 *   %5: f32[8,3] = multiply(%1, %4)
 *   %6: f32[64,3] = dot_general(%0, %5) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %7: f32[3] = multiply(%2, %3)
 *   %8: f32[64,3] = broadcast(%7) {shape=[64,3]}
 *   %9: f32[64,3] = subtract(%6, %8)
 *   return %9
 * }
 * }</pre>
 */
final class ScaleFolding implements Pass {
    /** The result must be so many times larger than the kernel. */
    private static final int SMALLER = 2;

    @Override
    public String name() {
        return "scale-folding";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (node.primitive() != Pointwise.MULTIPLY
                            || !node.outputs().get(0).type().dtype().isFloating()) {
                        return null;
                    }
                    var x = node.inputs().get(0);
                    var y = node.inputs().get(1);
                    var folded = folded(x, y, uses, into);
                    folded = folded == null ? folded(y, x, uses, into) : folded;
                    return folded == null ? null : List.of(folded);
                });
    }

    private static @Nullable Value folded(Value result, Value scale, Uses uses, Rewriter into) {
        return isChannel(scale) && scales(result, uses)
                ? scaled(result, vector(scale, into), into)
                : null;
    }

    /** Whether a value is stretched along all axes but the last. */
    private static boolean isChannel(Value value) {
        var node = value.node();
        var shape = value.type().shape();
        if (node == null || !(node.primitive() instanceof Broadcast) || shape.rank() < 2) {
            return false;
        }
        var small = node.inputs().get(0).type().shape();
        int channels = shape.dim(-1);
        return small.rank() > 0 && small.size() == channels && small.dim(-1) == channels;
    }

    /** What a channel is stretched from, as a vector. */
    private static Value vector(Value channel, Rewriter into) {
        var node = Objects.requireNonNull(channel.node());
        var small = into.copy(node.inputs().get(0));
        return small.type().shape().rank() == 1
                ? small
                : into.node(new Reshaping(Shape.of(small.type().size())), node.place(), small);
    }

    /** Whether a value that one reader has is a contraction plus or minus vectors of channels. */
    private static boolean scales(Value value, Uses uses) {
        var node = value.node();
        if (node == null || !uses.single(value)) {
            return false;
        }
        if (node.primitive() == Pointwise.ADD || node.primitive() == Pointwise.SUBTRACT) {
            var x = node.inputs().get(0);
            var y = node.inputs().get(1);
            return isChannel(y) && scales(x, uses)
                    || node.primitive() == Pointwise.ADD && isChannel(x) && scales(y, uses);
        }
        if (!(node.primitive() instanceof Contraction)) {
            return false;
        }
        var kernel = node.inputs().get(1).type();
        boolean last =
                switch (node.primitive()) {
                    case Convolution c -> true;
                    case DotGeneral dot ->
                            dot.leftBatch().size() == 0
                                    && kernel.shape().rank() == 2
                                    && !dot.rightContract().contains(1)
                                    && value.type().shape().rank() > 1;
                    default -> false;
                };
        return last && (long) kernel.size() * SMALLER <= value.type().size();
    }

    private static Value scaled(Value value, Value channel, Rewriter into) {
        var node = Objects.requireNonNull(value.node());
        var place = node.place();
        var x = node.inputs().get(0);
        var y = node.inputs().get(1);
        if (node.primitive() instanceof Contraction) {
            var kernel = into.copy(y);
            var wide = into.node(new Broadcast(kernel.type().shape()), place, channel);
            var product = into.node(Pointwise.MULTIPLY, place, kernel, wide);
            return into.node(node.primitive(), place, into.copy(x), product);
        }
        boolean second = isChannel(y);
        var rest = scaled(second ? x : y, channel, into);
        var vector = vector(second ? y : x, into);
        var shift = into.node(Pointwise.MULTIPLY, place, vector, channel);
        var wide = into.node(new Broadcast(value.type().shape()), place, shift);
        return into.node(node.primitive(), place, rest, wide);
    }
}
