package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.primitive.KernelGradient;
import sungu.primitive.Padding;
import sungu.primitive.Reshaping;
import sungu.primitive.Slicing;
import sungu.primitive.Transpose;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes contractions without the movements around them: a product reads transposed operands and
 * gives transposed results by the axes that it names, and convolutions that look at one position
 * only, by kernels of size 1 or by windows as large as the input, are products. The terms of a sum
 * may be added in another order: floats agree within the error of such a sum, n * eps * sum |x y|.
 * What lies between dilated elements is 0, whatever the kernel is.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[4,2], %1: f32[4,3], %2: f32[8,5,5,4], %3: f32[1,1,4,6]) {
 *   %4: f32[2,4] = transpose(%0) {order=[1, 0]}
 *   %5: f32[2,3] = dot_general(%4, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %6: f32[3,2] = transpose(%5) {order=[1, 0]}
 *   %7: f32[8,5,5,6] = convolution(%2, %3) {strides=[1, 1], inputDilation=[1, 1], dilation=[1, 1], low=[0, 0], high=[0, 0], groups=1}
 *   return %6, %7
 * }
 * after, with dead code dropped:
 * graph(%0: f32[4,2], %1: f32[4,3], %2: f32[8,5,5,4], %3: f32[1,1,4,6]) {
 *   %4: f32[3,2] = dot_general(%1, %0) {leftBatch=[], rightBatch=[], leftContract=[0], rightContract=[0]}
 *   %5: f32[4,6] = reshape(%3) {shape=[4,6]}
 *   %6: f32[8,5,5,6] = dot_general(%2, %5) {leftBatch=[], rightBatch=[], leftContract=[3], rightContract=[0]}
 *   return %4, %6
 * }
 * }</pre>
 */
