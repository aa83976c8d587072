package sungu.keras.regularizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/**
 * How far rows or columns of a matrix are from being orthogonal: the mean absolute cosine between
 * pairs of them.
 */
public final class OrthogonalRegularizer extends Regularizer {
    static final Setting<Double> FACTOR = Setting.number("factor").nonNegative().defaults(0.01);
    static final Setting<String> MODE =
            Setting.text("mode").oneOf(List.of("rows", "columns")).defaults("rows");
    static final ObjectType<OrthogonalRegularizer> TYPE =
            ObjectType.of(
                    "keras.regularizers",
                    "OrthogonalRegularizer",
                    OrthogonalRegularizer::new,
                    FACTOR,
                    MODE);

    /** Keras' defaults. */
    public OrthogonalRegularizer() {}

    /** The penalty times a factor, on {@code rows} or {@code columns}. */
    public OrthogonalRegularizer(double factor, String mode) {
        set(FACTOR, factor);
        set(MODE, mode);
    }

    @Override
    public ObjectType<OrthogonalRegularizer> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        if (value.rank() != 2) {
            throw new TensorException("OrthogonalRegularizer: takes matrices, got " + value.type());
        }
        int axis = get(MODE).equals("rows") ? 1 : 0;
        var squares = Reductions.sum(value.square(), true, axis);
        var unit =
                value.times(
                        Elements.rsqrt(Elements.maximum(squares, Elements.weak(1e-12, squares))));
        var product = axis == 1 ? unit.matmul(unit.transpose()) : unit.transpose().matmul(unit);
        int size = product.shape().dim(0);
        var index = Movements.iota(size, DType.INT32);
        var diagonal = Elements.equal(index.reshape(-1, 1), index);
        var others = Elements.select(diagonal, Elements.zerosLike(product), product);
        double pairs = size * (size - 1.0) / 2;
        return others.abs().sum().times(get(FACTOR) * 0.5).div(pairs);
    }
}
