package sungu.kernel;

import sungu.tensor.HostTensor;

import java.nio.ByteBuffer;

/** Elements as raw bytes, in the byte order of the buffer: files, other systems, bit casts. */
public final class RawBytes {
    private RawBytes() {}

    /** Appends all elements to a buffer. */
    public static void write(HostTensor x, ByteBuffer to) {
        int n = x.size() * x.dtype().lanes();
        switch (x.array()) {
            case byte[] a -> to.put(a, 0, n);
            case short[] a -> {
                to.asShortBuffer().put(a, 0, n);
                to.position(to.position() + 2 * n);
            }
            case int[] a -> {
                to.asIntBuffer().put(a, 0, n);
                to.position(to.position() + 4 * n);
            }
            case long[] a -> {
                to.asLongBuffer().put(a, 0, n);
                to.position(to.position() + 8 * n);
            }
            case float[] a -> {
                to.asFloatBuffer().put(a, 0, n);
                to.position(to.position() + 4 * n);
            }
            case double[] a -> {
                to.asDoubleBuffer().put(a, 0, n);
                to.position(to.position() + 8 * n);
            }
            default -> throw new IllegalArgumentException("strings have no fixed width");
        }
    }

    /** Fills the array of a tensor that nobody else has seen yet. */
    public static void read(ByteBuffer from, HostTensor out) {
        int n = out.size() * out.dtype().lanes();
        switch (out.array()) {
            case byte[] a -> from.get(a, 0, n);
            case short[] a -> {
                from.asShortBuffer().get(a, 0, n);
                from.position(from.position() + 2 * n);
            }
            case int[] a -> {
                from.asIntBuffer().get(a, 0, n);
                from.position(from.position() + 4 * n);
            }
            case long[] a -> {
                from.asLongBuffer().get(a, 0, n);
                from.position(from.position() + 8 * n);
            }
            case float[] a -> {
                from.asFloatBuffer().get(a, 0, n);
                from.position(from.position() + 4 * n);
            }
            case double[] a -> {
                from.asDoubleBuffer().get(a, 0, n);
                from.position(from.position() + 8 * n);
            }
            default -> throw new IllegalArgumentException("strings have no fixed width");
        }
    }
}
