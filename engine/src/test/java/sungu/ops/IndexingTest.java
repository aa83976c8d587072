package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;

class IndexingTest {
    private static final Tensor T = Movements.reshape(Movements.iota(24, DType.INT32), 2, 3, 4);

    /** Shapes and values as NumPy gives them for {@code numpy.arange(24).reshape(2, 3, 4)}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1, 2              | [4]       | 20 21 22 23
                    -1                | [3,4]     | 12 13 14 15 16 17 18 19 20 21 22 23
                    ..., -1           | [2,3]     | 3 7 11 15 19 23
                    ::-1, newaxis, 1:, ::2 | [2,1,2,2] | 16 18 20 22 4 6 8 10
                    :, -2:, 3:0:-2    | [2,2,2]   | 7 5 11 9 19 17 23 21
                    0, 0, 5:1:-3      | [1]       | 3
                    0, 0, -100:100:3  | [2]       | 0 3
                    0, 2:0            | [0,4]     |
                    5:9               | [0,3,4]   |
                    1, ..., 0, None   | [3,1]     | 12 16 20
                    1, 1, 1           | []        | 17
                    0, 0, ::-1        | [4]       | 3 2 1 0
                    0, 0, -2::-1      | [3]       | 2 1 0
                    0, 0, :-5:-1      | [4]       | 3 2 1 0
                    """)
    void bracketsSelectAsInNumPy(String index, String shape, String values) {
        var part = T.get(index);
        assertEquals(shape, part.shape().toString());
        assertEquals(values == null ? "" : values, text(part));
        assertEquals(
                text(part),
                text(TracedFunction.of("get", in -> new Tensor[] {in[0].get(index)}).call(T)[0]));
    }

    private static String text(Tensor t) {
        var out = new StringBuilder();
        for (int i : t.toInts()) {
            out.append(out.isEmpty() ? "" : " ").append(i);
        }
        return out.toString();
    }

    @Test
    void javaFormsOfAnIndex() {
        assertEquals("20 21 22 23", text(T.get(1, 2)));
        assertEquals("1 2", text(T.get(Slice.at(0), Slice.at(0), Slice.of(1, 3))));
        assertEquals("1 3", text(T.get(Slice.at(0), Slice.at(0), Slice.of(1, 4, 2))));
        assertEquals("3 2 1 0", text(T.get(Slice.at(0), Slice.at(0), Slice.by(-1))));
        assertEquals("2 3", text(T.get(Slice.at(0), Slice.at(0), Slice.from(2))));
        assertEquals("0 1", text(T.get(Slice.at(0), Slice.at(0), Slice.to(2))));
        assertEquals(Shape.of(1, 2, 3, 4), T.get(Slice.NEW_AXIS, Slice.ELLIPSIS).shape());
    }

    private static void fails(String message, Executable body) {
        assertEquals(message, assertThrows(TensorException.class, body).getMessage());
    }

    @Test
    void wrongIndicesSayWhatIsWrong() {
        fails(
                "index 2 is out of range for dimension 0 of shape [2,3,4]\n"
                        + "  hint: positions go from -2 to 1",
                () -> T.get(2));
        fails(
                "index -5 is out of range for dimension 2 of shape [2,3,4]\n"
                        + "  hint: positions go from -4 to 3",
                () -> T.get("..., -5"));
        fails("index [..., 1, ...] has more than one ellipsis", () -> T.get("..., 1, ..."));
        fails(
                "index [0, 0, 0, 0] names 4 dimensions, shape [2,3,4] has 3",
                () -> T.get(0, 0, 0, 0));
        fails("index [::0]: the step is 0", () -> T.get("::0"));
        fails(
                "index 'a': can't read 'a'\n"
                        + "  hint: write it as in Python: \"1, :, 2:-1, ..., newaxis, ::-1\"",
                () -> T.get("a"));
    }

    @Test
    void positionsOutsideSayWhichOne() {
        var x = Tensor.ofFloats(1, 2, 3);
        fails(
                "gather: indices[1, 0] = 3 is not in [0, 3)\n"
                        + "  hint: negative indices do not count from the end here",
                () -> Indexing.gather(x, Tensor.of(new int[][] {{0}, {3}}), 0));
        fails(
                "gather: indices[0] = [0, 5] does not index into [3,4]",
                () -> Indexing.gatherNd(T.get(0), Tensor.of(new int[][] {{0, 5}})));
        fails(
                "scatter: indices[0] = -1 is not in [0, 3)\n"
                        + "  hint: negative indices do not count from the end here",
                () ->
                        Scattering.scatterNd(
                                Tensor.of(new int[][] {{-1}}), Tensor.ofFloats(1), Shape.of(3)));
        fails(
                "gather: indices must be integers, got f32[3]\n"
                        + "  hint: cast them: indices.cast(DType.INT32)",
                () -> Indexing.gather(x, x, 0));
        fails(
                "dynamic_slice: start 2 of axis 0 is not in [0, 1]: a box [2] in a tensor of shape"
                        + " [3]",
                () -> Indexing.dynamicSlice(x, Tensor.ofInts(2), 2));
    }

    @Test
    void updateReplacesAPart() {
        var x = Movements.reshape(Movements.iota(6, DType.INT32), 2, 3);
        assertEquals("0 1 2 9 9 9", text(Indexing.update(x, Slice.parse("1"), Tensor.of(9))));
        assertEquals(
                "8 1 7 8 4 7",
                text(Indexing.update(x, Slice.parse(":, ::-2"), Tensor.ofInts(7, 8))));
        assertEquals("0 1 2 3 4 5", text(Indexing.update(x, Slice.parse("5:9"), Tensor.of(9))));
        fails(
                "update: i32[2] does not stretch to the part of shape [3] of i32[2,3]",
                () -> Indexing.update(x, Slice.parse("0"), Tensor.ofInts(1, 2)));
        fails(
                "update: a part of i32[2,3] can't be f32[]\n"
                        + "  hint: cast it: part.cast(DType.INT32)",
                () -> Indexing.update(x, Slice.parse("0"), Tensor.of(1f)));
    }

    @Test
    void allTypesMove() {
        var strings = Tensor.of(List.of("a", "b", "c"));
        assertEquals(
                List.of("c", "a"), Indexing.gather(strings, Tensor.ofInts(2, 0), 0).toStrings());
        assertEquals(List.of("c", "b", "a"), strings.get("::-1").toStrings());
        assertEquals(
                List.of("a", "x", "c"),
                Indexing.update(strings, Slice.parse("1"), Tensor.of("x")).toStrings());
        assertEquals(
                List.of("x", "b", "x"),
                Indexing.update(strings, Slice.parse("::2"), Tensor.of("x")).toStrings());
        assertEquals(
                List.of("b"),
                strings.get(Tensor.of(new boolean[] {false, true, false})).toStrings());
        assertEquals(
                List.of("", "ac"),
                Scattering.scatterNd(
                                Tensor.of(new int[][] {{1}, {1}}),
                                Tensor.of(List.of("a", "c")),
                                Shape.of(2))
                        .toStrings());
        var complex = new HostTensor(DType.COMPLEX64, Shape.of(3), new float[] {1, 2, 3, 4, 5, 6});
        assertEquals("[5.+6.j 1.+2.j]", values(Indexing.gather(complex, Tensor.ofInts(2, 0), 0)));
        assertEquals("[5.+6.j 3.+4.j 1.+2.j]", values(complex.get("::-1")));
        var half = Tensor.ofFloats(0.5f, 1.5f, -2).cast(DType.FLOAT16);
        assertEquals("[-2.   1.5  0.5]", values(half.get("::-1")));
        assertEquals(
                "[ 0.5  1.5 -1. ]",
                values(
                        Scattering.tensorScatter(
                                sungu.primitive.Scatter.Combine.ADD,
                                half,
                                Tensor.of(new int[][] {{2}}),
                                Tensor.ofFloats(1).cast(DType.FLOAT16))));
    }

    private static String values(Tensor t) {
        var text = t.toString();
        return text.substring(
                text.indexOf('['), text.lastIndexOf(']', text.lastIndexOf("shape")) + 1);
    }

    @Test
    void gatherPutsTheIndicesInPlaceOfTheAxis() {
        var indices = Tensor.of(new int[][] {{1, 0}, {2, 2}});
        assertEquals(Shape.of(2, 2, 2, 4), Indexing.gather(T, indices, 1).shape());
        var rows = Indexing.gather(T, indices, 1, 1);
        assertEquals("4 5 6 7 0 1 2 3 20 21 22 23 20 21 22 23", text(rows));
        assertEquals(
                "12 13 14 15 8 9 10 11",
                text(Indexing.gatherNd(T, Tensor.of(new long[][] {{1, 0}, {0, 2}}))));
        assertEquals(
                "4 17",
                text(
                        Indexing.takeAlongAxis(
                                        T.get(":, :, 0"), Tensor.of(new int[][] {{1}, {1}}), 1)
                                .plus(Tensor.of(new int[][] {{0}, {1}}))));
    }

    @Test
    void conditionsFindPositions() {
        var mask = Tensor.of(new boolean[][] {{true, false}, {true, true}});
        assertEquals("0 0 1 0 1 1", text(Indexing.where(mask)));
        assertEquals("0 0 1 0 1 1 -1 -1", text(Indexing.where(mask, 4)));
        assertArrayEquals(
                new float[] {1, 3, 4},
                Tensor.of(new float[][] {{1, 2}, {3, 4}}).get(mask).toFloats());
        fails(
                "booleanMask: mask bool[3] does not fit to f32[2] from axis 0 on",
                () -> Tensor.ofFloats(1, 2).get(Tensor.of(new boolean[] {true, true, false})));
        var traced =
                assertThrows(
                        TensorException.class,
                        () ->
                                TracedFunction.of(
                                                "where", in -> new Tensor[] {Indexing.where(in[0])})
                                        .call(mask));
        assertEquals(
                "nonzero: the shape of the result depends on values, so it can't be traced",
                traced.problem());
    }

    @Test
    void oneHotIsZeroOutside() {
        assertArrayEquals(
                new float[] {1, 0, 0, 0, 0, 0, 0, 0, 1},
                Indexing.oneHot(Tensor.ofInts(0, -1, 2), 3, -1, DType.FLOAT32).toFloats());
        assertEquals(
                "1 0 0 0 0 1",
                text(Indexing.oneHot(Tensor.ofInts(0, 2), 3, 0, DType.INT32).transpose()));
        assertEquals(
                "5 7 7 5",
                text(Indexing.oneHot(Tensor.ofInts(0, 1), 2, 1, Tensor.of(5), Tensor.of(7))));
    }

    @Test
    void dynamicSlicesFollowTensors() {
        var x = Movements.iota(5, DType.INT32);
        assertEquals("2 3", text(Indexing.dynamicSlice(x, Tensor.ofInts(2), 2)));
        assertEquals("3 4", text(Indexing.dynamicSlice(x, Tensor.ofInts(9), new int[] {2}, true)));
        assertEquals(
                "0 1 2 8 9",
                text(Indexing.dynamicUpdateSlice(x, Tensor.ofInts(9), Tensor.ofInts(8, 9))));
    }
}
