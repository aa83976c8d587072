package sungu.sets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.sparse.Sparse;
import sungu.sparse.SparseTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

class SetsTest {
    private static final Tensor A = Tensor.of(new int[][] {{1, 2, 2}, {9, 3, 9}});
    private static final Tensor B = Tensor.of(new int[][] {{2, 5}, {3, 9}});

    @Test
    void rows_of_dense_tensors_are_sets() {
        assertArrayEquals(
                new int[][] {{1, 2, 5}, {3, 9, 0}},
                (int[][]) Sparse.toDense(Sets.union(A, B)).toArray());
        assertArrayEquals(
                new int[][] {{2, 0}, {3, 9}},
                (int[][]) Sparse.toDense(Sets.intersection(A, B)).toArray());
        assertArrayEquals(
                new int[][] {{1}, {0}}, (int[][]) Sparse.toDense(Sets.difference(A, B)).toArray());
        assertArrayEquals(new int[] {2, 2}, Sets.size(Sets.ofRows(A)).toInts());
    }

    @Test
    void strings_are_sets_too() {
        var a = Tensor.of(new String[][] {{"b", "a"}});
        var b = Tensor.of(new String[][] {{"\u00e9", "b"}});
        assertEquals(List.of("a", "b", "\u00e9"), Sets.union(a, b).values().toStrings());
    }

    @Test
    void what_does_not_fit_is_refused() {
        var floats = Sets.ofRows(Tensor.of(new float[][] {{1}}));
        assertEquals(
                "sets: entries are integers or strings, not float32",
                assertThrows(TensorException.class, () -> Sets.union(floats, floats)).getMessage());
        var unsorted =
                SparseTensor.of(
                        Tensor.of(new long[][] {{1, 0}, {0, 0}}), Tensor.ofInts(5, 2), 3, 3);
        assertEquals(
                "sets: index 1 is out of order or repeated\n  hint: sort them with Sparse.reorder",
                assertThrows(TensorException.class, () -> Sets.size(unsorted)).getMessage());
        assertArrayEquals(new int[] {1, 1, 0}, Sets.size(Sparse.reorder(unsorted)).toInts());
    }
}
