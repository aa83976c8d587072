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
import sungu.primitive.SquaredDeviations;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.List;

/**
 * A sum of squared deviations from the mean becomes one reduction, which does not wait for the
 * mean: both are computed while a large tensor is seen once. Sums along the last axes stay, for a
 * row that is in the cache may be seen twice.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[64,16,8]) {
 *   %1: f32[8] = reduce(%0) {fold=SUM, axes=[0, 1]}
 *   %2: f32[] = constant() {value=f32[](1024.0)}
 *   %3: f32[8] = divide(%1, %2)
 *   %4: f32[64,16,8] = broadcast(%3) {shape=[64,16,8]}
 *   %5: f32[64,16,8] = subtract(%0, %4)
 *   %6: f32[64,16,8] = multiply(%5, %5)
 *   %7: f32[8] = reduce(%6) {fold=SUM, axes=[0, 1]}
 *   return %3, %7
 * }
 * after, with dead code dropped:
 * graph(%0: f32[64,16,8]) {
 *   %1: f32[8] = reduce(%0) {fold=SUM, axes=[0, 1]}
 *   %2: f32[] = constant() {value=f32[](1024.0)}
 *   %3: f32[8] = divide(%1, %2)
 *   %4: f32[8] = squared_deviations(%0) {axes=[0, 1]}
 *   return %3, %4
 * }
 * }</pre>
 */
final class SquaresAroundMeans implements Pass {
    /** Fewer elements are in the cache anyway. */
    private static final int LARGE = 1 << 12;

    @Override
    public String name() {
        return "squares-around-means";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (!(node.primitive() instanceof Reduce reduce)
                            || reduce.fold() != Fold.SUM
                            || inputs.get(0).type().size() < LARGE
                            || onlyLast(reduce.axes(), inputs.get(0).type().shape())) {
                        return null;
                    }
                    var x = centred(inputs.get(0), reduce);
                    return x == null
                            ? null
                            : List.of(
                                    into.node(
                                            new SquaredDeviations(reduce.axes()), node.place(), x));
                });
    }

    private static boolean onlyLast(Ints axes, Shape shape) {
        int first = shape.rank() - axes.size();
        return first > 0 && axes.equals(Ints.range(first, shape.rank()));
    }

    /** What squares show the deviations of from its mean; null if they are something else. */
    private static @Nullable Value centred(Value squares, Reduce sum) {
        var product = of(squares, Pointwise.MULTIPLY);
        var deviation =
                product == null || product.inputs().get(0) != product.inputs().get(1)
                        ? null
                        : of(product.inputs().get(0), Pointwise.SUBTRACT);
        if (deviation == null) {
            return null;
        }
        var x = deviation.inputs().get(0);
        return x.type().dtype() == DType.FLOAT32
                        && x.type().equals(squares.type())
                        && isMean(deviation.inputs().get(1), x, sum)
                ? x
                : null;
    }

    private static @Nullable Node of(Value value, Pointwise op) {
        var node = value.node();
        return node != null && node.primitive() == op ? node : null;
    }

    /** Whether a value is the mean of x along the axes of a sum, stretched along them. */
    private static boolean isMean(Value value, Value x, Reduce sum) {
        var shape = x.type().shape();
        var mean = value;
        var stretched = MovementSinking.moved(value, Broadcast.class);
        if (stretched != null) {
            var full = Axes.padded(stretched.type().shape(), shape.rank());
            if (!Axes.areUnits(full, sum.axes()) || full.size() != sum.kept(shape).size()) {
                return false;
            }
            mean = stretched;
        }
        var quotient = of(unshaped(mean), Pointwise.DIVIDE);
        if (quotient == null) {
            return false;
        }
        var total = unshaped(quotient.inputs().get(0)).node();
        var count = Rewriter.known(quotient.inputs().get(1));
        int folded = shape.size() / sum.kept(shape).size();
        return total != null
                && total.primitive().equals(sum)
                && total.inputs().get(0) == x
                && count != null
                && count.size() == 1
                && Numbers.get(DType.FLOAT32, count.array(), 0) == (float) folded;
    }

    /** What has been reshaped to make a value, if dimensions of size 1 only came or went. */
    private static Value unshaped(Value value) {
        var from = MovementSinking.moved(value, Reshaping.class);
        return from != null && Axes.sameButUnits(from.type().shape(), value.type().shape())
                ? unshaped(from)
                : value;
    }
}
