package sungu.kernel;

import java.nio.ByteBuffer;
import sungu.tensor.HostTensor;

/** Elements as raw bytes, in the byte order of the buffer: files, other systems, bit casts. */
public final class RawBytes {
    private RawBytes() {}

    /** Appends all elements to a buffer. */
    public static void write(HostTensor x, ByteBuffer to) {
        int n = x.size() * x.dtype().lanes();
        switch (x.array()) {
            case byte[] a -> to.put(a, 0, n);
            case short[] a -> advance(to, 2 * n, to.asShortBuffer().put(a, 0, n));
            case int[] a -> advance(to, 4 * n, to.asIntBuffer().put(a, 0, n));
            case long[] a -> advance(to, 8 * n, to.asLongBuffer().put(a, 0, n));
            case float[] a -> advance(to, 4 * n, to.asFloatBuffer().put(a, 0, n));
            case double[] a -> advance(to, 8 * n, to.asDoubleBuffer().put(a, 0, n));
            default -> throw new IllegalArgumentException("strings have no fixed width");
        }
    }

    /** Fills the array of a tensor that nobody else has seen yet. */
    public static void read(ByteBuffer from, HostTensor out) {
        int n = out.size() * out.dtype().lanes();
        switch (out.array()) {
            case byte[] a -> from.get(a, 0, n);
            case short[] a -> advance(from, 2 * n, from.asShortBuffer().get(a, 0, n));
            case int[] a -> advance(from, 4 * n, from.asIntBuffer().get(a, 0, n));
            case long[] a -> advance(from, 8 * n, from.asLongBuffer().get(a, 0, n));
            case float[] a -> advance(from, 4 * n, from.asFloatBuffer().get(a, 0, n));
            case double[] a -> advance(from, 8 * n, from.asDoubleBuffer().get(a, 0, n));
            default -> throw new IllegalArgumentException("strings have no fixed width");
        }
    }

    private static void advance(ByteBuffer buffer, int bytes, Object done) {
        buffer.position(buffer.position() + bytes);
    }
}
