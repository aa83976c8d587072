package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * The index vectors, int64, of the elements that are true, in row-major order.
 *
 * @param size the number of vectors to give, filled up with -1; -1 for as many as there are, which
 *     can't be traced
 */
public record NonZero(int size) implements Opaque {
    @Override
    public String label() {
        return "nonzero";
    }

    @Override
    public boolean dynamic() {
        return size < 0;
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() != DType.BOOL) {
            throw new TensorException(
                    label() + ": takes bool, got " + inputs[0], "compare it with zero first");
        }
        return new TensorType[] {
            new TensorType(DType.INT64, Shape.of(Math.max(size, 0), inputs[0].shape().rank()))
        };
    }

    @Override
    public HostTensor[] evaluate(HostTensor... inputs) {
        var type = types(inputs[0].type())[0];
        int count = size;
        if (count < 0) {
            count = 0;
            for (int i = 0; i < inputs[0].size(); i++) {
                count += ((byte[]) inputs[0].array())[i];
            }
        }
        var out = HostTensor.allocate(DType.INT64, type.shape().with(0, count));
        fill(inputs[0], count, (long[]) out.array());
        return new HostTensor[] {out};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        fill(inputs[0], size, (long[]) outputs[0].array());
    }

    private static void fill(HostTensor condition, int count, long[] out) {
        var strides = condition.shape().strides();
        var flags = (byte[]) condition.array();
        int n = 0;
        for (int i = 0; i < condition.size() && n < count; i++) {
            if (flags[i] != 0) {
                int rest = i;
                for (int k = 0; k < strides.length; k++) {
                    out[n * strides.length + k] = rest / strides[k];
                    rest %= strides[k];
                }
                n++;
            }
        }
        Arrays.fill(out, n * strides.length, count * strides.length, -1);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
