package sungu.keras.quantizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Tensor;

class Float8Test {
    @Test
    void valuesAreRoundedAtTheScale() {
        assertArrayEquals(
                new float[] {1.125f, -224, 224, 0.0126953125f},
                Float8.rounded(
                                Tensor.ofFloats(1.1f, -300, 1000, 0.013f),
                                Tensor.of(0.5f),
                                DType.FLOAT8_E4M3FN)
                        .toFloats());
        assertArrayEquals(
                new float[] {1, -320, 114688, 0.013671875f},
                Float8.rounded(
                                Tensor.ofFloats(1.1f, -300, 1e6f, 0.013f),
                                Tensor.of(2f),
                                DType.FLOAT8_E5M2)
                        .toFloats());
    }

    @Test
    void theScaleFollowsTheLargestValue() {
        assertEquals(
                2 / 448f,
                Float8.scale(Tensor.of(2f), Tensor.of(1f), DType.FLOAT8_E4M3FN).floatValue(),
                1e-8f);
        assertEquals(
                0.25f,
                Float8.scale(Tensor.of(0f), Tensor.of(0.25f), DType.FLOAT8_E4M3FN).floatValue());
        assertEquals(
                0.25f,
                Float8.scale(
                                Tensor.of(Float.POSITIVE_INFINITY),
                                Tensor.of(0.25f),
                                DType.FLOAT8_E5M2)
                        .floatValue());
    }

    @Test
    void theHistoryTakesTheNewestFirst() {
        assertArrayEquals(
                new float[] {7, 3, 4, 1},
                Float8.history(Tensor.ofFloats(1, -7), Tensor.ofFloats(1, 2, 3, 4)).toFloats());
        assertArrayEquals(
                new float[] {7, 1},
                Float8.history(Tensor.ofFloats(1, -7), Tensor.ofFloats(1, 2)).toFloats());
        assertArrayEquals(
                new float[] {7},
                Float8.history(Tensor.ofFloats(1, -7), Tensor.ofFloats(1)).toFloats());
    }
}
