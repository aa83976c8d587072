package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * Elementwise work that does not compute: choosing between two operands, and comparing or joining
 * strings.
 */
final class Selection {
    private Selection() {}

    /** {@code out[i] = condition[i] ? x[i] : y[i]}, whole runs of one choice copied at a time. */
    static void select(
            HostTensor condition, HostTensor x, HostTensor y, HostTensor out, int from, int to) {
        var flags = (byte[]) condition.array();
        int step = condition.rank() == out.rank() ? 1 : 0;
        int lanes = out.dtype().lanes();
        boolean fullX = x.rank() == out.rank();
        boolean fullY = y.rank() == out.rank();
        if (out.array() instanceof float[] c && fullX && fullY && step == 1 && lanes == 1) {
            select(flags, (float[]) x.array(), (float[]) y.array(), c, from, to);
            return;
        }
        for (int i = from; i < to; ) {
            byte flag = flags[i * step];
            int end = i + 1;
            while (end < to && flags[end * step] == flag) {
                end++;
            }
            var source = flag != 0 ? x : y;
            if (flag != 0 ? fullX : fullY) {
                System.arraycopy(
                        source.array(), i * lanes, out.array(), i * lanes, (end - i) * lanes);
            } else {
                for (int k = i; k < end; k++) {
                    System.arraycopy(source.array(), 0, out.array(), k * lanes, lanes);
                }
            }
            i = end;
        }
    }

    private static void select(byte[] flags, float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = flags[i] != 0 ? a[i] : b[i];
        }
    }

    static void strings(Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var a = inputs[0].bytes();
        var b = inputs[inputs.length - 1].bytes();
        int stepA = inputs[0].rank() == out.rank() ? 1 : 0;
        int stepB = inputs[inputs.length - 1].rank() == out.rank() ? 1 : 0;
        for (int i = from; i < to; i++) {
            var x = a[i * stepA];
            var y = b[i * stepB];
            switch (op) {
                case ADD -> {
                    var joined = Arrays.copyOf(x, x.length + y.length);
                    System.arraycopy(y, 0, joined, x.length, y.length);
                    out.bytes()[i] = joined;
                }
                case EQUAL -> ((byte[]) out.array())[i] = (byte) (Arrays.equals(x, y) ? 1 : 0);
                case NOT_EQUAL -> ((byte[]) out.array())[i] = (byte) (Arrays.equals(x, y) ? 0 : 1);
                default -> throw new TensorException(op.label() + ": does not take strings");
            }
        }
    }
}
