package sungu.keras.quantizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

class PackingTest {
    private static final Tensor SMALL = Tensor.of(new byte[][] {{-3, 7}, {2, -8}, {1, 0}});

    @Test
    void twoIntegersShareAByteLowHalfFirst() {
        var rows = Packing.packInt4(SMALL, 0);
        assertEquals(DType.INT8, rows.dtype());
        assertArrayEquals(new int[] {45, -121, 1, 0}, rows.cast(DType.INT32).toInts());
        var columns = Packing.packInt4(Tensor.of(new byte[][] {{-3, 7, 2}, {-8, 1, 0}}), -1);
        assertArrayEquals(new int[] {125, 2, 24, 0}, columns.cast(DType.INT32).toInts());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1})
    void unpackingBringsAllIntegersBack(int axis) {
        assertArrayEquals(
                SMALL.cast(DType.INT32).toInts(),
                Packing.unpackInt4(Packing.packInt4(SMALL, axis), SMALL.shape().dim(axis), axis)
                        .cast(DType.INT32)
                        .toInts());
    }

    @Test
    void fiveTernaryDigitsShareAByte() {
        var digits = Tensor.of(new byte[] {-1, 0, 1, 1, -1, 1});
        var packed = Packing.packTernary(digits, 0);
        assertEquals(DType.UINT8, packed.dtype());
        // 0 + 1*3 + 2*9 + 2*27 + 0*81; then 2 and four zeros, each kept as 1.
        assertArrayEquals(new int[] {75, 122}, packed.cast(DType.INT32).toInts());
        assertArrayEquals(
                digits.cast(DType.INT32).toInts(),
                Packing.unpackTernary(packed, 6, 0).cast(DType.INT32).toInts());
    }

    @Test
    void theOrderAlongOtherAxesStays() {
        var digits = Tensor.of(new byte[][] {{1, -1}, {0, 1}, {-1, 0}});
        assertEquals(Shape.of(1, 2), Packing.packTernary(digits, 0).shape());
        assertArrayEquals(
                digits.cast(DType.INT32).toInts(),
                Packing.unpackTernary(Packing.packTernary(digits, 0), 3, 0)
                        .cast(DType.INT32)
                        .toInts());
    }

    @Test
    void lengthsAndDtypesAreChecked() {
        assertThrows(
                TensorException.class, () -> Packing.unpackInt4(Packing.packInt4(SMALL, 0), 5, 0));
        assertThrows(TensorException.class, () -> Packing.packInt4(SMALL.cast(DType.INT32), 0));
        assertThrows(TensorException.class, () -> Packing.unpackTernary(SMALL, 3, 0));
    }
}
