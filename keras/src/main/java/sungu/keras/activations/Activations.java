package sungu.keras.activations;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Serialization;
import sungu.tensor.TensorException;

/** The activation functions by name. */
public final class Activations {
    /** No activation. */
    public static final Activation LINEAR = new Activation("linear", true, x -> x);

    /** The form in configs. */
    public static final Codec<Activation> CODEC =
            Codecs.of("an activation", Serialization::serialize, tree -> tree instanceof String name ? of(name) : Serialization.deserialize(tree, Activation.class));

    private Activations() {}

    /** The activation of that name. */
    public static Activation of(String name) {
        return switch (name) {
            case "linear" -> LINEAR;
            default -> throw new TensorException("unknown activation '" + name + "'");
        };
    }
}
