package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.FourierKernel;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * The discrete Fourier transform of each row of the last dimension, complex: {@code y[k] = sum_j
 * x[j] exp(-+2 pi i j k / n)}, without a factor in either direction.
 *
 * @param inverse the sign of the exponent: plus for the inverse
 */
public record Fft(boolean inverse) implements Opaque {
    @Override
    public String label() {
        return "fft";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (!inputs[0].dtype().isComplex() || inputs[0].shape().rank() == 0) {
            throw new TensorException(
                    label() + ": takes complex rows, got " + inputs[0],
                    "cast it: x.cast(DType.COMPLEX64)");
        }
        return new TensorType[] {inputs[0]};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        FourierKernel.transform(inputs[0], outputs[0], inverse);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        // The matrix is symmetric, its adjoint is the transform in the other direction.
        return g.each(() -> Context.bind(new Fft(!inverse), g.d()));
    }
}
