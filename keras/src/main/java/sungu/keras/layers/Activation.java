package sungu.keras.layers;

import sungu.keras.activations.Activation.Function;
import sungu.keras.activations.Activations;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** An activation function as a layer. */
public final class Activation extends Layer.Of<Activation> {
    static final Setting<sungu.keras.activations.Activation> ACTIVATION =
            Setting.of("activation", Activations.CODEC);
    static final ObjectType<Activation> TYPE = typed("Activation", Activation::new, ACTIVATION);

    private Activation() {
        supportsMasking(true);
    }

    /** The activation of that name, such as {@code relu}. */
    public Activation(String name) {
        this(Activations.of(name));
    }

    /** An activation. */
    public Activation(sungu.keras.activations.Activation activation) {
        this();
        set(ACTIVATION, activation);
    }

    /** A function as activation. */
    public Activation(Function function) {
        this(sungu.keras.activations.Activation.of("custom", function));
    }

    @Override
    public ObjectType<Activation> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return get(ACTIVATION).apply(input);
    }
}
