package sungu.keras.initializers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Serialization;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;

/** One value everywhere, or an array of values. */
public final class Constant extends Initializer {
    private static final Codec<Object> VALUES =
            Codecs.of(
                    "a number or an array",
                    value ->
                            value instanceof Tensor tensor
                                    ? Serialization.serialize(tensor)
                                    : value,
                    tree ->
                            tree instanceof java.util.Map
                                    ? or(Serialization.deserialize(tree), tree)
                                    : tree);
    static final Setting<Object> VALUE = Setting.of("value", VALUES).defaults(0.0);
    static final ObjectType<Constant> TYPE =
            ObjectType.of("keras.initializers", "Constant", Constant::new, VALUE);

    private Constant() {}

    /** This value everywhere. */
    public Constant(double value) {
        set(VALUE, value);
    }

    /** These values, stretched to the shape of the weight. */
    public Constant(Tensor values) {
        set(VALUE, values);
    }

    private static Object or(@Nullable Object value, Object other) {
        return value == null ? other : value;
    }

    @Override
    public ObjectType<Constant> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return switch (get(VALUE)) {
            case Number number -> Tensor.full(shape, number.doubleValue(), dtype);
            case Boolean flag -> Tensor.full(shape, flag ? 1 : 0, dtype);
            case List<?> list -> Movements.broadcastTo(Tensor.of(list).cast(dtype), shape);
            case Tensor values -> Movements.broadcastTo(values.cast(dtype), shape);
            default -> Tensor.full(shape, Codecs.NUMBER.decode(get(VALUE)), dtype);
        };
    }
}
