package sungu.keras.layers;

import org.jspecify.annotations.Nullable;
import sungu.keras.Weight;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/**
 * Low-rank adaptation of a kernel: the kernel itself stays, the product of two thin matrices is trained (Hu et al., "LoRA: Low-Rank
 * Adaptation of Large Language Models", 2021).
 */
final class Lora {
    private final Weight a;
    private final Weight b;
    private final double scale;

    Lora(Layer layer, Weight kernel, int rank, @Nullable Double alpha) {
        this(layer, "kernel", kernel, rank, alpha);
    }

    static Lora ofEmbeddings(Layer layer, Weight table, int rank, @Nullable Double alpha) {
        return new Lora(layer, "embeddings", table, rank, alpha);
    }

    private Lora(Layer layer, String of, Weight kernel, int rank, @Nullable Double alpha) {
        var shape = kernel.shape();
        int columns = shape.dim(-1);
        a = layer.addWeight("lora_" + of + "_a", shape.with(-1, rank), WeightSettings.INITIALIZER_CODEC.decode("he_uniform"));
        b = layer.addWeight("lora_" + of + "_b", Shape.of(rank, columns), WeightSettings.INITIALIZER_CODEC.decode("zeros"));
        kernel.trainable(false);
        kernel.structurallyTrainable(false);
        scale = (alpha == null ? rank : alpha) / rank;
    }

    Tensor addTo(Tensor kernel) {
        return kernel.plus(a.value().matmul(b.value()).times(scale));
    }
}
