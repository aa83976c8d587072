package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.backend.Stage;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;

class RowsStepTest {
    private static final Tensor INDICES = Tensor.of(new int[] {2, 0, 4, 2}).reshape(4, 1);

    private static Tensor numbers(int... dims) {
        var shape = Shape.of(dims);
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * i % 37 + 0.5f;
        }
        return Tensor.of(values).reshape(dims);
    }

    private static void check(TracedFunction function, int steps, Tensor expected, Tensor... in) {
        assertArrayEquals(expected.host().toFloats(), function.call(in)[0].host().toFloats());
        var text = function.lower(in).text(Stage.FUSED);
        assertEquals(steps, text.lines().filter(line -> line.contains(" = ")).count(), text);
    }

    private static Tensor beside(Tensor[] in) {
        var lookup = Indexing.gatherNd(in[0], in[1]);
        var parts =
                List.of(
                        Movements.sliceAxis(in[2], 1, 2, 5),
                        lookup,
                        Movements.transpose(in[3]),
                        Movements.sliceAxis(in[2], 1, 6, 7));
        return Movements.concat(parts, 1);
    }

    @Test
    void readsSlicesAndLookupsWhereTheyLie() {
        var in = new Tensor[] {numbers(5, 9), INDICES, numbers(4, 7), numbers(2, 4)};
        var function = TracedFunction.of("beside", x -> new Tensor[] {beside(x)});
        // The transposed one alone has no rows to be read.
        check(function, 2, beside(in), in);
    }

    @Test
    void aLookupThatOthersReadIsComputed() {
        var in = new Tensor[] {numbers(5, 9), INDICES};
        var function =
                TracedFunction.of(
                        "both",
                        x -> {
                            var rows = Indexing.gatherNd(x[0], x[1]);
                            return new Tensor[] {Movements.concat(List.of(rows, rows), 1), rows};
                        });
        var rows = Indexing.gatherNd(in[0], in[1]);
        check(function, 2, Movements.concat(List.of(rows, rows), 1), in);
        assertArrayEquals(rows.host().toFloats(), function.call(in)[1].host().toFloats());
    }

    @Test
    void largeOnesGoInParts() {
        var in = new Tensor[] {numbers(4000, 9), numbers(4000, 7)};
        var function =
                TracedFunction.of(
                        "large", x -> new Tensor[] {Movements.concat(List.of(x[0], x[1]), 1)});
        check(function, 1, Movements.concat(List.of(in[0], in[1]), 1), in);
    }

    private static Tensor added(Tensor into, Tensor indices, Tensor rows) {
        return Scattering.tensorScatter(
                Combine.ADD, into, indices, Movements.sliceAxis(rows, 1, 2, 5));
    }

    @Test
    void addsRowsWhereTheyLieToZeros() {
        var in = new Tensor[] {INDICES, numbers(4, 7)};
        var function =
                TracedFunction.of(
                        "zeros",
                        x ->
                                new Tensor[] {
                                    added(Tensor.zeros(Shape.of(5, 3), DType.FLOAT32), x[0], x[1])
                                });
        check(function, 1, added(Tensor.zeros(Shape.of(5, 3), DType.FLOAT32), in[0], in[1]), in);
    }

    @Test
    void addsRowsToATensorThatStaysAsItIs() {
        var in = new Tensor[] {numbers(5, 3), INDICES, numbers(4, 7)};
        var function =
                TracedFunction.of("sums", x -> new Tensor[] {added(x[0], x[1], x[2]).plus(x[0])});
        check(function, 2, added(in[0], in[1], in[2]).plus(in[0]), in);
    }

    @Test
    void indicesOutsideAreAnError() {
        var in =
                new Tensor[] {
                    numbers(5, 9),
                    Tensor.of(new int[] {2, 0, 5, 2}).reshape(4, 1),
                    numbers(4, 7),
                    numbers(2, 4)
                };
        var function = TracedFunction.of("outside", x -> new Tensor[] {beside(x)});
        var error = assertThrows(TensorException.class, () -> function.call(in));
        assertEquals(
                assertThrows(TensorException.class, () -> beside(in)).getMessage(),
                error.getMessage());
    }
}
