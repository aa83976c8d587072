package sungu.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

class EditDistanceTest {
    private static SparseTensor letters(String... words) {
        int n = 0;
        int longest = 0;
        for (var word : words) {
            n += word.length();
            longest = Math.max(longest, word.length());
        }
        var indices = new long[n][];
        var values = new String[n];
        int at = 0;
        for (int row = 0; row < words.length; row++) {
            for (int i = 0; i < words[row].length(); i++) {
                indices[at] = new long[] {row, i};
                values[at++] = words[row].substring(i, i + 1);
            }
        }
        return SparseTensor.of(
                Tensor.of(indices), Tensor.of(values), new long[] {words.length, longest});
    }

    @Test
    void countsTheEdits() {
        var distances =
                EditDistance.between(letters("kitten", "ab"), letters("sitting", "ba"), false);
        assertArrayEquals(new float[] {3, 2}, distances.toFloats());
    }

    @Test
    void dividesByTheLengthOfTheTruth() {
        var distances =
                EditDistance.between(letters("ab", "", "x"), letters("abcd", "ab", ""), true);
        assertArrayEquals(new float[] {0.5f, 1, Float.POSITIVE_INFINITY}, distances.toFloats());
    }

    @Test
    void sequencesMustBeOfOneDtype() {
        var numbers =
                SparseTensor.of(
                        Tensor.of(new long[][] {{0, 0}}), Tensor.ofInts(1), new long[] {1, 1});
        assertThrows(
                TensorException.class, () -> EditDistance.between(letters("a"), numbers, true));
    }
}
