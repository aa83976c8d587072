package sungu.keras.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.config.Serialization;
import sungu.keras.quantizers.Int4QuantizationConfig;
import sungu.keras.quantizers.Int8QuantizationConfig;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

class QuantizedLayersTest {
    private static final Tensor INPUT = Tensor.of(new float[][] {{1, -2, 0.5f, 0.3f}});

    private static List<String> names(Layer layer) {
        return layer.weights().stream().map(weight -> weight.name()).toList();
    }

    @Test
    void int8MultipliesIntegersAndPassesGradientsOn() {
        var dense = new Dense(3).dtype("int8_from_float32");
        dense.buildFor(Shape.of(1, 4));
        assertEquals(List.of("bias", "kernel", "kernel_scale"), names(dense));
        dense.setWeights(
                List.of(
                        Tensor.ofFloats(0, 0, 0),
                        Tensor.of(
                                new byte[][] {
                                    {-127, -102, -63}, {-51, -25, 0}, {25, 51, 63}, {102, 127, 127}
                                }),
                        Tensor.ofFloats(126.99998f, 126.99998f, 105.83332f)));
        try (var tape = new GradientTape()) {
            tape.watch(INPUT);
            var y = dense.apply(INPUT);
            assertArrayEquals(
                    new float[] {0.13478829f, 0.08580818f, 0.059073724f}, y.toFloats(), 1e-6f);
            assertArrayEquals(
                    new float[] {-2.3984256f, -0.59842527f, 1.1937009f, 3.00315f},
                    java.util.Objects.requireNonNull(tape.gradient(y.sum(), INPUT)).toFloats(),
                    1e-5f);
        }
    }

    @Test
    void inputsStayAsTheyAreWithoutAnActivationQuantizer() {
        var dense =
                new Dense(1)
                        .dtype("int8_from_float32")
                        .quantizationConfig(new Int8QuantizationConfig(null, null))
                        .useBias(false);
        dense.buildFor(Shape.of(1, 4));
        dense.setWeights(
                List.of(Tensor.of(new byte[][] {{10}, {20}, {30}, {40}}), Tensor.ofFloats(10)));
        assertEquals(1 - 4 + 1.5f + 1.2f, dense.apply(INPUT).toFloats()[0], 1e-6f);
    }

    @Test
    void int4BlocksHaveTheirOwnScales() {
        var dense = new Dense(3).dtype("int4/2_from_float32").useBias(false);
        dense.buildFor(Shape.of(1, 4));
        assertEquals(List.of("kernel", "kernel_scale", "kernel_zero", "g_idx"), names(dense));
        assertArrayEquals(new float[] {0, 0, 1, 1}, dense.weights().getLast().toFloats());
        assertEquals(Shape.of(4, 2), dense.weights().getFirst().shape());
        assertEquals(Shape.of(2, 3), dense.weights().get(1).shape());
    }

    @Test
    void ternaryKernelsAreDigits() {
        var dense = new Dense(1).dtype("ternary_from_float32").useBias(false);
        dense.buildFor(Shape.of(1, 4));
        // Digits -1, 0, 1, 1 and a filling 0, kept as 0, 1, 2, 2 and 1.
        dense.setWeights(
                List.of(
                        Tensor.of(new byte[][] {{(byte) (3 + 18 + 54 + 81 - 256)}})
                                .cast(DType.UINT8),
                        Tensor.of(0.5f)));
        assertEquals((-1 + 0.5f + 0.3f) * 0.5f, dense.apply(INPUT).toFloats()[0], 1e-6f);
    }

    @Test
    void float8TrainingGivesScalesTheirNextValues() {
        var dense =
                new Dense(1).dtype("float8_from_float32").kernelInitializer("ones").useBias(false);
        dense.buildFor(Shape.of(1, 4));
        assertEquals(
                List.of(
                        "inputs_scale",
                        "inputs_amax_history",
                        "kernel_scale",
                        "kernel_amax_history",
                        "outputs_grad_scale",
                        "outputs_grad_amax_history",
                        "kernel"),
                names(dense));
        try (var tape = new GradientTape()) {
            var y = dense.apply(INPUT, true);
            // 0.3 becomes 0.3125.
            assertEquals(-0.1875f, y.toFloats()[0], 1e-6f);
            var gradients = tape.gradient(y.times(3).sum(), dense.trainableWeights());
            assertEquals(2, java.util.Objects.requireNonNull(gradients.get(1)).toFloats()[0]);
            assertEquals(1, java.util.Objects.requireNonNull(gradients.get(3)).toFloats()[0]);
            assertEquals(3, java.util.Objects.requireNonNull(gradients.get(5)).toFloats()[0]);
            assertArrayEquals(
                    new float[] {3, -6, 1.5f, 0.9375f},
                    java.util.Objects.requireNonNull(gradients.get(6)).toFloats(),
                    1e-6f);
        }
    }

