package sungu.keras.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.keras.Arguments;
import sungu.keras.Input;
import sungu.keras.Weight;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Map;
import java.util.Random;

class AttentionLayersTest {
    private static Tensor random(int seed, int... dims) {
        var shape = Shape.of(dims);
        return Tensor.of(new Random(seed).doubles(shape.size(), -1, 1).toArray())
                .cast(DType.FLOAT32)
                .reshape(dims);
    }

    private static final Tensor QUERY = random(1, 2, 3, 4);
    private static final Tensor VALUE = random(2, 2, 5, 4);

    @Test
    void projectionsHaveKerasPathsAndShapes() {
        var layer = new MultiHeadAttention(2, 3).valueDim(5).name("mha");
        layer.apply(Arguments.of(QUERY, VALUE));
        assertEquals(
                List.of(
                        "mha/query/kernel",
                        "mha/query/bias",
                        "mha/key/kernel",
                        "mha/key/bias",
                        "mha/value/kernel",
                        "mha/value/bias",
                        "mha/attention_output/kernel",
                        "mha/attention_output/bias"),
                layer.weights().stream().map(Weight::path).toList());
        assertEquals(Shape.of(4, 2, 3), layer.weights().get(0).shape());
        assertEquals(Shape.of(2, 5, 4), layer.weights().get(6).shape());
        assertEquals(
                Map.of(
                        "shapes_dict",
                        Map.of("query_shape", List.of(2, 3, 4), "value_shape", List.of(2, 5, 4))),
                layer.buildConfig());
    }

    @Test
    void theWayWithScoresGivesTheSameAndScoresAddUpToOne() {
        var layer = new MultiHeadAttention(2, 3);
        var call = Arguments.of(QUERY, VALUE).with("use_causal_mask", true);
        var direct = layer.apply(call).only();
        var both = layer.apply(call.with("return_attention_scores", true)).flat();
        assertArrayEquals(direct.toFloats(), both.get(0).toFloats(), 1e-5f);
        var scores = both.get(1);
        assertEquals(Shape.of(2, 2, 3, 5), scores.shape());
        assertEquals(12, scores.sum().floatValue(), 1e-4);
        for (int step = 0; step < 3; step++) {
            for (int seen = step + 1; seen < 5; seen++) {
                assertEquals(0, scores.get("1, 1, " + step + ", " + seen).floatValue());
            }
        }
    }

    @Test
    void aMaskedValueIsNotSeenAndTheQueryMaskGoesOn() {
        var mask =
                Tensor.of(
                        new boolean[][] {
                            {true, true, false, true, true}, {true, true, true, true, true}
                        });
        var queryMask = Tensor.of(new boolean[][] {{true, false, true}, {true, true, true}});
        var layer = new MultiHeadAttention(2, 3);
        var out =
                layer.apply(
                                Arguments.of(QUERY.withMask(queryMask), VALUE.withMask(mask))
                                        .with("return_attention_scores", true))
                        .flat();
        assertEquals(queryMask, out.get(0).mask());
        assertEquals(0, out.get(1).get("0, :, :, 2").sum().floatValue());
        var causal = new GroupQueryAttention(3, 4, 2).slidingWindow(2);
        var scores =
                causal.apply(Arguments.of(QUERY, VALUE).with("return_attention_scores", true))
                        .flat()
                        .get(1);
        assertEquals(0, scores.get("0, 0, 0, 2:").sum().floatValue());
        assertEquals(Shape.of(2, 4, 3, 5), scores.shape());
    }

    @Test
    void tracedAndSymbolicCallsTakeSeveralArguments() {
        for (var layer : List.of(new MultiHeadAttention(2, 3), new GroupQueryAttention(3, 4, 2))) {
            var symbolic =
                    layer.apply(
                                    Arguments.of(
                                            Input.shape(3, 4).tensor(), Input.shape(5, 4).tensor()))
                            .only();
            assertEquals(Shape.of(Shape.UNKNOWN, 3, 4), symbolic.shape());
            var direct = layer.apply(Arguments.of(QUERY, VALUE)).only();
            var traced =
                    TracedFunction.of(
                            "attention",
                            all -> new Tensor[] {layer.apply(Arguments.of(all[0], all[1])).only()});
            assertArrayEquals(direct.toFloats(), traced.call(QUERY, VALUE)[0].toFloats(), 1e-5f);
        }
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> new GroupQueryAttention(3, 4, 3).apply(Arguments.of(QUERY, VALUE)));
        assertEquals(
                "GroupQueryAttention: argument 'num_query_heads' (4) must be a multiple of"
                        + " 'num_key_value_heads' (3)",
                error.problem());
        assertThrows(TensorException.class, () -> new Attention().apply(QUERY));
        assertThrows(
                TensorException.class,
                () -> new EinsumDense("ab,bc->ad", 3).apply(random(1, 2, 3)));
    }
}
