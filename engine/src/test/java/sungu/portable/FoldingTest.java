package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.Arrays;

/** What nests fold, in several blocks and chunks. */
class FoldingTest {
    private static float[] floats(Tensor tensor) {
        return (float[]) tensor.host().array();
    }

    /** Rows wider than a block, in numbers that chunks of blocks do not end with. */
    @ParameterizedTest
    @CsvSource({"11, 3000", "2, 40000", "70, 1025", "3, 40000"})
    void extremesOfWideRowsComeFromEveryChunk(int rows, int columns) {
        var x = Movements.broadcastTo(Tensor.of(1f), Shape.of(rows, columns));
        var expected = new float[columns];
        Arrays.fill(expected, -2);
        var function =
                TracedFunction.of(
                        "f",
                        in -> {
                            var twice = Elements.negate(in[0].plus(in[0]));
                            return new Tensor[] {
                                Reductions.max(twice, false, 0),
                                Reductions.min(Elements.negate(twice), false, 0)
                            };
                        });
        var found = function.call(x);
        assertArrayEquals(expected, floats(found[0]));
        Arrays.fill(expected, 2);
        assertArrayEquals(expected, floats(found[1]));
    }

    /** The last block of a row is narrower than the first of its chunk, never wider. */
    @ParameterizedTest
    @CsvSource({"60, 3000", "200, 1025", "1, 70000"})
    void sumsOfAllOfWideRows(int rows, int columns) {
        var x = Movements.broadcastTo(Tensor.of(1f), Shape.of(rows, columns));
        var bias = Movements.broadcastTo(Tensor.of(2f), Shape.of(columns));
        var function =
                TracedFunction.of(
                        "f",
                        in -> {
                            var row = Movements.broadcastTo(in[1], in[0].shape());
                            return new Tensor[] {in[0].plus(row).sum()};
                        });
        assertEquals(3.0 * rows * columns, function.call(x, bias)[0].doubleValue());
    }
}
