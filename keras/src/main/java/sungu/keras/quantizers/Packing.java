package sungu.keras.quantizers;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;

/** Several small integers in a byte. */
public final class Packing {
    /** How many ternary digits a byte holds: 3^5 = 243. */
    private static final int DIGITS = 5;

    private Packing() {}

    /**
     * Two 4-bit integers in a byte: of each pair along the axis, the first in the low half. An odd
     * length is filled up with 0.
     *
     * @param values int8, -8 to 7
     * @return int8
     */
    public static Tensor packInt4(Tensor values, int axis) {
        require(values, DType.INT8, "packInt4");
        var parts = parts(values, axis, 2);
        var low = nibble(parts.get(0), 0);
        var high = nibble(parts.get(1), 0);
        return signed(Elements.add(low, high.times(16L)), 8).cast(DType.INT8);
    }

    /**
     * The integers that {@link #packInt4} packed.
     *
     * @param length how many there were along the axis
     * @return int8, -8 to 7
     */
    public static Tensor unpackInt4(Tensor packed, int length, int axis) {
        require(packed, DType.INT8, "unpackInt4");
        return joined(
                        List.of(signed(nibble(packed, 0), 4), signed(nibble(packed, 4), 4)),
                        length,
                        axis)
                .cast(DType.INT8);
    }

    /**
     * Five of -1, 0 and 1 in a byte, as digits of a number in base 3, the first along the axis
     * being the lowest. A length that is no multiple of five is filled up with 0.
     *
     * @param values int8
     * @return uint8
     */
    public static Tensor packTernary(Tensor values, int axis) {
        require(values, DType.INT8, "packTernary");
        var parts = parts(values, axis, DIGITS);
        Tensor sum = parts.getLast().cast(DType.INT32).plus(1L);
        for (int i = DIGITS - 2; i >= 0; i--) {
            sum = sum.times(3L).plus(parts.get(i).cast(DType.INT32)).plus(1L);
        }
        return sum.cast(DType.UINT8);
    }

    /**
     * The digits that {@link #packTernary} packed.
     *
     * @param length how many there were along the axis
     * @return int8: -1, 0 and 1
     */
    public static Tensor unpackTernary(Tensor packed, int length, int axis) {
        require(packed, DType.UINT8, "unpackTernary");
        var rest = packed.cast(DType.INT32);
        var digits = new ArrayList<Tensor>(DIGITS);
        for (int i = 0; i < DIGITS; i++) {
            digits.add(rest.rem(3L).minus(1L));
            rest = Elements.floorDivide(rest, Elements.weak(3L, rest));
        }
        return joined(digits, length, axis).cast(DType.INT8);
    }

    private static void require(Tensor x, DType dtype, String what) {
        if (x.dtype() != dtype) {
            throw new TensorException(what + ": expected " + dtype.label() + ", got " + x.type());
        }
    }

    private static Tensor nibble(Tensor x, int shift) {
        var bits = x.cast(DType.INT32);
        return Elements.and(
                shift == 0 ? bits : Elements.shiftRight(bits, Elements.weak((long) shift, bits)),
                Elements.weak(15L, bits));
    }

    /** A number of so many bits with its highest bit as the sign. */
    private static Tensor signed(Tensor x, int bits) {
        long sign = 1L << (bits - 1);
        return Elements.xor(x, Elements.weak(sign, x)).minus(sign);
    }

    /**
     * Every {@code count}-th element along the axis, from each of the first {@code count} on, after
     * filling up to a multiple.
     */
    private static List<Tensor> parts(Tensor x, int axis, int count) {
        int at = axis < 0 ? axis + x.rank() : axis;
        int length = x.shape().dim(at);
        int groups = (length + count - 1) / count;
        int[] after = new int[x.rank()];
        after[at] = groups * count - length;
        var padded =
                after[at] == 0
                        ? x
                        : Movements.pad(
                                x, new int[x.rank()], after, Tensor.zeros(Shape.SCALAR, x.dtype()));
        var grouped = Movements.reshape(padded, x.shape().with(at, groups).insert(at + 1, count));
        return Movements.unstack(grouped, at + 1);
    }

    private static Tensor joined(List<Tensor> parts, int length, int axis) {
        var first = parts.getFirst();
        int at = axis < 0 ? axis + first.rank() : axis;
        int groups = first.shape().dim(at);
        if (length > groups * parts.size() || length <= (groups - 1) * parts.size()) {
            throw new TensorException(
                    "unpacking: "
                            + groups
                            + " bytes can't hold "
                            + length
                            + " elements, "
                            + parts.size()
                            + " in each");
        }
        var all =
                Movements.reshape(
                        Movements.stack(parts, at + 1),
                        first.shape().with(at, groups * parts.size()));
        return Movements.sliceAxis(all, at, 0, length);
    }
}
