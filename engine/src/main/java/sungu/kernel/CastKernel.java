package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Conversions between dtypes, by value and by bits. */
public final class CastKernel {
    private CastKernel() {}

    /** Converts values. */
    public static void run(HostTensor x, HostTensor out) {
        var from = x.dtype();
        var to = out.dtype();
        int n = out.size();
        var a = x.array();
        var c = out.array();
        if (from == to || from == DType.STRING) {
            Copy.flat(a, c, n * from.lanes());
        } else if (a instanceof float[] f
                && c instanceof double[] d
                && !from.isComplex()
                && !to.isComplex()) {
            for (int i = 0; i < n; i++) {
                d[i] = f[i];
            }
        } else if (a instanceof double[] d
                && c instanceof float[] f
                && !from.isComplex()
                && !to.isComplex()) {
            for (int i = 0; i < n; i++) {
                f[i] = (float) d[i];
            }
        } else if (a instanceof int[] k
                && c instanceof float[] f
                && from == DType.INT32
                && !to.isComplex()) {
            for (int i = 0; i < n; i++) {
                f[i] = k[i];
            }
        } else if (a instanceof byte[] k
                && c instanceof float[] f
                && (from == DType.BOOL || from == DType.UINT8)
                && !to.isComplex()) {
            for (int i = 0; i < n; i++) {
                f[i] = k[i] & 0xFF;
            }
        } else if (from == DType.FLOAT32 && to.arithmetic() == DType.Arithmetic.FLOAT) {
            for (int i = 0; i < n; i++) {
                Numbers.put(to, c, i, ((float[]) a)[i]);
            }
        } else if (from.isComplex() && to.isComplex()) {
            complex(a, c, 2 * n);
        } else if (from.isInteger()
                && to != DType.BOOL
                && !(from == DType.UINT64 && to.isDifferentiable())) {
            integers(from, a, to, c, n);
        } else {
            for (int i = 0; i < n; i++) {
                double value = Numbers.get(from, a, i);
                if (to.isInteger()) {
                    fraction(to, c, i, value);
                } else {
                    Numbers.put(
                            to,
                            c,
                            i,
                            from.isComplex() && to == DType.BOOL && value == 0
                                    ? imaginary(a, i)
                                    : value);
                }
            }
        }
    }

    /**
     * Fractions are cut off; what is out of range wraps for narrow types by way of int, as in C on
     * this kind of machine.
     */
    private static void fraction(DType to, Object c, int i, double value) {
        switch (to) {
            case UINT64 -> Numbers.put(to, c, i, value);
            case INT32 ->
                    ((int[]) c)[i] =
                            value >= 0x1p31 || value != value ? Integer.MIN_VALUE : (int) value;
            case INT64 ->
                    ((long[]) c)[i] =
                            value >= 0x1p63 || value != value ? Long.MIN_VALUE : (long) value;
            case UINT32 -> ((int[]) c)[i] = (int) (long) value;
            default -> {
                int wrapped = (int) (long) value;
                Numbers.putLong(to, c, i, wrapped);
            }
        }
    }

    private static void integers(DType from, Object a, DType to, Object c, int n) {
        for (int i = 0; i < n; i++) {
            Numbers.putLong(to, c, i, Numbers.getLong(from, a, i));
        }
    }

    private static double imaginary(Object a, int i) {
        return a instanceof float[] f ? f[2 * i + 1] : ((double[]) a)[2 * i + 1];
    }

    private static void complex(Object a, Object c, int entries) {
        for (int i = 0; i < entries; i++) {
            if (c instanceof float[] f) {
                f[i] = (float) ((double[]) a)[i];
            } else {
                ((double[]) c)[i] = ((float[]) a)[i];
            }
        }
    }

    /** Copies bits between types of one width. */
    public static void bits(HostTensor x, HostTensor out) {
        var a = x.array();
        var c = out.array();
        if (a.getClass() == c.getClass()) {
            Copy.flat(a, c, out.size() * out.dtype().lanes());
            return;
        }
        var bytes =
                ByteBuffer.allocate(x.size() * x.dtype().bytes()).order(ByteOrder.nativeOrder());
        RawBytes.write(x, bytes);
        RawBytes.read(bytes.flip(), out);
    }
}
