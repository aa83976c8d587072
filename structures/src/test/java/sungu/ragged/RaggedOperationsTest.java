package sungu.ragged;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class RaggedOperationsTest {
    private static final RaggedTensor ROWS =
            RaggedTensor.ofLists(List.of(List.of(3, 1, 4), List.of(), List.of(1), List.of(5, 9)));

    /** What TensorFlow gives for the same index. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1:          | [[], [1], [5, 9]]
                    ::-1        | [[5, 9], [1], [], [3, 1, 4]]
                    :, :1       | [[3], [], [1], [5]]
                    :, ::-1     | [[4, 1, 3], [], [1], [9, 5]]
                    :, -2:      | [[1, 4], [], [1], [5, 9]]
                    newaxis, 2: | [[[1], [5, 9]]]
                    ..., newaxis| [[[3], [1], [4]], [], [[1]], [[5], [9]]]
                    9:          | []
                    """)
    void brackets(String index, String rows) {
        var lines = ROWS.get(index).toString().replaceAll("\n *", " ");
        assertEquals("<tf.RaggedTensor " + rows + ">", lines);
    }

    @Test
    void an_inner_ragged_dimension_has_no_positions() {
        var error = assertThrows(TensorException.class, () -> ROWS.get(":, 0"));
        assertEquals(
                "index 0 stands for a ragged dimension of [4,?]\n"
                    + "  hint: rows of different lengths have no common positions: use a slice, or"
                    + " toTensor",
                error.getMessage());
    }

    @Test
    void rows_are_joined_along_either_axis() {
        var other = RaggedTensor.ofLists(List.of(List.of(0), List.of(7, 8), List.of(), List.of(2)));
        assertEquals(
                "<tf.RaggedTensor [[3, 1, 4, 0], [7, 8], [1], [5, 9, 2]]>",
                RaggedShapes.concat(List.of(ROWS, other), 1).toString());
        assertEquals(
                "<tf.RaggedTensor [[3, 1, 4], [], [1], [5, 9], [0], [7, 8], [], [2]]>",
                RaggedShapes.concat(List.of(ROWS, other), 0).toString());
        assertEquals(
                List.of(
                        List.of(List.of(3, 1, 4), List.of(0)),
                        List.of(List.of(), List.of(7, 8)),
                        List.of(List.of(1), List.of()),
                        List.of(List.of(5, 9), List.of(2))),
                RaggedShapes.stack(List.of(ROWS, other), 1).toList());
    }

    @Test
    void dense_tensors_of_different_shapes_stack() {
        var stacked =
                RaggedShapes.stack(
                        List.of(
                                RaggedTensor.of(Tensor.of(new int[][] {{1, 2}})),
                                RaggedTensor.of(Tensor.of(new int[][] {{3}, {4}}))),
                        0);
        assertEquals(
                List.of(List.of(List.of(1, 2)), List.of(List.of(3), List.of(4))), stacked.toList());
    }

    @Test
    void a_dense_column_is_stretched_over_ragged_rows() {
        var column = RaggedTensor.of(Tensor.of(new int[][] {{10}, {20}, {30}, {40}}));
        assertEquals(
                "<tf.RaggedTensor [[13, 11, 14], [], [31], [45, 49]]>",
                ROWS.plus(column).toString());
        var matrix = RaggedTensor.of(Tensor.of(new int[4][3]));
        var error = assertThrows(TensorException.class, () -> ROWS.plus(matrix));
        assertEquals("ragged: [[4,?], [4,3]] do not fit along axis 1", error.problem());
    }

    @Test
    void masks_and_positions() {
        var mask = ROWS.map(x -> x.greater(Tensor.of(2)));
        assertEquals(
                "<tf.RaggedTensor [[3, 4], [], [], [5, 9]]>",
                RaggedIndexing.booleanMask(ROWS, mask).toString());
        assertArrayEquals(
                new long[][] {{0, 0}, {0, 2}, {3, 0}, {3, 1}},
                (long[][]) RaggedIndexing.where(mask).toArray());
        assertEquals(
                "<tf.RaggedTensor [[5, 9], [3, 1, 4]]>",
                RaggedIndexing.gather(ROWS, RaggedTensor.of(Tensor.ofInts(3, 0))).toString());
        assertEquals(
                "<tf.RaggedTensor [[4], [], [], [5]]>",
                RaggedIndexing.gather(
                                ROWS,
                                RaggedTensor.ofLists(
                                        List.of(List.of(2), List.of(), List.of(), List.of(0))),
                                1,
                                1)
                        .toString());
    }

    @Test
    void empty_rows_give_neutral_elements() {
        var floats = RaggedElements.cast(ROWS, DType.FLOAT32);
        assertArrayEquals(new int[] {8, 0, 1, 14}, ROWS.sum(1).flatValues().toInts());
        assertArrayEquals(
                new int[] {4, Integer.MIN_VALUE, 1, 9}, ROWS.max(1).flatValues().toInts());
        assertArrayEquals(
                new float[] {8 / 3f, Float.NaN, 1, 7}, floats.mean(1).flatValues().toFloats());
        assertArrayEquals(new int[] {9, 10, 4}, ROWS.sum(0).flatValues().toInts());
    }

    /** Random rows: the operations against plain loops over lists; the seed is in the name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void as_loops_over_lists(long seed) {
        var random = new Random(seed);
        var rows = new ArrayList<List<Integer>>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            var row = new ArrayList<Integer>();
            for (int k = random.nextInt(5); k > 0; k--) {
                row.add(random.nextInt(100));
            }
            rows.add(row);
        }
        var ragged = RaggedTensor.ofLists(rows, DType.INT32, 1);

        var sums = rows.stream().map(row -> row.stream().mapToInt(i -> i).sum()).toList();
        assertEquals(sums, RaggedTensor.of(ragged.sum(1).flatValues()).toList());

        var backwards = rows.stream().map(row -> row.reversed()).toList();
        assertEquals(backwards, RaggedShapes.reverse(ragged, 1).toList());
        assertEquals(rows.reversed(), RaggedShapes.reverse(ragged, 0).toList());

        var twice =
                rows.stream()
                        .map(row -> {
                            var both = new ArrayList<>(row);
                            both.addAll(row);
                            return (List<Integer>) both;
                        })
                        .toList();
        assertEquals(twice, RaggedShapes.tile(ragged, 1, 2).toList());
        assertEquals(twice, RaggedShapes.concat(List.of(ragged, ragged), 1).toList());

        var flat = rows.stream().flatMap(List::stream).toList();
        assertEquals(flat, RaggedShapes.mergeDims(ragged, 0, 1).toList());
        assertEquals(
                rows,
                RaggedTensor.fromTensor(ragged.toTensor(), ragged.rowPartition().lengths(), 1)
                        .toList());
        int longest = rows.stream().mapToInt(List::size).max().orElse(0);
        assertEquals(longest, ragged.boundingShape().dim(1));
        assertEquals(
                Collections.nCopies(2, rows).stream().flatMap(List::stream).toList(),
                RaggedShapes.tile(ragged, 2, 1).toList());
    }
}
