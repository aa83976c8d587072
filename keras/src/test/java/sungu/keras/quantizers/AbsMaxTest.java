package sungu.keras.quantizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

class AbsMaxTest {
    @Test
    void theLargestValueOfEachRowBecomesTheLargestLevel() {
        var quantized =
                new AbsMaxQuantizer()
                        .quantize(Tensor.of(new float[][] {{1, -2, 0.5f}, {0.25f, 0, -0.1f}}));
        assertEquals(DType.INT8, quantized.values().dtype());
        assertArrayEquals(
                new int[] {64, -127, 32, 127, 0, -51},
                quantized.values().cast(DType.INT32).toInts());
        assertEquals(Shape.of(2, 1), quantized.scale().shape());
        assertArrayEquals(new float[] {63.5f, 507.9998f}, quantized.scale().toFloats(), 1e-3f);
    }

    @Test
    void axesOfTheQuantizerShareAScale() {
        var quantized =
                new AbsMaxQuantizer(-8, 7)
                        .axis(0)
                        .quantize(Tensor.of(new float[][] {{1, 7}, {-2, 3.5f}}));
        assertEquals(Shape.of(1, 2), quantized.scale().shape());
        assertArrayEquals(new int[] {4, 7, -7, 4}, quantized.values().cast(DType.INT32).toInts());
    }

    @Test
    void blocksOfRowsSpreadOverAllLevels() {
        var matrix = Tensor.of(new float[][] {{1, -2}, {0.5f, 3}, {-1, 0}, {0.25f, 4}, {2, -1}});
        var blocks = AbsMax.quantizeBlocks(matrix, 2, -8, 7, 1e-7);
        assertArrayEquals(
                new int[] {7, -8, 7, 7, -8, -8, 7, 7, 7, -8},
                blocks.values().cast(DType.INT32).toInts());
        assertArrayEquals(
                new float[] {1 / 30f, 1 / 3f, 1 / 12f, 4 / 15f, 2 / 15f, 1 / 15f},
                blocks.scale().toFloats(),
                1e-6f);
        assertArrayEquals(
                new int[] {-8, -2, 4, -8, -8, 7}, blocks.zero().cast(DType.INT32).toInts());
    }

    @Test
    void blocksStandForNearlyWhatTheyWereMadeOf() {
        var matrix = Tensor.of(new float[][] {{-1, 2}, {0.5f, -3}, {-1, 1}, {0.25f, -4}, {2, -1}});
        var again = AbsMax.quantizeBlocks(matrix, 2, -8, 7, 1e-7).dequantize(2);
        assertArrayEquals(matrix.toFloats(), again.toFloats(), 0.2f);
    }

    @Test
    void rangesThatDoNotFitAreRefused() {
        assertThrows(TensorException.class, () -> new AbsMaxQuantizer(-256, 256));
        assertThrows(
                TensorException.class,
                () -> AbsMax.quantizeBlocks(Tensor.ofFloats(1, 2), 2, -8, 7, 1e-7));
    }
}
