package sungu.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.ragged.RaggedTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.time.Duration;
import java.util.List;

/** Expected values are TensorFlow's. */
class StringsTest {
    private static Tensor vector(String... strings) {
        return Tensor.of(strings);
    }

    @Test
    void stringsAreBytes() {
        var cafe = Tensor.of("café");
        assertArrayEquals(
                new byte[] {0x63, 0x61, 0x66, (byte) 0xc3, (byte) 0xa9},
                Strings.bytes(cafe).get(0));
        assertEquals(5, Strings.length(cafe, Unit.BYTE).intValue());
        assertEquals(4, Strings.length(cafe, Unit.UTF8_CHAR).intValue());
        assertArrayEquals(
                new int[] {99, 97, 102, 233},
                Unicode.decode(cafe, "UTF-8", Errors.STRICT).flatValues().toInts());
        var raw = Strings.of(Shape.of(1), new byte[] {(byte) 0xff, 0});
        assertEquals(2, Strings.length(raw, Unit.BYTE).get(0).intValue());
    }

    @Test
    void lettersChangeTheirCase() {
        var x = vector("Straße Éa", "İ ΑΣ");
        assertEquals(List.of("STRAßE ÉA", "İ ΑΣ"), Strings.upper(x).toStrings());
        assertEquals(List.of("STRASSE ÉA", "İ ΑΣ"), Strings.upperUtf8(x).toStrings());
        assertEquals(List.of("straße éa", "i̇ ας"), Strings.lowerUtf8(x).toStrings());
        assertEquals("a b", Strings.strip(Tensor.of(" \ta b\n")).stringValue());
    }

    @Test
    void partsAreCutByBytesOrCharacters() {
        var x = vector("日本語", "abcd");
        assertEquals(List.of("本語", "cd"), Strings.substr(x, -2, 9, Unit.UTF8_CHAR).toStrings());
        assertEquals("bc", Strings.substr(x, 1, 2, Unit.BYTE).get(1).stringValue());
        var each =
                Strings.substr(
                        Tensor.of("abcdef"), Tensor.ofInts(0, 1), Tensor.ofInts(1, 2), Unit.BYTE);
        assertEquals(List.of("a", "bc"), each.toStrings());
        var error =
                assertThrows(TensorException.class, () -> Strings.substr(x, 4, 1, Unit.UTF8_CHAR));
        assertEquals(
                "substr: position 4 lies outside a string of length 3: '日本語'", error.problem());
    }

