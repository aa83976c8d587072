package sungu.keras.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.Variable;

/** The weighted mean of values. */
public final class Mean extends Metric {
    static final Setting<String> NAME = Setting.text("name").defaults("mean");
    static final ObjectType<Mean> TYPE = ObjectType.of("keras.metrics", "Mean", () -> new Mean("mean"), NAME);

    private final Variable total = new Variable(Tensor.zeros(Shape.SCALAR, DType.FLOAT32), "total").trainable(false);
    private final Variable count = new Variable(Tensor.zeros(Shape.SCALAR, DType.FLOAT32), "count").trainable(false);

    /** A mean with this name in logs. */
    public Mean(String name) {
        set(NAME, name);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public String name() {
        return get(NAME);
    }

    /** Takes values into account; weights broadcast to them. */
    public void update(Tensor values, @Nullable Tensor weights) {
        var x = values.cast(DType.FLOAT32);
        var w = weights == null ? Elements.onesLike(x) : weights.cast(DType.FLOAT32);
        total.assignAdd(x.times(w).sum());
        count.assignAdd(Elements.broadcastLike(w, x).sum());
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        update(yTrue, sampleWeight);
    }

    @Override
    public Tensor result() {
        return Elements.divideNoNan(total.value(), count.value());
    }

    @Override
    public void reset() {
        total.assign(Tensor.zeros(Shape.SCALAR, DType.FLOAT32));
        count.assign(Tensor.zeros(Shape.SCALAR, DType.FLOAT32));
    }

    @Override
    public List<Variable> variables() {
        return List.of(total, count);
    }
}
