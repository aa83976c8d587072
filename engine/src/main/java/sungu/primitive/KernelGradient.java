package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.KernelGradientKernel;
import sungu.ops.Elements;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * The gradient of a convolution by its kernel: from the input and a tensor like the output, the
 * sums over batch and windows of the products of what each tap sees and what the window's filters
 * have. It is linear in both, and both its gradients are convolutions.
 *
 * @param size the spatial sizes of the kernel
 */
public record KernelGradient(
        Ints size, Ints strides, Ints inputDilation, Ints dilation, Ints low, Ints high, int groups)
        implements Contraction {
    @Override
    public String label() {
        return "kernel_gradient";
    }

    /** The convolution whose gradient this is. */
    public Convolution convolution() {
        return new Convolution(strides, inputDilation, dilation, low, high, groups);
    }

    private Shape kernel(Shape x, Shape d) {
        return Shape.of(size.toArray()).concat(Shape.of(x.dim(-1) / groups, d.dim(-1)));
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var x = inputs[0];
        var d = inputs[1];
        if (x.dtype() != d.dtype()) {
            throw Pointwise.differentDtypes("kernel_gradient", x, d);
        }
        if (!x.dtype().isFloating() && !x.dtype().isComplex()) {
            throw new TensorException(
                    "kernel_gradient: takes floating or complex numbers, got " + x);
        }
        int rank = size.size() + 2;
        if (x.shape().rank() != rank
                || d.shape().rank() != rank
                || groups < 1
                || x.shape().dim(-1) % groups != 0) {
            throw new TensorException(
                    "kernel_gradient: input "
                            + x
                            + " and output gradient "
                            + d
                            + " do not belong to a kernel of size "
                            + size
                            + " with "
                            + groups
                            + " groups");
        }
        var kernel = x.with(kernel(x.shape(), d.shape()));
        var output = convolution().types(x, kernel)[0];
        if (!output.equals(d)) {
            throw new TensorException(
                    "kernel_gradient: the convolution of "
                            + x
                            + " with "
                            + kernel
                            + " gives "
                            + output
                            + ", the output gradient is "
                            + d);
        }
        return new TensorType[] {kernel};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new KernelGradientKernel(
                        convolution(), inputs[0].type(), inputs[1].shape(), outputs[0].shape())
                .run(inputs[0], inputs[1], outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var kernel =
                new KernelGradientKernel(
                        convolution(), inputs[0], inputs[1].shape(), outputs[0].shape());
        return (in, out) -> kernel.run(in[0], in[1], out[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(
                () -> convolution().inputGradient(Elements.conj(g.y()), g.d(), g.x().shape()),
                () -> Context.bind(convolution(), Elements.conj(g.x()), g.d()));
    }
}
