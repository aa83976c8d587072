package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** A matrix with {@code gain} on its diagonal and zeros elsewhere. */
public final class Identity extends Initializer {
    static final Setting<Double> GAIN = Setting.number("gain").defaults(1.0);
    static final ObjectType<Identity> TYPE =
            ObjectType.of("keras.initializers", "Identity", Identity::new, GAIN);

    /** Ones on the diagonal. */
    public Identity() {}

    @Override
    public ObjectType<Identity> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        if (shape.rank() != 2) {
            throw new TensorException("Identity: the weight must be a matrix, got " + shape);
        }
        var values = new double[shape.dim(0)][shape.dim(1)];
        for (int i = 0; i < Math.min(shape.dim(0), shape.dim(1)); i++) {
            values[i][i] = get(GAIN);
        }
        return shape.size() == 0 ? Tensor.zeros(shape, dtype) : Tensor.of(values).cast(dtype);
    }
}
