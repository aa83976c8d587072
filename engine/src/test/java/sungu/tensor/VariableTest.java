package sungu.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import sungu.primitive.Scatter.Combine;
import sungu.trace.TracedFunction;

import java.util.function.Consumer;
import java.util.stream.Stream;

class VariableTest {
    private static Variable variable() {
        return new Variable(Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}), "v");
    }

    record Change(String name, Consumer<Variable> change, float... after) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Arguments change(String name, Consumer<Variable> change, float... after) {
        return Arguments.of(new Change(name, change, after));
    }

    static Stream<Arguments> changes() {
        var rows = Tensor.of(new float[][] {{10, 20}, {30, 40}});
        return Stream.of(
                change("assign", v -> v.assign(v.value().times(2)), 2, 4, 6, 8, 10, 12),
                change("assignAdd", v -> v.assignAdd(v), 2, 4, 6, 8, 10, 12),
                change("assignAdd number", v -> v.assignAdd(1), 2, 3, 4, 5, 6, 7),
                change(
                        "assignSub",
                        v -> v.assignSub(Tensor.ones(Shape.of(3, 2), DType.FLOAT32)),
                        0,
                        1,
                        2,
                        3,
                        4,
                        5),
                change("assignSub number", v -> v.assignSub(1), 0, 1, 2, 3, 4, 5),
                change("a row", v -> v.assignAt("1", Tensor.ofFloats(8, 9)), 1, 2, 8, 9, 5, 6),
                change(
                        "a column backwards",
                        v -> v.assignAt("::-2, 1", Tensor.ofFloats(8, 9)),
                        1,
                        9,
                        3,
                        4,
                        5,
                        8),
                change("nothing", v -> v.assignAt("5:9", Tensor.of(0f)), 1, 2, 3, 4, 5, 6),
                change(
                        "scatterUpdate",
                        v -> v.scatterUpdate(Tensor.ofInts(2, 0), rows),
                        30,
                        40,
                        3,
                        4,
                        10,
                        20),
                change(
                        "scatterUpdate by a scalar",
                        v -> v.scatterUpdate(Tensor.ofInts(1), Tensor.of(7f)),
                        1,
                        2,
                        7,
                        7,
                        5,
                        6),
                change(
                        "scatter add twice",
                        v -> v.scatter(Combine.ADD, Tensor.ofInts(1, 1), rows),
                        1,
                        2,
                        43,
                        64,
                        5,
                        6),
                change(
                        "scatter max",
                        v ->
                                v.scatter(
                                        Combine.MAX,
                                        Tensor.ofInts(0, 2),
                                        Tensor.of(new float[][] {{0, 9}, {9, 0}})),
                        1,
                        9,
                        3,
                        4,
                        9,
                        6),
                change(
                        "scatterNdUpdate",
                        v ->
                                v.scatterNdUpdate(
                                        Tensor.of(new int[][] {{0, 1}, {2, 0}}),
                                        Tensor.ofFloats(8, 9)),
                        1,
                        8,
                        3,
                        4,
                        9,
                        6),
                change(
                        "scatterNd add",
                        v ->
                                v.scatterNd(
                                        Combine.ADD,
                                        Tensor.of(new int[][] {{1, 1}, {1, 1}}),
                                        Tensor.ofFloats(5, 6)),
                        1,
                        2,
                        3,
                        15,
                        5,
                        6),
                change(
                        "batchScatterUpdate",
                        v ->
                                v.batchScatterUpdate(
                                        Tensor.of(new int[][] {{1}, {0}, {1}}),
                                        Tensor.of(new float[][] {{7}, {8}, {9}})),
                        1,
                        7,
                        8,
                        4,
                        5,
                        9));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesTheVariableAndNoValueReadEarlier(Change change) {
        var v = variable();
        var before = v.value();
        change.change().accept(v);
        assertArrayEquals(change.after(), v.toFloats());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, before.toFloats());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesTheVariableAtTheEndOfATracedFunction(Change change) {
        var v = variable();
        var function =
                TracedFunction.of(
                        "change",
                        in -> {
                            var before = v.value();
                            change.change().accept(v);
                            return new Tensor[] {before, v.value()};
                        });
        for (int run = 0; run < 2; run++) {
            v.assign(variable());
            var held = v.value();
            var results = function.call();
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, results[0].toFloats());
            assertArrayEquals(change.after(), results[1].toFloats());
            assertArrayEquals(change.after(), v.toFloats());
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, held.toFloats());
        }
        assertEquals(1, function.traces());
    }

    private static void unchanged(String message, Consumer<Variable> change) {
        var v = variable();
        var stored = v.stored();
        assertEquals(
                message, assertThrows(TensorException.class, () -> change.accept(v)).getMessage());
        assertSame(stored, v.stored());
        var function =
                TracedFunction.of(
                        "change",
                        in -> {
                            v.assignAdd(1);
                            change.accept(v);
                            return new Tensor[0];
                        });
        assertThrows(TensorException.class, function::call);
        assertSame(stored, v.stored());
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        unchanged(
                "assign: variable 'v' is f32[3,2], got f32[2]\n"
                        + "  hint: shape and dtype of a variable are fixed",
                v -> v.assign(Tensor.ofFloats(1, 2)));
        unchanged(
                "assignAdd: variable 'v' is f32[3,2], got f32[2]\n"
                        + "  hint: shape and dtype of a variable are fixed",
                v -> v.assignAdd(Tensor.ofFloats(1, 2)));
        unchanged(
                "assign: variable 'v' is f32[3,2], got f64[3,2]\n"
                        + "  hint: cast it: value.cast(DType.FLOAT32)",
                v -> v.assign(Tensor.zeros(Shape.of(3, 2), DType.FLOAT64)));
        unchanged(
                "update: f32[3] does not stretch to the part of shape [2] of f32[3,2]",
                v -> v.assignAt("0", Tensor.ofFloats(1, 2, 3)));
        unchanged(
                "scatter: indices[1] = 5 is not in [0, 3)\n"
                        + "  hint: negative indices do not count from the end here",
                v ->
                        v.scatter(
                                Combine.ADD,
                                Tensor.ofInts(0, 5),
                                Tensor.ones(Shape.of(2, 2), DType.FLOAT32)));
        unchanged(
                "scatter: indices i32[2,1] name slices of shape [2,2] in f32[3,2], the updates are"
                    + " f32[1,2]\n"
                    + "  hint: updates need the dimensions of the indices, then those of a slice",
                v ->
                        v.scatterUpdate(
                                Tensor.ofInts(0, 1), Tensor.ones(Shape.of(1, 2), DType.FLOAT32)));
    }

    @Test
    void worksAsATensor() {
        var v = variable();
        assertArrayEquals(new float[] {3, 4}, v.get(1).toFloats());
        assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, v.times(2).toFloats());
        assertArrayEquals(
                new float[] {5, 6, 1, 2},
                sungu.ops.Indexing.gather(v, Tensor.ofInts(2, 0), 0).toFloats());
    }
}