    @Test
    void stringsAreJoined() {
        assertEquals(
                List.of("a-x", "b-y"),
                Strings.join(List.of(vector("a", "b"), Tensor.of("-"), vector("x", "y")), "")
                        .toStrings());
        assertThrows(
                TensorException.class,
                () -> Strings.join(List.of(vector("a"), vector("x", "y")), ""));
        var square = Tensor.of(new String[][] {{"a", "b"}, {"c", "d"}});
        assertEquals("abcd", Strings.reduceJoin(square, "", false).stringValue());
        assertEquals("a.c.b.d", Strings.reduceJoin(square, ".", false, 0, 1).stringValue());
        assertEquals(List.of("ab", "cd"), Strings.reduceJoin(square, "", true, 1).toStrings());
        assertEquals(
                List.of("b", "", "a:c"),
                Strings.unsortedSegmentJoin(vector("a", "b", "c"), Tensor.ofInts(2, 0, 2), 3, ":")
                        .toStrings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    -1.5      | f | -1 | -1 | ''  | -1.500000
                    123456.79 | g | -1 | -1 | ''  | 123457
                    0.0000001 | g | -1 | 8  | '0' | 0001e-07
                    1234.5    | e | 2  | 12 | ''  |     1.23e+03
                    3.25      | f | 1  | 7  | '+' |    +3.2
                    2.5       | f | 0  | -1 | ''  | 2
                    100       | g | -1 | -1 | '#' | 100.000
                    """)
    void numbersAreWrittenAsByPrintf(
            double x, char form, int precision, int width, String fill, String text) {
        var format =
                NumberStyle.PLAIN
                        .scientific(form == 'e')
                        .shortest(form == 'g')
                        .precision(precision)
                        .width(width)
                        .fill(fill.isEmpty() ? NumberStyle.NO_FLAG : fill.charAt(0));
        assertEquals(text, Strings.asString(Tensor.of(x), format).stringValue().strip());
        int least = Math.max(width, 0);
        assertEquals(true, Strings.asString(Tensor.of(x), format).stringValue().length() >= least);
    }

    @Test
    void numbersAreRead() {
        var x = vector("  7 ", "+4", "-1e3", "0x1p3", "-INF", ".5");
        assertArrayEquals(
                new float[] {7, 4, -1000, 8, Float.NEGATIVE_INFINITY, 0.5f},
                Strings.toNumber(x, DType.FLOAT32).toFloats());
        for (var wrong : List.of("", "1_000", "1f", "--1", "٣", "1 2")) {
            for (var dtype : List.of(DType.FLOAT64, DType.INT64)) {
                assertThrows(
                        TensorException.class, () -> Strings.toNumber(Tensor.of(wrong), dtype));
            }
        }
        assertThrows(
                TensorException.class,
                () -> Strings.toNumber(Tensor.of("2147483648"), DType.INT32));
    }

    @Test
    void tensorsAreWrittenIntoTemplates() {
        var numbers = Tensor.ofFloats(1.5f, 0.1f, 1 / 3f);
        assertEquals(
                "x=[1.5 0.1 0.333333343] and \"a\\\"\"",
                Strings.format("x={} and {}", numbers, Tensor.of("a\"")).stringValue());
        var square = Tensor.of(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertEquals(
                "[[1 ... 3]\n ...\n [7 ... 9]]",
                Strings.format("{}", "{}", 1, List.of(square)).stringValue());
        assertThrows(TensorException.class, () -> Strings.format("{} {}", numbers));
    }

    @Test
    void patternsReplaceAndMatch() {
        var x = vector("hello world", "héllo");
        assertEquals(
                List.of("world hello", "héllo"),
                Strings.regexReplace(x, "(\\w+) (\\w+)", "\\2 \\1").toStrings());
        assertEquals(List.of("-h-e-o-", "-é-"), replaced("l*", "hello", "é"));
        assertEquals(
                "heLo", Strings.regexReplace(Tensor.of("hello"), "l+", "L", false).stringValue());
        assertEquals("hello", Strings.regexReplace(Tensor.of("hello"), "l", "\\1").stringValue());
        assertArrayEquals(
                new boolean[] {false, true}, Strings.regexFullMatch(x, "h.llo").toBooleans());
        var error = assertThrows(TensorException.class, () -> Strings.regexFullMatch(x, "(?=a)"));
        assertEquals(true, error.problem().startsWith("regex: '(?=a)' is no regular expression"));
    }

    private static List<String> replaced(String pattern, String... strings) {
        return Strings.regexReplace(vector(strings), pattern, "-").toStrings();
    }

    /** A pattern that takes other engines exponential time. */
    @Test
    void noPatternHangs() {
        var x = Tensor.of("a".repeat(20_000) + "!");
        assertTimeout(
                Duration.ofSeconds(30),
                () -> assertEquals(false, Strings.regexFullMatch(x, "(a|a?)+").booleanValue()));
    }

    @Test
    void stringsAreSplit() {
        var words = Strings.split(vector(" a  b ", "", "c"));
        assertEquals(List.of("a", "b", "c"), words.flatValues().toStrings());
        assertArrayEquals(new long[] {0, 2, 2, 3}, words.rowPartition().splits().toLongs());
        var fields = Strings.split(vector("a,,b", ","), ",", 1);
        assertEquals(List.of("a", ",b", "", ""), fields.flatValues().toStrings());
        var scalar = Strings.split(Tensor.of("x y"));
        assertEquals(0, scalar.raggedRank());
        assertEquals(List.of("x", "y"), scalar.flatValues().toStrings());
        var square = Strings.bytesSplit(Tensor.of(new String[][] {{"ab", "c"}, {"", "d"}}));
        assertEquals(Shape.of(2, 2, Shape.UNKNOWN), square.shape());
    }

    @Test
    void neighboursAreJoined() {
        assertEquals(List.of("a b", "b c"), Strings.ngrams(vector("a", "b", "c"), 2).toStrings());
        var rows =
                RaggedTensor.fromRowSplits(
                        vector("a", "b", "c"), Tensor.of(new long[] {0, 2, 2, 3}));
        var padded = Strings.ngrams(rows, Ngrams.of(2).pad("_", "_"));
        assertEquals(
                List.of("_ a", "a b", "b _", "_ _", "_ c", "c _"), padded.flatValues().toStrings());
        var kept = Strings.ngrams(rows, Ngrams.of(2).keepShort(true));
        assertEquals(List.of("a b", "c"), kept.flatValues().toStrings());
        assertThrows(TensorException.class, () -> Ngrams.of(0));
    }

    @Test
    void elementwiseOperationsAreTraced() {
        var traced =
                TracedFunction.of(
                        "words",
                        in -> {
                            var clean = Strings.lower(Strings.strip(in[0]));
                            return new Tensor[] {
                                Strings.join(List.of(clean, Tensor.of("!")), ""),
                                Strings.toHashBucketFast(clean, 1000)
                            };
                        });
        var out = traced.call(vector(" A", "b "));
        assertEquals(List.of("a!", "b!"), out[0].toStrings());
        assertArrayEquals(
                Strings.toHashBucketFast(vector("a", "b"), 1000).toLongs(), out[1].toLongs());
        var other = traced.call(vector("C", "D "));
        assertEquals(List.of("c!", "d!"), other[0].toStrings());
    }
}
