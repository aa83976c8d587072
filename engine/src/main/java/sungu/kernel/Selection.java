package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Elementwise work that does not compute: choosing between two operands, and comparing or joining
 * strings.
 */
final class Selection {
    /** So many elements are chosen one by one before blocks pay. */
    private static final int FEW = 64;

    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT;

    private Selection() {}

    /** {@code out[i] = condition[i] ? x[i] : y[i]}, whole runs of one choice copied at a time. */
    static void select(
            HostTensor condition, HostTensor x, HostTensor y, HostTensor out, int from, int to) {
        var flags = (byte[]) condition.array();
        int step = condition.rank() == out.rank() ? 1 : 0;
        int lanes = out.dtype().lanes();
        boolean fullX = x.rank() == out.rank();
        boolean fullY = y.rank() == out.rank();
        if (out.array() instanceof float[] c && step == 1 && lanes == 1) {
            var a = (float[]) x.array();
            var b = (float[]) y.array();
            if (to - from < FEW) {
                for (int i = from; i < to; i++) {
                    c[i] = flags[i] != 0 ? a[fullX ? i : 0] : b[fullY ? i : 0];
                }
            } else {
                floats(flags, a, fullX, b, fullY, c, from, to);
            }
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

    /**
     * By masks over the bits, for a choice between floats is not vectorised.
     *
     * @param fullX whether {@code a} is not a scalar
     * @param fullY whether {@code b} is not a scalar
     */
    private static void floats(
            byte[] flags,
            float[] a,
            boolean fullX,
            float[] b,
            boolean fullY,
            float[] c,
            int from,
            int to) {
        var scratch = Scratch.take();
        if (!fullX) {
            Arrays.fill(scratch.ints0, Float.floatToRawIntBits(a[0]));
        }
        for (int start = from; start < to; start += Scratch.BLOCK) {
            int n = Math.min(Scratch.BLOCK, to - start);
            if (fullX) {
                MemorySegment.copy(a, start, scratch.memoryOfInts0, FLOATS, 0, n);
            }
            if (fullY) {
                MemorySegment.copy(b, start, scratch.memoryOfInts1, FLOATS, 0, n);
            } else {
                Arrays.fill(scratch.ints1, 0, n, Float.floatToRawIntBits(b[0]));
            }
            System.arraycopy(flags, start, scratch.bytes, 0, n);
            blend(scratch.bytes, scratch.ints0, scratch.ints1, n);
            MemorySegment.copy(scratch.memoryOfInts1, FLOATS, 0, c, start, n);
        }
        scratch.give();
    }

    /** Bytes are read as floats, for the way from there to ints is vectorised. */
    private static void blend(byte[] flags, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            b[i] ^= (a[i] ^ b[i]) & -(int) (float) flags[i];
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
