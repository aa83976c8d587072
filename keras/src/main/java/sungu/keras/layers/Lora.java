package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.constraints.Constraint;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Indexing;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * Low-rank adaptation of a kernel: the kernel itself stays, the product of two thin matrices is
 * trained (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021).
 */
final class Lora {
    private final Weight a;
    private final Weight b;
    private final double scale;

    /**
     * Adds the two matrices to a layer. They are float32 whatever the layer computes in, lest small
     * updates get lost.
     *
     * @param of the name of the kernel
     * @param shape the shape of the kernel
     * @param alpha the weight of the product, divided by the rank; the rank if null
     */
    Lora(
            Layer layer,
            String of,
            Shape shape,
            int rank,
            @Nullable Number alpha,
            @Nullable Regularizer regularizer,
            @Nullable Constraint constraint) {
        if (constraint != null) {
            throw new TensorException(
                    "argument 'lora_rank' can't go with a constraint on the " + of,
                    "leave out one of them");
        }
        a =
                layer.addWeight(
                        "lora_" + of + "_a",
                        shape.with(-1, rank),
                        DType.FLOAT32,
                        WeightSettings.INITIALIZER_CODEC.decode("he_uniform"),
                        regularizer,
                        null,
                        true);
        b =
                layer.addWeight(
                        "lora_" + of + "_b",
                        Shape.of(rank, shape.dim(-1)),
                        DType.FLOAT32,
                        WeightSettings.INITIALIZER_CODEC.decode("zeros"),
                        regularizer,
                        null,
                        true);
        scale = (alpha == null ? rank : alpha.doubleValue()) / rank;
    }

    /** Makes this the adaptation of a kernel, which is not trained any more. */
    void adapt(Weight kernel) {
        kernel.adaptedBy(
                new Weight.Adaptation() {
                    @Override
                    public Tensor merged() {
                        return addTo(kernel.value());
                    }

                    @Override
                    public void restart() {
                        b.assign(Tensor.zeros(b.shape(), b.dtype()));
                    }
                },
                a,
                b);
    }

    /** The adapted kernel. */
    Tensor addTo(Tensor kernel) {
        return kernel.plus(a.value().matmul(b.value()).times(scale));
    }

    /** What the adaptation adds to the product of an input with the kernel. */
    Tensor product(Tensor input) {
        return input.matmul(a.value()).matmul(b.value()).times(scale);
    }

    /** What the adaptation adds to rows of the kernel. */
    Tensor rows(Tensor indices) {
        return Indexing.gather(a.value(), indices, 0).matmul(b.value()).times(scale);
    }
}
