package sungu.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Tensors from buffers and memory segments, and back. Elements are always copied, so a tensor never
 * changes with foreign memory.
 */
final class Foreign {
    private Foreign() {}

    static Tensor tensor(Buffer buffer, Shape shape) {
        int n = shape.size();
        if (buffer.remaining() != n) {
            throw new TensorException(
                    "a buffer with "
                            + buffer.remaining()
                            + " remaining elements does not fill the shape "
                            + shape
                            + " of "
                            + n,
                    "set position and limit of the buffer");
        }
        int at = buffer.position();
        return switch (buffer) {
            case FloatBuffer b -> {
                var out = new float[n];
                b.get(at, out);
                yield new HostTensor(DType.FLOAT32, shape, out);
            }
            case DoubleBuffer b -> {
                var out = new double[n];
                b.get(at, out);
                yield new HostTensor(DType.FLOAT64, shape, out);
            }
            case IntBuffer b -> {
                var out = new int[n];
                b.get(at, out);
                yield new HostTensor(DType.INT32, shape, out);
            }
            case LongBuffer b -> {
                var out = new long[n];
                b.get(at, out);
                yield new HostTensor(DType.INT64, shape, out);
            }
            case ShortBuffer b -> {
                var out = new short[n];
                b.get(at, out);
                yield new HostTensor(DType.INT16, shape, out);
            }
            case ByteBuffer b -> {
                var out = new byte[n];
                b.get(at, out);
                yield new HostTensor(DType.INT8, shape, out);
            }
            default ->
                    throw new TensorException(
                            "can't make a tensor from a " + buffer.getClass().getSimpleName(),
                            "give a buffer of bytes, shorts, ints, longs, floats or doubles");
        };
    }

    static Tensor tensor(MemorySegment segment, DType dtype, Shape shape) {
        long bytes = bytes(dtype, shape);
        if (segment.byteSize() != bytes) {
            throw new TensorException(
                    "a segment of "
                            + segment.byteSize()
                            + " bytes does not hold a "
                            + new TensorType(dtype, shape)
                            + " of "
                            + bytes,
                    "take a slice of the segment: segment.asSlice(offset, " + bytes + ")");
        }
        var out = HostTensor.newArray(dtype, shape);
        MemorySegment.copy(segment, 0, over(out), 0, bytes);
        if (dtype == DType.BOOL) {
            var flags = (byte[]) out;
            for (int i = 0; i < flags.length; i++) {
                flags[i] = (byte) (flags[i] != 0 ? 1 : 0);
            }
        }
        return new HostTensor(dtype, shape, out);
    }

    static MemorySegment segment(HostTensor tensor) {
        long bytes = bytes(tensor.dtype(), tensor.shape());
        var copy = HostTensor.newArray(tensor.dtype(), tensor.shape());
        System.arraycopy(tensor.array(), 0, copy, 0, tensor.size() * tensor.dtype().lanes());
        return over(copy).asSlice(0, bytes);
    }

    private static long bytes(DType dtype, Shape shape) {
        if (dtype == DType.STRING) {
            throw new TensorException(
                    "strings have no fixed width, so no memory segment holds them",
                    "use toStrings()");
        }
        return (long) shape.size() * dtype.bytes();
    }

    private static MemorySegment over(Object array) {
        return switch (array) {
            case byte[] a -> MemorySegment.ofArray(a);
            case short[] a -> MemorySegment.ofArray(a);
            case int[] a -> MemorySegment.ofArray(a);
            case long[] a -> MemorySegment.ofArray(a);
            case float[] a -> MemorySegment.ofArray(a);
            case double[] a -> MemorySegment.ofArray(a);
            default ->
                    throw new IllegalArgumentException("not a storage array: " + array.getClass());
        };
    }
}
