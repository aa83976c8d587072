package sungu.keras.activations;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.CustomObjects;
import sungu.keras.config.Names;
import sungu.keras.config.Serialization;
import sungu.keras.ops.Operations;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/**
 * The activation functions by name. Their formulas are those of {@code keras.activations}; see
 * {@link sungu.keras.ops.Operations}.
 */
public final class Activations {
    private static final List<String> NAMES =
            List.of(
                    "celu",
                    "elu",
                    "exponential",
                    "gelu",
                    "glu",
                    "hard_shrink",
                    "hard_sigmoid",
                    "hard_silu",
                    "hard_tanh",
                    "leaky_relu",
                    "linear",
                    "log_sigmoid",
                    "log_softmax",
                    "mish",
                    "relu",
                    "relu6",
                    "selu",
                    "sigmoid",
                    "silu",
                    "soft_shrink",
                    "softmax",
                    "softplus",
                    "softsign",
                    "sparse_plus",
                    "sparse_sigmoid",
                    "sparsemax",
                    "squareplus",
                    "tanh",
                    "tanh_shrink",
                    "threshold");

    /** No activation. */
    public static final Activation LINEAR = new Activation("linear", true, x -> x);

    /** max(x, 0). */
    public static final Activation RELU = of("relu");

    /** 1 / (1 + exp(-x)). */
    public static final Activation SIGMOID = of("sigmoid");

    /** The hyperbolic tangent. */
    public static final Activation TANH = of("tanh");

    /** exp(x) / sum(exp(x)) over the last axis. */
    public static final Activation SOFTMAX = of("softmax");

    /** The form in configs; None stands for {@link #LINEAR}. */
    public static final Codec<Activation> CODEC = new ActivationCodec();

    private static final class ActivationCodec implements Codec<Activation>, Codecs.NullAsDefault {
        @Override
        public @Nullable Object encode(Activation value) {
            return Serialization.serialize(value);
        }

        @Override
        public Activation decode(Object tree) {
            if (tree == Codecs.NULL) {
                return LINEAR;
            }
            return tree instanceof String name
                    ? of(name)
                    : Serialization.deserialize(tree, Activation.class);
        }

        @Override
        public String what() {
            return "an activation";
        }
    }

    private Activations() {}

    /** The activation of that name: one of Keras' or a registered one. */
    public static Activation of(String name) {
        var own =
                switch (name) {
                    case "swish" -> "silu";
                    case "hard_swish" -> "hard_silu";
                    default -> name;
                };
        if (own.equals("linear")) {
            return new Activation("linear", true, x -> x);
        }
        if (NAMES.contains(own)) {
            return new Activation(
                    own,
                    true,
                    x ->
                            (Tensor)
                                    java.util.Objects.requireNonNull(
                                            Operations.require("keras.activations." + own)
                                                    .call(x)));
        }
        if (CustomObjects.find(name) instanceof Activation custom) {
            return custom;
        }
        throw new TensorException(
                "unknown activation '" + name + "'", Names.suggestion(name, NAMES));
    }
}
