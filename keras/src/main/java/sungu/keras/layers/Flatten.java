package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Each row as a vector. */
public final class Flatten extends Layer.Of<Flatten> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final ObjectType<Flatten> TYPE = typed("Flatten", Flatten::new, DATA_FORMAT);

    /** Each row as a vector. */
    public Flatten() {
        inputSpec(InputSpec.minRank(1));
    }

    @Override
    public ObjectType<Flatten> type() {
        return TYPE;
    }

    /**
     * {@code channels_last} or {@code channels_first}: the elements come out in the order of the
     * former.
     */
    public Flatten dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        int rank = input.rank();
        Tensor x = input;
        if (get(DATA_FORMAT).equals("channels_first") && rank > 1) {
            var order = new int[rank];
            for (int i = 1; i < rank - 1; i++) {
                order[i] = i + 1;
            }
            order[rank - 1] = 1;
            x = Movements.transpose(x, order);
        }
        int rows = input.shape().dim(0);
        int width = 1;
        for (int i = 1; i < rank; i++) {
            width *= input.shape().dim(i);
        }
        return Movements.reshape(x, Shape.of(rows, width));
    }
}
