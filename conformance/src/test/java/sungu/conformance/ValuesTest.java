package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Map;

class ValuesTest {
    private static @Nullable Object decode(String json) {
        return Values.results().decode(JsonTree.parse(json));
    }

    @Test
    void numbers_keep_their_python_type() {
        assertEquals(2L, decode("2"));
        assertEquals(2.0, decode("2.0"));
        assertEquals(true, decode("true"));
        assertNull(decode("null"));
        assertEquals(Double.NEGATIVE_INFINITY, decode("{\"float\": \"-inf\"}"));
        assertEquals(Double.NaN, decode("{\"float\": \"nan\"}"));
        assertEquals(new Values.Complex(1, -2), decode("{\"complex\": [1.0, -2.0]}"));
    }

    @Test
    void structures_nest() {
        assertEquals(List.of(1L, List.of(2L)), decode("{\"tuple\": [1, {\"list\": [2]}]}"));
        assertEquals(Map.of("a", 1L), decode("{\"dict\": {\"a\": 1}}"));
        assertEquals(new Slice.Range(1, null, 2), decode("{\"slice\": [1, null, 2]}"));
        assertEquals(Slice.ELLIPSIS, decode("{\"ellipsis\": true}"));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) decode("{\"bytes\": \"AQI=\"}"));
    }

    @Test
    void tensors_are_little_endian() {
        var tensor =
                (Tensor)
                        decode(
                                "{\"tensor\": {\"dtype\": \"float32\", \"shape\": [2], \"data\":"
                                        + " \"AACAPwAAAEA=\"}}");
        assertEquals(Shape.of(2), java.util.Objects.requireNonNull(tensor).shape());
        assertArrayEquals(new float[] {1, 2}, tensor.toFloats());
        var strings =
                (Tensor)
                        decode(
                                "{\"tensor\": {\"dtype\": \"string\", \"shape\": [], \"values\":"
                                        + " [\"aGk=\"]}}");
        assertEquals(DType.STRING, java.util.Objects.requireNonNull(strings).dtype());
        assertEquals("hi", strings.stringValue());
    }

    @Test
    void a_kind_of_value_without_counterpart_is_unsupported() {
        assertThrows(Unsupported.class, () -> decode("{\"ragged\": {}}"));
    }

    @Test
    void json_is_written_as_it_was_read() {
        var text = "{\"a\": [1, 2.5, null, \"x\\\"\\n\"], \"b\": {}}";
        assertEquals(text, JsonTree.write(JsonTree.parse(text)));
    }
}
