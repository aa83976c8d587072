package sungu.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.ragged.RaggedTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

class CrossesTest {
    private static final RaggedTensor WORDS =
            RaggedTensor.ofLists(List.of(List.of("a"), List.of("b", "c"), List.of()));
    private static final RaggedTensor NUMBERS =
            Crosses.rows(Tensor.of(new long[][] {{7, 8}, {9, 9}, {1, 2}}));

    @Test
    void all_combinations_of_a_row_are_joined() {
        assertEquals(
                List.of(
                        List.of("a_X_7", "a_X_8"),
                        List.of("b_X_9", "b_X_9", "c_X_9", "c_X_9"),
                        List.of()),
                Crosses.join(List.of(WORDS, NUMBERS), Crosses.SEPARATOR).toList());
    }

    /** As {@code tf.ragged.cross_hashed} gives them. */
    @Test
    void hashes_are_those_of_tensorflow() {
        var others = RaggedTensor.ofLists(List.of(List.of("d"), List.of("e"), List.of("f")));
        assertArrayEquals(
                new long[] {1584069791037555375L, 4171697120956746554L, 1746051686049959641L},
                Crosses.hash(List.of(WORDS, others), 0, Crosses.HASH_KEY).flatValues().toLongs());
        assertArrayEquals(
                new long[] {10, 23, 88},
                Crosses.hash(List.of(WORDS, others), 100, 7).flatValues().toLongs());
    }

    @Test
    void inputs_of_different_numbers_of_rows_are_refused() {
        var two = RaggedTensor.ofLists(List.of(List.of("d"), List.of("e")));
        assertEquals(
                "cross: inputs must be rows, all of the same number; got [[3,?], [2,?]]",
                assertThrows(TensorException.class, () -> Crosses.hash(List.of(WORDS, two), 5, 1))
                        .getMessage());
    }
}
