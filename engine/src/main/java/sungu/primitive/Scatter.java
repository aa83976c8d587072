package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.ScatterKernel;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Scattering;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Locale;

/**
 * The first input with the slices that the second one, index vectors, names combined with those of
 * the third, one after the other in their order; {@link IndexVectors} says how positions are named.
 */
public record Scatter(Combine combine, int batch, int outer, int depth, boolean lenient)
        implements Opaque {
    /**
     * What becomes of an element x that an update u hits: u, x + u, x * u, x / u, the smaller or
     * the larger.
     */
    public enum Combine {
        UPDATE,
        ADD,
        MULTIPLY,
        DIVIDE,
        MIN,
        MAX
    }

    /** How the indices address slices. */
    public IndexVectors vectors() {
        return new IndexVectors(batch, outer, depth, lenient);
    }

    @Override
    public String label() {
        return "scatter";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var dtype = inputs[0].dtype();
        if (inputs[2].dtype() != dtype) {
            throw Pointwise.differentDtypes(label(), inputs[0], inputs[2]);
        }
        boolean extreme = combine == Combine.MIN || combine == Combine.MAX;
        boolean takes =
                combine == Combine.UPDATE
                        || (dtype == DType.BOOL
                                ? extreme
                                : dtype == DType.STRING
                                        ? combine == Combine.ADD
                                        : !(extreme && dtype.isComplex()));
        if (!takes) {
            throw new TensorException(
                    label()
                            + " "
                            + combine.name().toLowerCase(Locale.ROOT)
                            + ": does not take "
                            + inputs[0]);
        }
        var slices = vectors().slices(label(), inputs[0], inputs[1]);
        if (!inputs[2].shape().equals(slices)) {
            throw new TensorException(
                    label()
                            + ": indices "
                            + inputs[1]
                            + " name slices of shape "
                            + slices
                            + " in "
                            + inputs[0]
                            + ", the updates are "
                            + inputs[2],
                    "updates need the dimensions of the indices, then those of a slice");
        }
        return new TensorType[] {inputs[0]};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new ScatterKernel(this, inputs[0].shape(), inputs[1].shape())
                .run(inputs[0], inputs[1], inputs[2], outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var kernel = new ScatterKernel(this, inputs[0].shape(), inputs[1].shape());
        return (in, out) -> kernel.run(in[0], in[1], in[2], out[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var indices = g.y();
        var updates = g.x(2);
        return switch (combine) {
            case ADD -> g.each(g::d, () -> null, () -> gather(g.d(), indices));
            // Where several updates hit one place, each gets its gradient, as in TensorFlow.
            case UPDATE ->
                    g.each(
                            () -> with(Combine.UPDATE, g.d(), indices, Elements.zerosLike(updates)),
                            () -> null,
                            () -> gather(g.d(), indices));
            case MULTIPLY ->
                    g.each(
                            () -> with(Combine.MULTIPLY, g.d(), indices, Elements.conj(updates)),
                            () -> null,
                            () -> factors(g));
            case DIVIDE ->
                    g.each(
                            () -> with(Combine.DIVIDE, g.d(), indices, Elements.conj(updates)),
                            () -> null,
                            () ->
                                    gather(g.d().times(Elements.conj(g.out())), indices)
                                            .div(Elements.conj(updates))
                                            .unaryMinus());
            case MIN, MAX -> extremes(g);
        };
    }

    private Tensor gather(Tensor x, Tensor indices) {
        return Indexing.gather(vectors(), x, indices);
    }

    private Tensor with(Combine other, Tensor x, Tensor indices, Tensor updates) {
        return Scattering.scatter(other, vectors(), x, indices, updates);
    }

    /**
     * The cotangent times the product of all other factors of the same place; a single zero factor
     * leaves its own gradient alive.
     */
    private Tensor factors(Gradient g) {
        var updates = g.x(2);
        var zero = Elements.equal(updates, Elements.zerosLike(updates));
        var rest =
                with(
                        Combine.MULTIPLY,
                        g.x(),
                        g.y(),
                        Elements.select(zero, Elements.onesLike(updates), updates));
        var zeros =
                gather(
                        with(
                                Combine.ADD,
                                Elements.zerosLike(g.x()),
                                g.y(),
                                zero.cast(updates.dtype())),
                        g.y());
        var others =
                Elements.select(
                        zero,
                        gather(rest, g.y()),
                        gather(rest, g.y())
                                .div(Elements.select(zero, Elements.onesLike(updates), updates)));
        var alone = Elements.equal(zeros, zero.cast(updates.dtype()));
        return gather(g.d(), g.y())
                .times(Elements.conj(Elements.select(alone, others, Elements.zerosLike(others))));
    }

    /**
     * All that equal the result share the cotangent evenly, the element that was there included, as
     * in TensorFlow.
     */
    private @Nullable Tensor[] extremes(Gradient g) {
        var dtype = g.d().dtype();
        var kept = Elements.equal(g.x(), g.out()).cast(dtype);
        var taken = Elements.equal(g.x(2), gather(g.out(), g.y())).cast(dtype);
        var share =
                g.d().div(
                                Elements.maximum(
                                        with(Combine.ADD, kept, g.y(), taken),
                                        Elements.onesLike(g.d())));
        return g.each(() -> share.times(kept), () -> null, () -> gather(share, g.y()).times(taken));
    }
}
