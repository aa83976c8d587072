package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.util.List;

class PartitionsTest {
    @Test
    void stitchingUndoesAPartition() {
        var data = Movements.reshape(Movements.iota(10, DType.FLOAT32), 5, 2);
        var parts = Tensor.ofInts(1, 0, 1, 2, 0);
        var back =
                Partitions.dynamicStitch(
                        Partitions.dynamicPartition(Movements.iota(5, DType.INT32), parts, 3),
                        Partitions.dynamicPartition(data, parts, 3));
        assertArrayEquals(data.toFloats(), back.toFloats());
        assertThrows(TensorException.class, () -> Partitions.dynamicPartition(data, parts, 2));
    }

    @Test
    void theLastSliceOfAPlaceWins() {
        var joined =
                Partitions.dynamicStitch(
                        List.of(Tensor.ofInts(0, 3), Tensor.ofInts(3)),
                        List.of(Tensor.ofInts(1, 2), Tensor.ofInts(7)));
        assertArrayEquals(new int[] {1, 0, 0, 7}, joined.toInts());
    }

    @Test
    void permutationsAreInverted() {
        var x = Tensor.ofInts(3, 4, 0, 2, 1);
        assertArrayEquals(new int[] {2, 4, 3, 0, 1}, Partitions.invertPermutation(x).toInts());
        assertThrows(
                TensorException.class, () -> Partitions.invertPermutation(Tensor.ofInts(0, 0)));
    }

    @Test
    void positionsAreUnraveled() {
        var vectors = Partitions.unravelIndex(Tensor.ofInts(22, 5), Shape.of(7, 6));
        assertArrayEquals(new int[] {3, 0, 4, 5}, vectors.toInts());
        assertThrows(
                TensorException.class,
                () -> Partitions.unravelIndex(Tensor.ofInts(42), Shape.of(7, 6)));
    }

    @Test
    void masksHaveTheLengthsAsked() {
        assertEquals(
                "[true,false,false,true,true,true]",
                java.util.Arrays.toString(
                                Partitions.sequenceMask(Tensor.ofInts(1, 3), -1).toBooleans())
                        .replace(" ", ""));
        assertEquals(Shape.of(1, 0), Partitions.sequenceMask(Tensor.ofInts(0), -1).shape());
    }

    @Test
    void numbersOutsideCountInTheOutermostBins() {
        var values = Tensor.ofFloats(-1, 0, 1.5f, 2, 5, 15);
        var range = Tensor.ofFloats(0, 5);
        assertArrayEquals(
                new int[] {2, 1, 1, 0, 2},
                Histograms.fixedWidth(values, range, 5, DType.INT32).toInts());
        assertArrayEquals(
                new int[] {0, 0, 1, 2, 4, 4}, Histograms.fixedWidthBins(values, range, 5).toInts());
        assertThrows(
                TensorException.class,
                () -> Histograms.fixedWidth(values, Tensor.ofFloats(1, 1), 5, DType.INT32));
    }

    @Test
    void longVectorsAreShortened() {
        var x = Tensor.ofFloats(3, 4);
        assertArrayEquals(new float[] {0.6f, 0.8f}, Norms.clipByNorm(x, 1).toFloats(), 1e-6f);
        assertArrayEquals(new float[] {3, 4}, Norms.clipByNorm(x, 6).toFloats(), 1e-6f);
        assertEquals(5, Norms.globalNorm(List.of(x.get("0"), x.get("1"))).floatValue());
        assertThrows(TensorException.class, () -> Norms.clipByNorm(Tensor.ofInts(1), 1));
    }

    @Test
    void shiftsStayWithinTheWidth() {
        var x = Tensor.ofInts(5, 1, -8);
        assertArrayEquals(
                new int[] {1 << 31, 1, -32},
                Elements.shiftLeft(x, Tensor.ofInts(40, -1, 2)).toInts());
        assertArrayEquals(
                new int[] {0, 1, -2}, Elements.shiftRight(x, Tensor.ofInts(40, -1, 2)).toInts());
        var bytes = Tensor.ofInts(5, 255).cast(DType.UINT8);
        assertArrayEquals(
                new int[] {128, 128},
                Elements.shiftLeft(bytes, Tensor.ofInts(13, 7).cast(DType.UINT8)).toInts());
    }

    @Test
    void variablesCountAndReadRows() {
        var counter = new Variable(Tensor.of(0), "counter");
        assertEquals(0, counter.countUpTo(2).intValue());
        assertEquals(1, counter.countUpTo(2).intValue());
        var error = assertThrows(TensorException.class, () -> counter.countUpTo(2));
        assertEquals("countUpTo: 'counter' has reached 2", error.problem());

        var table = new Variable(Movements.reshape(Movements.iota(6, DType.FLOAT32), 3, 2));
        assertArrayEquals(
                new float[] {4, 5, 0, 1}, table.sparseRead(Tensor.ofInts(2, 0)).toFloats());
        table.scatterSub(Tensor.ofInts(1, 1), Tensor.of(new float[][] {{1, 1}, {1, 2}}));
        assertArrayEquals(new float[] {0, 1, 0, 0, 4, 5}, table.value().toFloats());
        assertEquals(5, table.gatherNd(Tensor.ofInts(2, 1)).floatValue());
    }
}
