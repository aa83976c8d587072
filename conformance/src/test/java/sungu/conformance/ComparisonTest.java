package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class ComparisonTest {
    private static final Comparison COMPARISON = new Comparison(new Tolerance(1e-5, 1e-6));

    private static String difference(@Nullable Object got, @Nullable Object expected) {
        return String.valueOf(
                assertThrows(Mismatch.class, () -> COMPARISON.check("out", got, expected))
                        .getMessage());
    }

    private static void same(@Nullable Object got, @Nullable Object expected) {
        assertDoesNotThrow(() -> COMPARISON.check("out", got, expected));
    }

    @Test
    void floats_agree_within_the_tolerance() {
        same(Tensor.ofFloats(1, Float.NaN), Tensor.ofFloats(1.000001f, Float.NaN));
        same(Tensor.ofFloats(Float.POSITIVE_INFINITY), Tensor.ofFloats(Float.POSITIVE_INFINITY));
        var text =
                difference(
                        Tensor.of(new float[][] {{1, 2}, {3, 4}}),
                        Tensor.of(new float[][] {{1, 2}, {3, 5}}));
        assertTrue(text.startsWith("out[1,1]: expected 5.0, got 4.0 (1 of 4 differ"), text);
        difference(Tensor.ofFloats(Float.MAX_VALUE), Tensor.ofFloats(Float.POSITIVE_INFINITY));
        difference(Tensor.ofFloats(0), Tensor.ofFloats(Float.NaN));
    }

    @Test
    void dtype_and_shape_are_exact() {
        assertEquals(
                "out: expected i32[2], got f32[2]",
                difference(Tensor.ofFloats(1, 2), Tensor.ofInts(1, 2)));
        assertEquals(
                "out: expected i32[2], got i32[1]",
                difference(Tensor.ofInts(1), Tensor.ofInts(1, 2)));
        difference(Tensor.ofInts(1), Tensor.ofInts(2));
        difference(1L, Tensor.ofInts(1));
    }

    @Test
    void python_values_differ_by_type() {
        same(1, 1L);
        same(0.1 + 1e-9, 0.1);
        same(DType.FLOAT32, "float32");
        difference(1L, 1.0);
        difference(1.0, 1L);
        difference(true, 1L);
        difference(null, 1L);
        difference("a", null);
    }

    @Test
    void structures_differ_by_their_entries() {
        same(Arrays.asList(1L, null), Arrays.asList(1L, null));
        difference(List.of(1L), List.of(1L, 2L));
        difference(List.of(1L, 3L), List.of(1L, 2L));
        same(Map.of("a", 1L), Map.of("a", 1L));
        difference(Map.of("a", 1L), Map.of("b", 1L));
    }

    @Test
    void only_considered_errors_count_where_one_is_expected() {
        assertTrue(Judge.isRefusal(new TensorException("shapes do not fit")));
        assertTrue(Judge.isRefusal(new IllegalArgumentException("bad argument")));
        assertFalse(Judge.isRefusal(new NullPointerException()));
        assertFalse(Judge.isRefusal(new IndexOutOfBoundsException()));
        assertFalse(Judge.isRefusal(new ClassCastException()));
        assertFalse(Judge.isRefusal(new UnsupportedOperationException()));
        assertFalse(Judge.isRefusal(new TensorException("not implemented")));
    }

    @Test
    void a_case_is_judged_whatever_it_throws() {
        var fields =
                JsonTree.object("{\"kind\": \"op\", \"id\": \"op/x/1\", \"op\": \"keras.ops.x\"}");
        var recorded = new Case(fields, Path.of("x.jsonl"));
        var raising =
                new Case(
                        JsonTree.object(
                                "{\"kind\": \"op\", \"id\": \"op/x/2\", \"op\": \"keras.ops.x\","
                                        + " \"raises\": \"ValueError\"}"),
                        Path.of("x.jsonl"));
        assertEquals("ops.x", recorded.name());
        assertTrue(judged(one -> {}, recorded));
        assertFalse(judged(one -> {}, raising));
        Kind refusing =
                one -> {
                    throw new TensorException("no");
                };
        assertFalse(judged(refusing, recorded));
        assertTrue(judged(refusing, raising));
        Kind lacking =
                one -> {
                    throw new Unsupported("x");
                };
        assertFalse(judged(lacking, raising));
        Kind endless =
                one -> {
                    throw new StackOverflowError();
                };
        assertFalse(judged(endless, raising));
        assertFalse(new Judge(Map.of()).judge(recorded).passed());
    }

    private static boolean judged(Kind kind, Case recorded) {
        return new Judge(Map.of("op", kind)).judge(recorded).passed();
    }
}
