package sungu.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Random;

class SparseTest {
    private static final Tensor DENSE = Tensor.of(new float[][] {{0, 1.5f, 0}, {-2, 0, 3}});
    private static final SparseTensor SPARSE = Sparse.fromDense(DENSE);

    private static void same(Tensor expected, Tensor got) {
        assertEquals(expected.type(), got.type());
        assertArrayEquals(expected.toDoubles(), got.toDoubles(), 1e-5);
    }

    @Test
    void movements_are_those_of_the_dense_tensor() {
        same(DENSE, Sparse.toDense(SPARSE));
        same(DENSE.transpose(), Sparse.toDense(Sparse.transpose(SPARSE)));
        same(DENSE.reshape(3, 2), Sparse.toDense(Sparse.reshape(SPARSE, -1, 2)));
        same(
                DENSE.get(":, 1:"),
                Sparse.toDense(Sparse.slice(SPARSE, new long[] {0, 1}, new long[] {2, 2})));
        same(DENSE.reshape(2, 1, 3), Sparse.toDense(Sparse.expandDims(SPARSE, 1)));
        same(DENSE.sum(0), SparseMath.sum(SPARSE, false, 0));
        same(DENSE.plus(DENSE), Sparse.toDense(SparseMath.add(SPARSE, SPARSE)));
        same(DENSE.times(2), Sparse.toDense(SparseMath.times(SPARSE, Tensor.of(2f))));
        var parts = Sparse.split(SPARSE, 2, 1);
        same(DENSE.get(":, :2"), Sparse.toDense(parts.get(0)));
        same(DENSE, Sparse.toDense(Sparse.concat(parts, 1, false)));
    }

    /** Against the dense product, with the gradients of both sides. */
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void products_and_their_gradients_are_those_of_the_dense_matrix(
            boolean adjointX, boolean adjointY) {
        var random = new Random(7);
        var x = matrix(random, 17, 23, 0.2);
        var y = matrix(random, adjointX ? 17 : 23, 9, 1);
        y = adjointY ? y.transpose() : y;
        var sparse = Sparse.fromDense(x);
        var values = sparse.values();
        try (var tape = GradientTape.persistent()) {
            tape.watch(values);
            tape.watch(x);
            tape.watch(y);
            var got = SparseMath.matmul(sparse, y, adjointX, adjointY);
            var wanted = (adjointX ? x.transpose() : x).matmul(adjointY ? y.transpose() : y);
            same(wanted, got);
            var weights = matrix(random, got.shape().dim(0), 9, 1);
            var loss = got.times(weights).sum();
            var denseLoss = wanted.times(weights).sum();
            same(tape.gradient(denseLoss, y), tape.gradient(loss, y));
            same(
                    sungu.ops.Indexing.gatherNd(tape.gradient(denseLoss, x), sparse.indices()),
                    tape.gradient(loss, values));
        }
    }

    private static Tensor matrix(Random random, int rows, int columns, double density) {
        var values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < density ? random.nextGaussian() : 0;
        }
        return new HostTensor(DType.FLOAT64, Shape.of(rows, columns), values);
    }

    @Test
    void second_order_gradients_of_products() {
        var y = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        var values = Tensor.of(new double[] {1.5, -2, 3});
        try (var outer = new GradientTape()) {
            outer.watch(values);
            try (var inner = new GradientTape()) {
                inner.watch(values);
                var product = SparseMath.matmul(SPARSE.withValues(values), y);
                var slope = inner.gradient(product.square().sum(), values);
                // Row 0 is v0 y1 and row 1 is v1 y0 + v2 y2: the slopes are 2 y1.y1 v0 and so on.
                var curvature = outer.gradient(slope.square().sum(), values);
                double a = 25;
                double b = 5;
                double c = 17;
                double d = 61;
                double s1 = 2 * (b * -2 + c * 3);
                double s2 = 2 * (c * -2 + d * 3);
                assertArrayEquals(
                        new double[] {
                            2 * (2 * a * 1.5) * 2 * a,
                            2 * s1 * 2 * b + 2 * s2 * 2 * c,
                            2 * s1 * 2 * c + 2 * s2 * 2 * d
                        },
                        curvature.toDoubles(),
                        1e-9);
            }
        }
    }

    @Test
    void products_can_be_traced() {
        var step =
                TracedFunction.of(
                        "product",
                        inputs ->
                                new Tensor[] {
                                    SparseMath.matmul(SPARSE.withValues(inputs[0]), inputs[1])
                                });
        var y = Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
        same(DENSE.matmul(y), step.call(SPARSE.values(), y)[0]);
    }

    @Test
    void rows_without_values_are_filled() {
        var filled =
                Sparse.fillEmptyRows(
                        SparseTensor.of(Tensor.of(new long[][] {{2, 1}}), Tensor.ofInts(5), 3, 2),
                        Tensor.of(-1));
        assertArrayEquals(new int[] {-1, 0, -1, 0, 0, 5}, Sparse.toDense(filled.tensor()).toInts());
        assertArrayEquals(new boolean[] {true, true, false}, filled.emptyRows().toBooleans());
    }

    @Test
    void counts_by_row() {
        var numbers =
                SparseTensor.of(
                        Tensor.of(new long[][] {{0, 0}, {0, 1}, {2, 0}}),
                        Tensor.ofInts(4, 4, 1),
                        3,
                        2);
        var counts = SparseCounts.bincount(numbers, null, true, SparseCounts.Bins.ALL);
        assertArrayEquals(
                new int[][] {{0, 0, 0, 0, 2}, {0, 0, 0, 0, 0}, {0, 1, 0, 0, 0}},
                (int[][]) Sparse.toDense(counts).toArray());
    }

    @Test
    void what_does_not_fit_is_refused() {
        refused(
                "matmul: inner dimensions differ: sparse [2, 3] x f32[2,3] (3 != 2)",
                () -> SparseMath.matmul(SPARSE, DENSE));
        refused(
                "sparse: index 0 = [0, 5] is outside of [2, 3]",
                () ->
                        Sparse.toDense(
                                SparseTensor.of(
                                        Tensor.of(new long[][] {{0, 5}}), Tensor.ofInts(1), 2, 3)));
        refused(
                "sparse: index 1 is repeated\n"
                        + "  hint: sort them with Sparse.reorder; equal ones are not allowed here",
                () ->
                        Sparse.toDense(
                                SparseTensor.of(
                                        Tensor.of(new long[][] {{0, 0}, {0, 0}}),
                                        Tensor.ofInts(1, 2),
                                        2,
                                        3)));
        refused(
                "concat: [2, 3] and [3, 2] differ in another dimension than 0\n"
                        + "  hint: allow it by expand",
                () -> Sparse.concat(List.of(SPARSE, Sparse.transpose(SPARSE)), 0, false));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(TensorException.class, call).getMessage());
    }
}
