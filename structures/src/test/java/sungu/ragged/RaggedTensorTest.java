package sungu.ragged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

class RaggedTensorTest {
    private static final Tensor VALUES = Tensor.ofInts(3, 1, 4, 1, 5, 9);
    private static final List<List<Integer>> ROWS =
            List.of(List.of(3, 1, 4), List.of(), List.of(1), List.of(5, 9));

    private static Tensor longs(long... numbers) {
        return Tensor.of(numbers);
    }

    @Test
    void every_factory_makes_the_same_rows() {
        for (var made :
                List.of(
                        RaggedTensor.fromRowSplits(VALUES, longs(0, 3, 3, 4, 6)),
                        RaggedTensor.fromRowLengths(VALUES, longs(3, 0, 1, 2)),
                        RaggedTensor.fromRowStarts(VALUES, longs(0, 3, 3, 4)),
                        RaggedTensor.fromRowLimits(VALUES, longs(3, 3, 4, 6)),
                        RaggedTensor.fromRowIds(VALUES, longs(0, 0, 0, 2, 3, 3), null),
                        RaggedTensor.ofLists(ROWS),
                        RaggedTensor.fromTensor(
                                RaggedTensor.ofLists(ROWS).toTensor(), longs(3, 0, 1, 2), 1),
                        RaggedTensor.fromPadded(
                                RaggedTensor.ofLists(ROWS).toTensor(Tensor.of(-1)),
                                Tensor.of(-1),
                                1),
                        RaggedTensor.fromSparse(RaggedTensor.ofLists(ROWS).toSparse()))) {
            assertEquals(ROWS, made.toList());
            assertEquals("[4,?]", made.shape().toString());
        }
    }

    @Test
    void uniform_rows_have_a_known_length() {
        var pairs = RaggedTensor.fromUniformRowLength(VALUES, 2, null);
        assertEquals(Shape.of(3, 2), pairs.shape());
        assertEquals(List.of(List.of(3, 1), List.of(4, 1), List.of(5, 9)), pairs.toList());
        var nothing = RaggedTensor.fromUniformRowLength(Tensor.ofInts(), 0, 3);
        assertEquals(Shape.of(3, 0), nothing.shape());
    }

    @Test
    void nested_rows() {
        var nested =
                RaggedTensor.fromNestedRowSplits(
                        VALUES, List.of(longs(0, 2, 2, 4), longs(0, 2, 3, 3, 6)));
        assertEquals(2, nested.raggedRank());
        assertEquals(
                List.of(
                        List.of(List.of(3, 1), List.of(4)),
                        List.of(),
                        List.of(List.of(), List.of(1, 5, 9))),
                nested.toList());
        assertEquals("[3,2,3]", nested.boundingShape().toString());
        assertEquals(
                nested.toList(),
                RaggedTensor.fromNestedRowLengths(
                                VALUES, List.of(longs(2, 0, 2), longs(2, 1, 0, 3)))
                        .toList());
    }

    @Test
    void to_a_dense_tensor_and_a_sparse_one() {
        var rows = RaggedTensor.ofLists(ROWS);
        assertEquals(
                "[3, 1, 4, 0, 0, 0, 1, 0, 0, 5, 9, 0]",
                java.util.Arrays.toString(rows.toTensor().toInts()));
        assertEquals(
                "[3, 1, 7, 7, 1, 7]",
                java.util.Arrays.toString(rows.toTensor(Tensor.of(7), Shape.of(3, 2)).toInts()));
        SparseTensor sparse = rows.toSparse();
        assertEquals("[4, 3]", java.util.Arrays.toString(sparse.denseShape()));
    }

    @Test
    void prints_as_tensorflow_does() {
        assertEquals(
                "<tf.RaggedTensor [[3, 1, 4], [], [1], [5, 9]]>",
                RaggedTensor.ofLists(ROWS).toString());
        assertEquals(
                "<tf.RaggedTensor [[1.0, 1e+10, 1e-07], [nan]]>",
                RaggedTensor.ofLists(List.of(List.of(1f, 1e10f, 1e-7f), List.of(Float.NaN)))
                        .toString());
        assertEquals(
                "<tf.RaggedTensor [[b\"a'b\", b'\\xc3\\xa9\\n'], []]>",
                RaggedTensor.ofLists(List.of(List.of("a'b", "\u00e9\n"), List.of())).toString());
        assertEquals(
                "<tf.RaggedTensor [[True], [False, True]]>",
                RaggedTensor.ofLists(List.of(List.of(true), List.of(false, true))).toString());
        assertEquals(
                "<tf.RaggedTensor [[1, 2],\n [3, 4]]>",
                RaggedTensor.ofLists(List.of(List.of(1, 2), List.of(3, 4))).toString());
        assertEquals(
                """
                <tf.RaggedTensor [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                  21], []]>\
                """,
                RaggedTensor.fromRowLengths(sungu.ops.Movements.iota(22, DType.INT32), longs(22, 0))
                        .toString());
    }

    @Test
    void nested_rows_print_by_what_has_one_length() {
        assertEquals(
                "<tf.RaggedTensor [[[1, 2]], [[3], [4]]]>",
                RaggedTensor.ofLists(
                                List.of(List.of(List.of(1, 2)), List.of(List.of(3), List.of(4))))
                        .toString());
        assertEquals(
                "<tf.RaggedTensor [[[1, 2], [3]],\n [[3], [4, 5, 6]]]>",
                RaggedTensor.ofLists(
                                List.of(
                                        List.of(List.of(1, 2), List.of(3)),
                                        List.of(List.of(3), List.of(4, 5, 6))))
                        .toString());
    }

    @Test
    void what_does_not_fit_is_refused() {
        refused(
                "row splits: they end with 5, but there are 6 values\n"
                        + "  hint: the last split is the number of values",
                () -> RaggedTensor.fromRowSplits(VALUES, longs(0, 5)));
        refused(
                "row splits: splits[2] = 2 after 3\n"
                        + "  hint: row splits begin with 0 and never descend",
                () -> RaggedTensor.fromRowSplits(VALUES, longs(0, 3, 2, 6)));
        refused(
                "row splits: must be a vector of int64 or int32, got f32[2]\n"
                        + "  hint: cast them: splits.cast(DType.INT64)",
                () -> RaggedTensor.fromRowSplits(VALUES, Tensor.ofFloats(0, 6)));
        refused(
                "ragged: scalars stand at different depths",
                () -> RaggedTensor.ofLists(List.of(List.of(1), 2)));
        refused(
                "ragged: value 1 at [0, 2] leaves a gap in its row\n"
                    + "  hint: only sparse tensors whose rows are filled from the left are ragged"
                    + " ones",
                () ->
                        RaggedTensor.fromSparse(
                                SparseTensor.of(
                                        Tensor.of(new long[][] {{0, 0}, {0, 2}}),
                                        Tensor.ofInts(1, 2),
                                        1,
                                        3)));
        refused(
                "ragged: row splits of int64 and int32\n"
                        + "  hint: use withRowSplitsDtype to make them alike",
                () ->
                        RaggedElements.binary(
                                Tensor::plus,
                                RaggedTensor.ofLists(ROWS),
                                RaggedTensor.ofLists(ROWS).withRowSplitsDtype(DType.INT32)));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(TensorException.class, call).getMessage());
    }
}
