package sungu.tensor;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tensor whose elements lie in a Java array on the heap, contiguous and row-major. */
public final class HostTensor extends Tensor {
    private static final byte[] EMPTY_STRING = new byte[0];

    private final Object array;
    private final Object identity;
    private final @Nullable Tensor mask;

    /** The same elements as another type, which may have a view in turn; see {@link #as}. */
    private @Nullable HostTensor view;

    /**
     * Wraps an array without copying it; nobody may change it afterwards.
     *
     * @param array the Java array that {@link DType#storage} names, with {@code shape.size() *
     *     dtype.lanes()} entries or more
     */
    public HostTensor(DType dtype, Shape shape, Object array) {
        this(new TensorType(dtype, shape), array);
    }

    /** Wraps an array without copying it; nobody may change it afterwards. */
    public HostTensor(TensorType type, Object array) {
        super(type);
        this.array = array;
        this.identity = this;
        this.mask = null;
    }

    private HostTensor(HostTensor original, @Nullable Tensor mask) {
        super(original.type());
        this.array = original.array;
        this.identity = original.identity;
        this.mask = mask;
    }

    /** A tensor of zeros. */
    public static HostTensor allocate(DType dtype, Shape shape) {
        return new HostTensor(dtype, shape, newArray(dtype, shape));
    }

    /** A zeroed array for a tensor of that type. */
    public static Object newArray(DType dtype, Shape shape) {
        long entries = (long) shape.size() * dtype.lanes();
        if (entries > Integer.MAX_VALUE - 8) {
            throw new TensorException(
                    "a "
                            + new TensorType(dtype, shape)
                            + " needs an array of "
                            + entries
                            + " entries, more than Java allows");
        }
        int n = (int) entries;
        try {
            return switch (dtype.storage()) {
                case BYTES -> new byte[n];
                case SHORTS -> new short[n];
                case INTS -> new int[n];
                case LONGS -> new long[n];
                case FLOATS -> new float[n];
                case DOUBLES -> new double[n];
                case STRINGS -> {
                    var strings = new byte[n][];
                    Arrays.fill(strings, EMPTY_STRING);
                    yield strings;
                }
            };
        } catch (OutOfMemoryError e) {
            var error =
                    new OutOfMemoryError(
                            "no room for a tensor "
                                    + new TensorType(dtype, shape)
                                    + " of "
                                    + entries * Math.max(dtype.bytes() / dtype.lanes(), 1)
                                    + " bytes; raise the heap with -Xmx or use smaller batches");
            error.initCause(e);
            throw error;
        }
    }

    static HostTensor filled(DType dtype, Shape shape, double value) {
        var array = newArray(dtype, shape);
        int n = shape.size();
        if (dtype == DType.STRING) {
            throw new TensorException("a string tensor can't be filled with the number " + value);
        }
        if (n > 0) {
            Numbers.put(dtype, array, 0, value);
            int lanes = dtype.lanes();
            for (int filled = lanes, all = n * lanes; filled < all; filled *= 2) {
                System.arraycopy(array, 0, array, filled, Math.min(filled, all - filled));
            }
        }
        return new HostTensor(dtype, shape, array);
    }

    /** The elements themselves, not a copy: kernels read them, nobody writes them. */
    public Object array() {
        return array;
    }

    @Override
    public HostTensor host() {
        return this;
    }

    @Override
    public Object identity() {
        return identity;
    }

    @Override
    public @Nullable Tensor mask() {
        return mask;
    }

    @Override
    public HostTensor withMask(@Nullable Tensor newMask) {
        return new HostTensor(this, newMask);
    }

    /**
     * The same elements under another identity: what a variable hands out must not be taken for
     * what was assigned to it.
     */
    public HostTensor renewed() {
        return new HostTensor(type(), array);
    }

    /**
     * The same elements as a tensor of another type, which stays with this one: a program that sees
     * a weight in another shape makes nothing for it in its next run.
     *
     * @param other a type with as many elements, stored alike
     */
    public HostTensor as(TensorType other) {
        var tensor = this;
        while (!tensor.type().equals(other)) {
            var next = tensor.view;
            if (next == null) {
                next = new HostTensor(other, array);
                tensor.view = next;
            }
            tensor = next;
        }
        return tensor;
    }

    /** The element at a flat index as a double; the real part of a complex one. */
    public double number(int index) {
        return Numbers.get(dtype(), array, index);
    }

    /** The element at a flat index as a long. */
    public long integer(int index) {
        return Numbers.getLong(dtype(), array, index);
    }

    /** The element of a string tensor at a flat index, decoded as UTF-8. */
    public String string(int index) {
        return new String(bytes()[index], StandardCharsets.UTF_8);
    }

    /** The elements of a string tensor as bytes, not copied. */
    public byte[][] bytes() {
        if (dtype() != DType.STRING) {
            throw new TensorException("a tensor " + type() + " has no strings");
        }
        return (byte[][]) array;
    }

    /**
     * Whether all elements have the bits of the first one; false for complex and string tensors.
     */
    public boolean isUniform() {
        int n = size();
        if (n == 0 || dtype().isComplex()) {
            return false;
        }
        return array instanceof byte[] b && Arrays.equals(b, 1, n, b, 0, n - 1)
                || array instanceof short[] s && Arrays.equals(s, 1, n, s, 0, n - 1)
                || array instanceof int[] i && Arrays.equals(i, 1, n, i, 0, n - 1)
                || array instanceof long[] l && Arrays.equals(l, 1, n, l, 0, n - 1)
                || array instanceof float[] f && Arrays.equals(f, 1, n, f, 0, n - 1)
                || array instanceof double[] d && Arrays.equals(d, 1, n, d, 0, n - 1);
    }

    float[] floats() {
        if (dtype() == DType.FLOAT32) {
            return Arrays.copyOf((float[]) array, size());
        }
        var out = new float[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) number(i);
        }
        return out;
    }

    double[] doubles() {
        var out = new double[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(i);
        }
        return out;
    }

    int[] ints() {
        var out = new int[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) integer(i);
        }
        return out;
    }

    long[] longs() {
        var out = new long[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = integer(i);
        }
        return out;
    }

    boolean[] booleans() {
        var out = new boolean[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(i) != 0;
        }
        return out;
    }

    List<String> strings() {
        var out = new ArrayList<String>(size());
        for (byte[] bytes : bytes()) {
            out.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return out;
    }

    @Override
    public String toString() {
        return TensorPrinter.print(this);
    }
}
