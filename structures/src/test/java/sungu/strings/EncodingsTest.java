package sungu.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

class EncodingsTest {
    private static Tensor none(DType dtype) {
        return HostTensor.allocate(dtype, Shape.of(0));
    }

    @Test
    void base64ThereAndBack() {
        var x = Tensor.of(new String[] {"abcd", "", "é?"});
        for (boolean pad : new boolean[] {true, false}) {
            var coded = Encodings.encodeBase64(x, pad);
            assertEquals(pad ? "YWJjZA==" : "YWJjZA", coded.get(0).stringValue());
            assertEquals(x.toStrings(), Encodings.decodeBase64(coded).toStrings());
        }
        assertThrows(TensorException.class, () -> Encodings.decodeBase64(Tensor.of("?")));
    }

    @Test
    void bytesAreNumbers() {
        var x = Tensor.of(new String[] {"\0\1", "\1\0"});
        assertArrayEquals(new int[] {256, 1}, Encodings.decodeRaw(x, DType.INT16, true).toInts());
        assertArrayEquals(new int[] {1, 256}, Encodings.decodeRaw(x, DType.INT16, false).toInts());
        assertEquals(Shape.of(2, 2), Encodings.decodeRaw(x, DType.UINT8, true).shape());
        assertThrows(TensorException.class, () -> Encodings.decodeRaw(x, DType.INT32, true));
        assertThrows(
                TensorException.class,
                () -> Encodings.decodeRaw(Tensor.of(new String[] {"a", "bc"}), DType.UINT8, true));
    }

    @Test
    void linesAreCutIntoColumns() {
        var lines = Tensor.of(new String[] {"1,2.5,x", "3,,\"a,\"\"b\"", "4,NA,"});
        var columns =
                Encodings.decodeCsv(
                        lines,
                        List.of(none(DType.INT32), Tensor.ofFloats(9), Tensor.of("-")),
                        ',',
                        true,
                        "NA");
        assertArrayEquals(new int[] {1, 3, 4}, columns.get(0).toInts());
        assertArrayEquals(new float[] {2.5f, 9, 9}, columns.get(1).toFloats());
        assertEquals(List.of("x", "a,\"b", "-"), columns.get(2).toStrings());
    }

    @Test
    void wrongLinesAreRefused() {
        for (var line : List.of("", "1,2", "x", "1\"2\"", "\"1")) {
            assertThrows(
                    TensorException.class,
                    () ->
                            Encodings.decodeCsv(
                                    Tensor.of(new String[] {line}),
                                    List.of(none(DType.INT32)),
                                    ',',
                                    true,
                                    ""));
        }
    }
}
