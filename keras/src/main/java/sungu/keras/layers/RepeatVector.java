package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** Each row several times, as a sequence. */
public final class RepeatVector extends Layer.Of<RepeatVector> {
    static final Setting<Integer> N = Setting.integer("n").positive();
    static final ObjectType<RepeatVector> TYPE = typed("RepeatVector", RepeatVector::new, N);

    private RepeatVector() {
        inputSpec(InputSpec.rank(2));
    }

    /** Sequences of that many steps. */
    public RepeatVector(int n) {
        this();
        set(N, n);
    }

    @Override
    public ObjectType<RepeatVector> type() {
        return TYPE;
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var steps = Movements.expandDims(input, 1);
        return Movements.broadcastTo(steps, steps.shape().with(1, get(N)));
    }
}
