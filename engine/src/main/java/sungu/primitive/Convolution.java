package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.ConvolutionKernel;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * Convolution (without flipping the kernel) of an input (batch, spatial..., channels) with a kernel
 * (spatial..., channels / groups, filters) to an output (batch, spatial..., filters). Each group of
 * channels makes its own group of filters. The gradient by the input is a convolution again, that
 * by the kernel a {@link KernelGradient}, whose gradients are convolutions: gradients of any order
 * work.
 */
public record Convolution(
        Ints strides, Ints inputDilation, Ints dilation, Ints low, Ints high, int groups)
        implements Contraction {
    @Override
    public String label() {
        return "convolution";
    }

    /** How kernels of these spatial sizes lie over the input. */
    public Window window(Shape kernel) {
        return new Window(
                Ints.of(kernel.slice(0, kernel.rank() - 2).dims()),
                strides,
                inputDilation,
                dilation,
                low,
                high);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var x = inputs[0];
        var kernel = inputs[1];
        if (x.dtype() != kernel.dtype()) {
            throw Pointwise.differentDtypes("conv", x, kernel);
        }
        if (x.dtype() == DType.BOOL || x.dtype() == DType.STRING) {
            throw new TensorException(
                    "conv: does not take " + x, "cast it first: x.cast(DType.FLOAT32)");
        }
        int rank = x.shape().rank();
        if (rank < 3 || kernel.shape().rank() != rank) {
            throw new TensorException(
                    "conv: input "
                            + x
                            + " and kernel "
                            + kernel
                            + " must have the same rank, 3 or more",
                    "the input is (batch, spatial..., channels), the kernel (spatial..., channels /"
                            + " groups, filters)");
        }
        int channels = x.shape().dim(-1);
        int filters = kernel.shape().dim(-1);
        if (groups < 1 || kernel.shape().dim(-2) * groups != channels) {
            throw new TensorException(
                    "conv: input "
                            + x
                            + " has "
                            + channels
                            + " channels, kernel "
                            + kernel
                            + " takes "
                            + kernel.shape().dim(-2)
                            + " in "
                            + groups
                            + " groups");
        }
        if (filters % groups != 0) {
            throw new TensorException(
                    "conv: "
                            + filters
                            + " filters of kernel "
                            + kernel
                            + " can't be shared out to "
                            + groups
                            + " groups");
        }
        var dims = new int[rank];
        dims[0] = x.shape().dim(0);
        System.arraycopy(window(kernel.shape()).outputs("conv", x.shape()), 0, dims, 1, rank - 2);
        dims[rank - 1] = filters;
        return new TensorType[] {x.with(Shape.owning(dims))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new ConvolutionKernel(this, inputs[0].type(), inputs[1].shape(), outputs[0].shape())
                .run(inputs[0], inputs[1], outputs[0], null);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(
                () -> inputGradient(g.d(), Elements.conj(g.y()), g.x().shape()),
                () ->
                        Context.bind(
                                new KernelGradient(
                                        window(g.y().shape()).size(),
                                        strides,
                                        inputDilation,
                                        dilation,
                                        low,
                                        high,
                                        groups),
                                Elements.conj(g.x()),
                                g.d()));
    }

    /**
     * The gradient by the input: windows run over the output gradient, spread out by the strides,
     * with the kernel turned round. It is the transposed convolution as well.
     */
    public Tensor inputGradient(Tensor d, Tensor kernel, Shape input) {
        int rank = input.rank();
        int spatial = rank - 2;
        int channels = kernel.shape().dim(-2);
        int filters = kernel.shape().dim(-1) / groups;
        var size = kernel.shape().slice(0, spatial);
        // (spatial..., channels, groups * filters) -> (spatial..., filters, groups * channels)
        var split = Movements.reshape(kernel, size.concat(Shape.of(channels, groups, filters)));
        var order = Ints.range(0, rank + 1).toArray();
        order[spatial] = spatial + 2;
        order[spatial + 2] = spatial;
        var turned =
                Movements.reshape(
                        Movements.transpose(split, order),
                        size.concat(Shape.of(filters, groups * channels)));
        turned = Movements.reverse(turned, Ints.range(0, spatial).toArray());
        var before = new int[spatial];
        var after = new int[spatial];
        for (int i = 0; i < spatial; i++) {
            int reach = Window.reach(size.dim(i), dilation.get(i));
            before[i] = reach - 1 - low.get(i);
            after[i] =
                    Window.reach(input.dim(i + 1), inputDilation.get(i))
                            - 1
                            + reach
                            - before[i]
                            - Window.reach(d.shape().dim(i + 1), strides.get(i));
        }
        return Context.bind(
                new Convolution(
                        /* strides= */ inputDilation,
                        /* inputDilation= */ strides,
                        dilation,
                        Ints.of(before),
                        Ints.of(after),
                        groups),
                d,
                turned);
    }
}
