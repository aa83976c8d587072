package sungu.primitive;

import sungu.kernel.Philox;
import sungu.kernel.RandomKernels;
import sungu.kernel.UniformFloats;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Random numbers of a standard distribution, determined by a seed of two integers: TensorFlow's
 * stateless Philox streams.
 */
public record RandomFill(Distribution distribution, DType dtype, Shape shape) implements Source {
    /** A distribution without parameters. */
    public enum Distribution {
        /** All bits of an integer type. */
        BITS,
        /** From 0 (inclusive) to 1. */
        UNIFORM,
        /** Mean 0, deviation 1. */
        NORMAL,
        /** Mean 0, deviation 1, drawn again beyond two deviations. */
        TRUNCATED_NORMAL
    }

    @Override
    public String label() {
        return "random";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (!inputs[0].shape().equals(Shape.of(2)) || !inputs[0].dtype().isInteger()) {
            throw new TensorException(
                    label() + ": the seed must be two integers, got " + inputs[0]);
        }
        return new TensorType[] {new TensorType(dtype, shape)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        run(Philox.ofSeed(inputs[0].integer(0), inputs[0].integer(1)), outputs);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        if (distribution != Distribution.UNIFORM || dtype != DType.FLOAT32) {
            return this::run;
        }
        var stream = new Philox(0, 0, 0);
        var floats = new UniformFloats();
        return (in, out) -> {
            stream.seed(in[0].integer(0), in[0].integer(1));
            floats.fill(stream, (float[]) out[0].array(), out[0].size());
        };
    }

    private void run(Philox stream, HostTensor[] outputs) {
        var out = outputs[0].array();
        int n = outputs[0].size();
        switch (distribution) {
            case BITS -> RandomKernels.bits(stream, dtype, out, n);
            case UNIFORM -> RandomKernels.uniform(stream, dtype, out, n);
            case NORMAL -> RandomKernels.normal(stream, dtype, out, n);
            case TRUNCATED_NORMAL -> RandomKernels.truncatedNormal(stream, dtype, out, n);
        }
    }
}
