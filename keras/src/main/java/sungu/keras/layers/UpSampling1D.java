package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** Each step of a sequence several times. */
public final class UpSampling1D extends Layer.Of<UpSampling1D> {
    static final Setting<Integer> SIZE = Setting.integer("size").positive().defaults(2);
    static final ObjectType<UpSampling1D> TYPE = typed("UpSampling1D", UpSampling1D::new, SIZE);

    /** Each step twice. */
    public UpSampling1D() {
        inputSpec(InputSpec.rank(3));
    }

    /** Each step that many times. */
    public UpSampling1D(int size) {
        this();
        set(SIZE, size);
    }

    @Override
    public ObjectType<UpSampling1D> type() {
        return TYPE;
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return UpSampling.repeat(input, 1, get(SIZE));
    }
}
