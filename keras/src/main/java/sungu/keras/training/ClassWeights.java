package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Map;

/** Weights of classes turned into weights of rows. */
final class ClassWeights {
    private ClassWeights() {}

    /**
     * Per row the weight of its class, times the given weight of the row. Classes without a weight
     * count 1.
     */
    static Tensors apply(
            Map<Integer, Double> weights, @Nullable Tensors y, @Nullable Tensors sampleWeight) {
        if (y == null || y.flat().size() != 1) {
            throw new TensorException(
                    "fit: classWeight needs a model with one output and targets for it");
        }
        var target = y.only();
        if (target.rank() > 2) {
            throw new TensorException(
                    "fit: classWeight needs targets of rank 1 or 2, got " + target.type());
        }
        boolean oneHot = target.rank() == 2 && target.shape().dim(1) > 1;
        var classes = (oneHot ? target.argmax(1) : target.reshape(-1).cast(DType.INT64)).toInts();
        var rows = new double[classes.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = weights.getOrDefault(classes[i], 1.0);
        }
        Tensor result = Tensor.of(rows).cast(KerasConfig.floatx());
        if (sampleWeight != null) {
            result = result.times(sampleWeight.only().cast(result.dtype()).reshape(new int[] {-1}));
        }
        return Tensors.of(result.reshape(Shape.of(classes.length).dims()));
    }
}