    @Test
    void embeddingsAreLookedUpAsIntegers() {
        var embedding = new Embedding(3, 2).dtype("int4_from_float32");
        embedding.buildFor(Shape.of(1));
        assertEquals(List.of("embeddings", "embeddings_scale"), names(embedding));
        // -1 in the low half and 7 in the high one.
        embedding.setWeights(
                List.of(Tensor.of(new byte[][] {{0}, {0x7F}, {0}}), Tensor.ofFloats(1, 2, 1)));
        assertArrayEquals(
                new float[] {-0.5f, 3.5f, 0, 0}, embedding.apply(Tensor.ofInts(1, -1)).toFloats());
        var other = new Embedding(3, 2).dtype("ternary_from_float32");
        assertThrows(TensorException.class, () -> other.buildFor(Shape.of(1)));
    }

    @Test
    void adaptationLeavesTheKernelInItsPlace() {
        var dense = new Dense(3).lora(2, 4.0);
        dense.buildFor(Shape.of(1, 4));
        assertEquals(List.of("kernel", "bias", "lora_kernel_a", "lora_kernel_b"), names(dense));
        assertEquals(
                List.of("bias", "lora_kernel_a", "lora_kernel_b"),
                dense.trainableWeights().stream().map(weight -> weight.name()).toList());
        var before = dense.apply(INPUT).toFloats();
        dense.weights().get(2).assign(Tensor.ones(Shape.of(4, 2), DType.FLOAT32));
        dense.weights().get(3).assign(Tensor.ones(Shape.of(2, 3), DType.FLOAT32));
        var after = dense.apply(INPUT).toFloats();
        // The inputs sum to -0.2, over rank 2, times alpha / rank.
        for (int i = 0; i < 3; i++) {
            assertEquals(before[i] - 0.2f * 2 * 2, after[i], 1e-5f);
        }
        assertThrows(
                TensorException.class,
                () ->
                        new Dense(3)
                                .lora(2, null)
                                .kernelConstraint("non_neg")
                                .buildFor(Shape.of(1, 4)));
        assertThrows(
                TensorException.class,
                () ->
                        new Dense(3)
                                .dtype("float8_from_float32")
                                .lora(2, null)
                                .buildFor(Shape.of(1, 4)));
    }

    @Test
    void filesHoldTheAdaptedKernel() {
        var dense = new Dense(3).lora(2, null);
        dense.buildFor(Shape.of(1, 4));
        dense.weights().get(3).assign(Tensor.ones(Shape.of(2, 3), DType.FLOAT32));
        var before = dense.apply(INPUT).toFloats();
        assertEquals(
                List.of("kernel", "bias"),
                dense.savedWeights().stream().map(weight -> weight.name()).toList());
        var kernel = dense.savedWeights().getFirst();
        kernel.restore(kernel.saved());
        assertArrayEquals(before, dense.apply(INPUT).toFloats(), 1e-6f);
        assertArrayEquals(new float[6], dense.weights().get(3).toFloats());
    }

    @Test
    void filesHoldKernelAndBiasFirst() {
        var dense = new Dense(3).dtype("int4/2_from_float32");
        dense.buildFor(Shape.of(1, 4));
        assertEquals(
                List.of("kernel", "bias", "kernel_scale", "kernel_zero", "g_idx"),
                dense.savedWeights().stream().map(weight -> weight.name()).toList());
    }

    @Test
    void configsAreReadBack() {
        var dense =
                new Dense(3)
                        .dtype("int4/-1_from_float32")
                        .quantizationConfig(new Int4QuantizationConfig((Integer) null))
                        .lora(2, null);
        dense.buildFor(Shape.of(1, 4));
        var tree = Serialization.serialize(dense);
        var again = Serialization.deserialize(tree, Dense.class);
        assertEquals(tree, Serialization.serialize(again));
        assertNotNull(again.config().get("quantization_config"));
        assertThrows(
                TensorException.class,
                () ->
                        new Dense(3)
                                .dtype("int8_from_float32")
                                .quantizationConfig(new Int4QuantizationConfig())
                                .buildFor(Shape.of(1, 4)));
    }
}
