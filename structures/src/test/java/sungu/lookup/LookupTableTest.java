package sungu.lookup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sungu.ragged.RaggedTensor;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

class LookupTableTest {
    private static final Tensor WORDS = Tensor.of(new String[] {"a", "b", "c"});

    @Test
    void aStaticTableKnowsItsKeys() {
        var table = new StaticHashTable(KeyValues.of(WORDS, Tensor.ofInts(1, 2, 3)), Tensor.of(-1));
        assertArrayEquals(
                new int[] {2, -1}, table.lookup(Tensor.of(new String[] {"b", "z"})).toInts());
        var rows = RaggedTensor.fromRowSplits(WORDS, Tensor.of(new long[] {0, 0, 3}));
        assertArrayEquals(new int[] {1, 2, 3}, table.lookup(rows).flatValues().toInts());
        assertEquals(List.of("a", "b", "c"), table.export().keys().toStrings());
        assertThrows(TensorException.class, () -> table.lookup(Tensor.of(1)));
    }

    @Test
    void aKeyHasOneValue() {
        var twice = Tensor.of(new String[] {"a", "a"});
        var same = KeyValues.of(twice, Tensor.ofInts(1, 1));
        assertEquals(1, new StaticHashTable(same, Tensor.of(0)).size());
        var different = KeyValues.of(twice, Tensor.ofInts(1, 2));
        assertThrows(TensorException.class, () -> new StaticHashTable(different, Tensor.of(0)));
    }

    /** Buckets are TensorFlow's, for words and for numbers. */
    @Test
    void unknownWordsFallIntoBuckets() {
        var words =
                new StaticVocabularyTable(KeyValues.of(WORDS, Tensor.of(new long[] {0, 1, 2})), 10);
        assertEquals(13, words.size());
        assertArrayEquals(
                new long[] {1, 10, 0, 6, 12, 6, 5},
                words.lookup(Tensor.of(new String[] {"b", "z", "a", "", "w", "日本", "oov"}))
                        .toLongs());
        var numbers =
                new StaticVocabularyTable(
                        KeyValues.of(Tensor.of(new long[] {3, 4}), Tensor.of(new long[] {0, 1})),
                        10,
                        DType.INT32);
        assertArrayEquals(
                new long[] {1, 7, 7, 8, 10},
                numbers.lookup(Tensor.ofInts(4, 9, 100, -5, 7)).toLongs());
    }

    @Test
    void aMutableTableChanges() {
        var table = new MutableHashTable(DType.INT64, Tensor.ofFloats(0, 0));
        table.insert(Tensor.of(new long[] {5, 6}), Tensor.of(new float[][] {{1, 2}, {3, 4}}));
        table.insert(Tensor.of(new long[] {5}), Tensor.of(new float[][] {{7, 8}}));
        var keys = Tensor.of(new long[] {6, 5, 9});
        assertArrayEquals(new float[] {3, 4, 7, 8, 0, 0}, table.lookup(keys).toFloats());
        assertArrayEquals(
                new float[] {3, 4, 7, 8, 9, 9},
                table.lookup(keys, Tensor.ofFloats(9, 9)).toFloats());
        table.remove(Tensor.of(new long[] {6, 1}));
        assertEquals(1, table.size());
        assertThrows(
                TensorException.class,
                () -> table.insert(Tensor.of(new long[] {1}), Tensor.ofFloats(1, 2)));
    }

    @Test
    void aDenseTableTakesVectorsAsKeys() {
        var table = new DenseHashTable(Tensor.of(-1), Tensor.ofInts(0, 0), Tensor.ofInts(-1, -1));
        var keys = Tensor.of(new int[][] {{1, 2}, {2, 1}});
        table.insert(keys, Tensor.ofInts(12, 21));
        assertArrayEquals(
                new int[] {21, -1}, table.lookup(Tensor.of(new int[][] {{2, 1}, {3, 3}})).toInts());
        assertArrayEquals(new int[] {1, 2, 2, 1}, table.export().keys().toInts());
        assertThrows(TensorException.class, () -> table.lookup(Tensor.ofInts(0, 0)));
        assertThrows(
                TensorException.class,
                () -> new DenseHashTable(Tensor.of(0), Tensor.of(1), Tensor.of(1)));
    }

    @Test
    void tablesStartFromTextFiles(@TempDir Path folder) throws IOException {
        var file = folder.resolve("words.txt");
        Files.writeString(file, "emerson 10\nlake 20\r\npalmer 30");
        var numbers = KeyValues.ofTextFile(file, DType.STRING, 0, DType.INT64, 1, " ");
        var table = new StaticHashTable(numbers, Tensor.of(-1L));
        assertArrayEquals(
                new long[] {20, -1},
                table.lookup(Tensor.of(new String[] {"lake", "jones"})).toLongs());
        var vocabulary = new StaticVocabularyTable(KeyValues.vocabulary(file), 1);
        assertArrayEquals(
                new long[] {2, 3},
                vocabulary.lookup(Tensor.of(new String[] {"palmer 30", "?"})).toLongs());
        assertThrows(
                TensorException.class,
                () -> KeyValues.ofTextFile(file, DType.STRING, 0, DType.INT64, 2, " "));
    }

    @Test
    void threadsShareATable() throws Exception {
        var table = new MutableHashTable(DType.INT32, Tensor.of(0));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 8; t++) {
                int from = 500 * t;
                threads.execute(() -> {
                    for (int i = from; i < from + 500; i++) {
                        table.insert(Tensor.ofInts(i), Tensor.ofInts(i));
                    }
                });
            }
        }
        assertEquals(4000, table.size());
        assertEquals(3999, table.lookup(Tensor.of(3999)).intValue());
    }
}
