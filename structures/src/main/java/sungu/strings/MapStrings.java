package sungu.strings;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Gradient;
import sungu.primitive.Opaque;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * The primitive behind operations on strings that look at one element of each input at a time: all
 * inputs and the output have one shape, so these can be traced.
 */
record MapStrings(String label, DType dtype, Kernel kernel) implements Opaque {
    /** Computes the first {@code n} elements of the output's array. */
    @FunctionalInterface
    interface Kernel {
        void run(int n, HostTensor[] inputs, Object out);
    }

    /** Bytes from bytes. */
    @FunctionalInterface
    interface OfBytes {
        byte[] apply(byte[] s);
    }

    /** A number from bytes. */
    @FunctionalInterface
    interface ToLong {
        long apply(byte[] s);
    }

    static Tensor bytes(String label, Tensor x, OfBytes each) {
        return bind(
                label,
                DType.STRING,
                (n, inputs, out) -> {
                    var from = inputs[0].bytes();
                    var to = (byte[][]) out;
                    for (int i = 0; i < n; i++) {
                        to[i] = each.apply(from[i]);
                    }
                },
                strings(label, x));
    }

    static Tensor longs(String label, Tensor x, ToLong each) {
        return bind(
                label,
                DType.INT64,
                (n, inputs, out) -> {
                    var from = inputs[0].bytes();
                    var to = (long[]) out;
                    for (int i = 0; i < n; i++) {
                        to[i] = each.apply(from[i]);
                    }
                },
                strings(label, x));
    }

    static Tensor bind(String label, DType dtype, Kernel kernel, Tensor... inputs) {
        return Context.bind(new MapStrings(label, dtype, kernel), inputs);
    }

    /** The tensor, which must hold strings. */
    static Tensor strings(String label, Tensor x) {
        if (x.dtype() != DType.STRING) {
            throw new TensorException(
                    label + ": takes strings, got " + x.type(),
                    "Strings.asString(x) turns numbers into strings");
        }
        return x;
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return new TensorType[] {inputs[0].with(dtype)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        kernel.run(outputs[0].size(), inputs, outputs[0].array());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