final class CanonicalContractions implements Pass {
    @Override
    public String name() {
        return "canonical-contractions";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    var value = canonical(node, inputs, uses, into);
                    return value == null ? null : List.of(value);
                });
    }

    private static @Nullable Value canonical(
            Node node, List<Value> inputs, Uses uses, Rewriter into) {
        var primitive = node.primitive();
        if (primitive instanceof DotGeneral dot) {
            return dot(node, dot, inputs, into);
        }
        if (primitive instanceof KernelGradient gradient) {
            return kernelGradient(node, gradient, inputs, into);
        }
        if (primitive instanceof Convolution convolution) {
            return convolution(node, convolution, inputs, into);
        }
        if (primitive instanceof Transpose transpose && uses.single(node.inputs().get(0))) {
            return transpose(node, transpose.order(), inputs.get(0), into);
        }
        return primitive instanceof Reshaping reshape && uses.single(node.inputs().get(0))
                ? reshape(node, reshape.shape(), inputs.get(0), into)
                : null;
    }

    /** Operands are read as they were before they were transposed. */
    private static @Nullable Value dot(Node node, DotGeneral dot, List<Value> in, Rewriter into) {
        var left = dot.leftBatch();
        var leftSum = dot.leftContract();
        var right = dot.rightBatch();
        var rightSum = dot.rightContract();
        var x = parted(node, in.get(0), into);
        var y = parted(node, in.get(1), into);
        var order = foldable(x, left, leftSum);
        if (order != null) {
            left = Axes.through(order, left);
            leftSum = Axes.through(order, leftSum);
            x = source(x);
        } else {
            x = in.get(0);
        }
        var other = foldable(y, right, rightSum);
        if (other != null) {
            right = Axes.through(other, right);
            rightSum = Axes.through(other, rightSum);
            y = source(y);
        } else {
            y = in.get(1);
        }
        return order == null && other == null
                ? null
                : into.node(new DotGeneral(left, right, leftSum, rightSum), node.place(), x, y);
    }

    /**
     * A transposed operand that lost or gained dimensions of size 1 afterwards, as one that did so
     * before: then the transpose stands beside the product.
     */
    private static Value parted(Node node, Value operand, Rewriter into) {
        var reshaped = MovementSinking.moved(operand, Reshaping.class);
        if (reshaped == null
                || reshaped.node() == null
                || !(reshaped.node().primitive() instanceof Transpose transpose)
                || !Axes.sameButUnits(reshaped.type().shape(), operand.type().shape())) {
            return operand;
        }
        var shape = operand.type().shape();
        var source = source(reshaped);
        var own = source.type().shape();
        var wide = Axes.wide(own);
        // The wide axes of the source in its order, then what has size 1.
        var sorted = IntStream.of(wide).map(own::dim).toArray();
        var dims = java.util.Arrays.copyOf(sorted, shape.rank());
        java.util.Arrays.fill(dims, sorted.length, dims.length, 1);
        var moved = Axes.wide(transpose.order(), own);
        var order = new int[shape.rank()];
        int next = 0;
        int unit = sorted.length;
        for (int i = 0; i < order.length; i++) {
            order[i] =
                    shape.dim(i) == 1 ? unit++ : java.util.Arrays.binarySearch(wide, moved[next++]);
        }
        var small = into.node(new Reshaping(Shape.of(dims)), node.place(), source);
        return into.node(new Transpose(Ints.of(order)), node.place(), small);
    }

    private static Value source(Value value) {
        return java.util.Objects.requireNonNull(value.node()).inputs().get(0);
    }

    /** The permutation of a transposed operand whose free axes keep their order without it. */
    private static @Nullable Ints foldable(Value operand, Ints batch, Ints contract) {
        if (operand.node() == null || !(operand.node().primitive() instanceof Transpose t)) {
            return null;
        }
        var free = Ints.of(DotGeneral.free(t.order().size(), batch, contract));
        return Axes.isAscending(Axes.through(t.order(), free).toArray()) ? t.order() : null;
    }

    /** Results are made in the order that is wanted, by other batch axes and swapped operands. */
    private static @Nullable Value transpose(Node node, Ints order, Value x, Rewriter into) {
        var from = x.node();
        if (from == null || !(from.primitive() instanceof DotGeneral dot)) {
            return null;
        }
        int batch = dot.leftBatch().size();
        var left = from.inputs().get(0);
        int middle = batch + left.type().shape().rank() - batch - dot.leftContract().size();
        int rank = order.size();
        var axes = order.toArray();
        boolean batchFirst = IntStream.range(0, batch).allMatch(i -> axes[i] < batch);
        var rest = IntStream.of(axes).skip(batch).toArray();
        var swapped =
                IntStream.concat(IntStream.range(middle, rank), IntStream.range(batch, middle))
                        .toArray();
        boolean swap = java.util.Arrays.equals(rest, swapped);
        if (!batchFirst || !swap && !Axes.isAscending(rest)) {
            return null;
        }
        var batches = Ints.of(IntStream.of(axes).limit(batch).toArray());
        var leftBatch = Axes.through(dot.leftBatch(), batches);
        var rightBatch = Axes.through(dot.rightBatch(), batches);
        var right = from.inputs().get(1);
        return swap
                ? into.node(
                        new DotGeneral(
                                rightBatch, leftBatch, dot.rightContract(), dot.leftContract()),
                        node.place(),
                        right,
                        left)
                : into.node(
                        new DotGeneral(
                                leftBatch, rightBatch, dot.leftContract(), dot.rightContract()),
                        node.place(),
                        left,
                        right);
    }

    /** A product of merged rows that are parted again: the rows are left as they were. */
    private static @Nullable Value reshape(Node node, Shape shape, Value x, Rewriter into) {
        var from = x.node();
        if (from == null
                || !(from.primitive() instanceof DotGeneral dot)
                || dot.leftBatch().size() > 0
                || from.inputs().get(0).node() == null
                || !(from.inputs().get(0).node().primitive() instanceof Reshaping)) {
            return null;
        }
        var merged = from.inputs().get(0).type().shape();
        var rows = source(from.inputs().get(0));
        var parted = rows.type().shape();
        int kept = dot.leftContract().size();
        int lead = merged.rank() - kept;
        int first = parted.rank() - kept;
        var sums = dot.leftContract().toArray();
        java.util.Arrays.sort(sums);
        if (first < 0
                || sums.length == 0
                || sums[0] != lead
                || !parted.slice(first, parted.rank()).equals(merged.slice(lead, merged.rank()))) {
            return null;
        }
        var columns = x.type().shape().slice(lead, x.type().shape().rank());
        return parted.slice(0, first).concat(columns).equals(shape)
                ? into.node(
                        new DotGeneral(
                                Ints.of(),
                                Ints.of(),
                                Axes.shifted(dot.leftContract(), first - lead),
                                dot.rightContract()),
                        node.place(),
                        rows,
                        from.inputs().get(1))
                : null;
    }

    private static @Nullable Value convolution(
            Node node, Convolution convolution, List<Value> in, Rewriter into) {
        var x = in.get(0).type().shape();
        var kernel = in.get(1).type().shape();
        int rank = x.rank() - 2;
        var size = kernel.slice(0, rank);
        if (convolution.groups() != 1 || node.outputs().get(0).type().size() == 0) {
            return null;
        }
        var out = node.outputs().get(0).type().shape();
        if (size.size() == 1) {
            return pointwise(node, convolution, in, out, into);
        }
        return out.slice(1, rank + 1).size() == 1 ? whole(node, convolution, in, out, into) : null;
    }

    /** A kernel of size 1 is a product of each position; what dilation leaves between is zero. */
    private static @Nullable Value pointwise(
            Node node, Convolution convolution, List<Value> in, Shape out, Rewriter into) {
        int rank = out.rank() - 2;
        var x = in.get(0);
        boolean strided = false;
        boolean spread = false;
        boolean cut = false;
        for (int i = 0; i < rank; i++) {
            strided |=
                    convolution.strides().get(i) != 1
                            || out.dim(i + 1) < x.type().shape().dim(i + 1);
            spread |=
                    convolution.inputDilation().get(i) != 1
                            || convolution.low().get(i) > 0
                            || convolution.high().get(i) > 0;
            cut |= convolution.low().get(i) < 0 || convolution.high().get(i) < 0;
        }
        if (spread && (strided || cut)) {
            return null;
        }
        if (strided) {
            x = taps(node, x, convolution.low(), out, 1, convolution.strides(), into);
        }
        if (x == null) {
            return null;
        }
        var kernel = in.get(1).type().shape();
        var matrix =
                into.node(new Reshaping(kernel.slice(rank, rank + 2)), node.place(), in.get(1));
        var product =
                into.node(
                        new DotGeneral(Ints.of(), Ints.of(), Ints.of(rank + 1), Ints.of(0)),
                        node.place(),
                        x,
                        matrix);
        if (!spread) {
            return product;
        }
        var between = Axes.shifted(convolution.inputDilation(), -1);
        var zero = into.constant(HostTensor.allocate(x.type().dtype(), Shape.SCALAR));
        return into.node(
                new Padding(
                        framed(convolution.low(), 0),
                        framed(convolution.high(), 0),
                        framed(between, 0)),
                node.place(),
                product,
                zero);
    }

    /** The gradient of a kernel of size 1 is a product over all positions. */
    private static @Nullable Value kernelGradient(
            Node node, KernelGradient gradient, List<Value> in, Rewriter into) {
        int rank = gradient.size().size();
        var ones = Ints.repeat(1, rank);
        var d = in.get(1);
        if (gradient.groups() != 1
                || !gradient.size().equals(ones)
                || !gradient.inputDilation().equals(ones)
                || d.type().size() == 0) {
            return null;
        }
        var x =
                taps(
                        node,
                        in.get(0),
                        gradient.low(),
                        d.type().shape(),
                        1,
                        gradient.strides(),
                        into);
        if (x == null) {
            return null;
        }
        var positions = Ints.range(0, rank + 1);
        var product =
                into.node(
                        new DotGeneral(Ints.of(), Ints.of(), positions, positions),
                        node.place(),
                        x,
                        d);
        return into.node(
                new Reshaping(node.outputs().get(0).type().shape()), node.place(), product);
    }

    /** A single window: the product of the elements under it and the kernel. */
    private static @Nullable Value whole(
            Node node, Convolution convolution, List<Value> in, Shape out, Rewriter into) {
        int rank = out.rank() - 2;
        var kernel = in.get(1);
        if (!convolution.inputDilation().equals(Ints.repeat(1, rank))) {
            return null;
        }
        var x =
                taps(
                        node,
                        in.get(0),
                        convolution.low(),
                        kernel.type().shape(),
                        0,
                        convolution.dilation(),
                        into);
        if (x == null) {
            return null;
        }
        var product =
                into.node(
                        new DotGeneral(
                                Ints.of(),
                                Ints.of(),
                                Ints.range(1, rank + 2),
                                Ints.range(0, rank + 1)),
                        node.place(),
                        x,
                        kernel);
        return into.node(new Reshaping(out), node.place(), product);
    }

    /**
     * The input at as many positions as the dimensions of {@code count} from axis {@code first} on
     * say, so many apart; null where some lie outside of it.
     */
    private static @Nullable Value taps(
            Node node, Value x, Ints low, Shape count, int first, Ints step, Rewriter into) {
        var shape = x.type().shape();
        int rank = low.size();
        var size = shape.dims();
        boolean all = true;
        for (int i = 0; i < rank; i++) {
            size[i + 1] = count.dim(i + first);
            long last = -low.get(i) + (size[i + 1] - 1L) * step.get(i);
            if (low.get(i) > 0 || last >= shape.dim(i + 1)) {
                return null;
            }
            all &= size[i + 1] == shape.dim(i + 1);
        }
        var begin = Ints.of(IntStream.of(low.toArray()).map(i -> -i).toArray());
        return all
                ? x
                : into.node(
                        new Slicing(framed(begin, 0), Ints.of(size), framed(step, 1)),
                        node.place(),
                        x);
    }

    /** A setting per spatial dimension with those of the batch and the channels around them. */
    private static Ints framed(Ints spatial, int around) {
        return Ints.of(
                IntStream.concat(
                                IntStream.concat(
                                        IntStream.of(around), IntStream.of(spatial.toArray())),
                                IntStream.of(around))
                        .toArray());
    }
}
