package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.KerasTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.List;

/**
 * The input of a model: a place for data of a given shape and dtype. Made by {@link
 * sungu.keras.Input}.
 */
public final class InputLayer extends Layer {
    private static final Codec<Shape> SHAPE =
            Codecs.of(
                    "a shape",
                    sungu.keras.config.Serialization::serialize,
                    tree -> {
                        if (tree instanceof List<?> list) {
                            return Shape.of(
                                    list.stream()
                                            .mapToInt(dim ->
                                                    dim == null
                                                            ? Shape.UNKNOWN
                                                            : Codecs.INTEGER.decode(dim))
                                            .toArray());
                        }
                        throw Codecs.expected("a shape", tree);
                    });
    static final Setting<Shape> BATCH_SHAPE = Setting.of("batch_shape", SHAPE);
    static final Setting<DType> INPUT_DTYPE =
            Setting.of("dtype", Codecs.DTYPE).defaults(KerasConfig::floatx);
    static final Setting<Boolean> SPARSE = Setting.flag("sparse").defaults(false);
    static final Setting<Boolean> RAGGED = Setting.flag("ragged").defaults(false);
    static final Setting<Boolean> OPTIONAL = Setting.flag("optional").defaults(false);
    static final ObjectType<InputLayer> TYPE =
            ObjectType.of(
                    "keras.layers",
                    "InputLayer",
                    InputLayer::new,
                    BATCH_SHAPE,
                    INPUT_DTYPE,
                    SPARSE,
                    RAGGED,
                    NAME,
                    OPTIONAL);

    private @Nullable KerasTensor tensor;

    private InputLayer() {}

    /** An input of this shape, the batch dimension first. */
    public InputLayer(Shape batchShape) {
        set(BATCH_SHAPE, batchShape);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** The name, by which data can be given. */
    public InputLayer name(String unique) {
        set(NAME, unique);
        return this;
    }

    /** The dtype of the data. */
    public InputLayer dtype(DType dtype) {
        set(INPUT_DTYPE, dtype);
        return this;
    }

    /** A fixed number of rows. */
    public InputLayer batchSize(int rows) {
        set(BATCH_SHAPE, get(BATCH_SHAPE).with(0, rows));
        return this;
    }

    /** The shape, with the batch dimension first. */
    public Shape batchShape() {
        return get(BATCH_SHAPE);
    }

    /** The symbolic tensor that layers are applied to. */
    public KerasTensor tensor() {
        var known = tensor;
        if (known == null) {
            var type = new TensorType(get(INPUT_DTYPE), get(BATCH_SHAPE));
            known =
                    (KerasTensor)
                            KerasTensor.produced(
                                            this, Arguments.of(), Tensors.of(new KerasTensor(type)))
                                    .only();
            tensor = known;
            markBuilt();
        }
        return known;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        throw new TensorException("an input layer is not called", "apply layers to its tensor()");
    }
}
