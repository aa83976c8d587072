package sungu.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.HexFormat;

/** Expected values are TensorFlow's. */
class UnicodeTest {
    private static Tensor bytes(String hex) {
        return Strings.of(Shape.SCALAR, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    UTF-8        | 61ff62       | 97 -1 98
                    UTF-8        | c3           | -1
                    UTF-8        | eda080       | -1 -1 -1
                    UTF-8        | f09f98       | -1
                    UTF-8        | c0807a       | -1 -1 122
                    UTF-8        | f4908080     | -1 -1 -1 -1
                    UTF-8        | efbfbe       | 65534
                    UTF-16-BE    | d83dde000061 | 128512 97
                    UTF-16-BE    | d800d800dc00 | -1 65536
                    UTF-16-BE    | dc000061     | -1 97
                    UTF-16-BE    | d8           | -1
                    UTF-32-BE    | 00110000     | -1
                    UTF-32-BE    | 0000d80000   | -1 -1
                    windows-1252 | 80818d       | 8364 129 141
                    US-ASCII     | 6180         | 97 -1
                    Shift_JIS    | 93fa967b81   | 26085 26412 -1
                    UTF-16       | 6100         | 24832
                    """)
    void malformedBytesAreSplitAsUnicodeRecommends(String encoding, String hex, String codes) {
        var expected = Arrays.stream(codes.split(" ")).mapToInt(Integer::parseInt).toArray();
        var x = bytes(hex);
        assertArrayEquals(
                Arrays.stream(expected).map(c -> c < 0 ? 0xfffd : c).toArray(),
                Unicode.decode(x, encoding, Errors.REPLACE).flatValues().toInts());
        assertArrayEquals(
                Arrays.stream(expected).filter(c -> c >= 0).toArray(),
                Unicode.decode(x, encoding, Errors.IGNORE).flatValues().toInts());
        if (Arrays.stream(expected).anyMatch(c -> c < 0)) {
            assertThrows(TensorException.class, () -> Unicode.decode(x, encoding, Errors.STRICT));
        }
    }

    @Test
    void offsetsCountBytes() {
        var found = Unicode.decodeWithOffsets(Tensor.of("日aé"), "UTF-8", Errors.STRICT);
        assertArrayEquals(new long[] {0, 3, 4}, found.offsets().flatValues().toLongs());
        var wide = Unicode.decodeWithOffsets(bytes("93fa61"), "Shift_JIS", Errors.STRICT);
        assertArrayEquals(new long[] {0, 2}, wide.offsets().flatValues().toLongs());
    }

    @Test
    void controlsAreReplacedToo() {
        var x = bytes("00611fff7f");
        var replaced = Unicode.transcode(x, "UTF-8", "UTF-8", Errors.REPLACE.controls(true));
        assertEquals("�a��\u007f", replaced.stringValue());
        var dropped = Unicode.transcode(x, "UTF-8", "UTF-8", Errors.IGNORE.controls(true));
        assertEquals("a\u007f", dropped.stringValue());
    }

    @Test
    void codePointsAreEncoded() {
        var codes = Tensor.of(new int[][] {{104, 233}, {0x1f600, 0xd800}});
        assertEquals(
                java.util.List.of("hé", "😀"),
                Unicode.encode(codes, "UTF-8", Errors.IGNORE).toStrings());
        var wide = Unicode.encode(codes, "UTF-16-BE", Errors.REPLACE.replacement('?'));
        assertEquals("d83dde00003f", HexFormat.of().formatHex(Strings.bytes(wide).get(1)));
        assertThrows(TensorException.class, () -> Unicode.encode(codes, "UTF-8", Errors.STRICT));
        assertThrows(TensorException.class, () -> Unicode.encode(codes, "latin1", Errors.STRICT));
    }

    @Test
    void charactersStayInTheirEncoding() {
        var split = Unicode.split(bytes("0068d83dde00"), "UTF-16-BE", Errors.STRICT);
        assertEquals(
                "d83dde00", HexFormat.of().formatHex(Strings.bytes(split.flatValues()).get(1)));
    }

    @Test
    void scriptsHaveNumbers() {
        var codes = Tensor.ofInts('a', 'б', '日', 0x3b1, -1, 0xffff, ' ');
        assertArrayEquals(new int[] {25, 8, 17, 14, -1, 103, 0}, Unicode.script(codes).toInts());
    }
}
