package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Einsum;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code activation(einsum(equation, x, kernel) + bias)}. */
public final class EinsumDense extends Layer.Of<EinsumDense> {
    static final Setting<List<@Nullable Integer>> OUTPUT_SHAPE =
            Setting.of(
                    "output_shape",
                    Codecs.<List<@Nullable Integer>>of(
                            "an integer or a list of integers or None",
                            list -> list,
                            EinsumDense::decodeShape));
    static final Setting<String> EQUATION = Setting.text("equation");
    static final Setting<Activation> ACTIVATION =
            WeightSettings.activation("activation", Activations.LINEAR);
    static final Setting<String> BIAS_AXES = Setting.text("bias_axes").optional();
    static final WeightSetting KERNEL = WeightSetting.of("kernel", "glorot_uniform");
    static final WeightSetting BIAS = WeightSetting.of("bias", "zeros");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");
    static final Setting<QuantizationConfig> QUANTIZATION = WeightSettings.quantization();
    static final Setting<Integer> LORA_RANK =
            Setting.integer("lora_rank").positive().optional().sparse();
    static final Setting<Number> LORA_ALPHA = WeightSettings.loraAlpha();
    static final ObjectType<EinsumDense> TYPE =
            typed(
                    "EinsumDense",
                    EinsumDense::new,
                    OUTPUT_SHAPE,
                    EQUATION,
                    ACTIVATION,
                    BIAS_AXES,
                    KERNEL.initializer(),
                    BIAS.initializer(),
                    KERNEL.regularizer(),
                    BIAS.regularizer(),
                    ACTIVITY_REGULARIZER,
                    KERNEL.constraint(),
                    BIAS.constraint(),
                    QUANTIZATION,
                    LORA_RANK,
                    LORA_ALPHA);

    private @Nullable Weight kernel;
    private @Nullable Weight bias;
    private @Nullable Lora lora;

    private EinsumDense() {}

    /**
     * A product by an equation of Einstein's notation.
     *
     * @param equation such as {@code abc,cd->abd}; dimensions that are left alone may be dots
     * @param outputShape the output's dimensions after the first; null for those of the input
     */
    public EinsumDense(String equation, @Nullable Integer... outputShape) {
        set(EQUATION, equation);
        set(OUTPUT_SHAPE, Arrays.asList(outputShape));
    }

    private static List<@Nullable Integer> decodeShape(Object tree) {
        var dims = new ArrayList<@Nullable Integer>();
        if (!(tree instanceof List<?> list)) {
            dims.add(Codecs.INTEGER.decode(tree));
            return dims;
        }
        for (var dim : list) {
            dims.add(dim == null ? null : Codecs.INTEGER.decode(dim));
        }
        return dims;
    }

    @Override
    public ObjectType<EinsumDense> type() {
        return TYPE;
    }

    /** The letters of the output's dimensions that have a bias; no bias unless set. */
    public EinsumDense biasAxes(String letters) {
        return with(BIAS_AXES, letters);
    }

    /** The activation by name, such as {@code relu}. */
    public EinsumDense activation(String function) {
        return with(ACTIVATION, Activations.of(function));
    }

    /** The activation. */
    public EinsumDense activation(Activation function) {
        return with(ACTIVATION, function);
    }

    /** How the kernel begins. */
    public EinsumDense kernelInitializer(Initializer chosen) {
        return with(KERNEL.initializer(), chosen);
    }

    /** How the bias begins. */
    public EinsumDense biasInitializer(Initializer chosen) {
        return with(BIAS.initializer(), chosen);
    }

    /** The penalty on the kernel; null for none. */
    public EinsumDense kernelRegularizer(@Nullable Regularizer chosen) {
        set(KERNEL.regularizer(), chosen);
        return this;
    }

    /** The penalty on the bias; null for none. */
    public EinsumDense biasRegularizer(@Nullable Regularizer chosen) {
        set(BIAS.regularizer(), chosen);
        return this;
    }

    /** The penalty on the output; null for none. */
    public EinsumDense activityRegularizer(@Nullable Regularizer chosen) {
        set(ACTIVITY_REGULARIZER, chosen);
        return this;
    }

    /** The limits of the kernel; null for none. */
    public EinsumDense kernelConstraint(@Nullable Constraint chosen) {
        set(KERNEL.constraint(), chosen);
        return this;
    }

    /** The limits of the bias; null for none. */
    public EinsumDense biasConstraint(@Nullable Constraint chosen) {
        set(BIAS.constraint(), chosen);
        return this;
    }

    /**
     * Trains a low-rank adaptation of the kernel instead of the kernel.
     *
     * @param alpha the weight of the adaptation, divided by the rank; the rank if null
     */
    public EinsumDense lora(int rank, @Nullable Double alpha) {
        set(LORA_ALPHA, alpha == null ? (Number) rank : alpha);
        return with(LORA_RANK, rank);
    }

    @Override
    protected void build(Shape input) {
        if (policy().quantization() != null) {
            throw new TensorException(
                    "EinsumDense can't be quantized, got the dtype policy '" + policy() + "'");
        }
        var found = EinsumShapes.of(get(EQUATION), find(BIAS_AXES), input, get(OUTPUT_SHAPE));
        kernel = addWeight("kernel", found.kernel(), KERNEL);
        if (found.bias() != null) {
            bias = addWeight("bias", found.bias(), BIAS);
        }
        penalizeActivity(find(ACTIVITY_REGULARIZER));
        var rank = find(LORA_RANK);
        if (rank != null) {
            lora =
                    new Lora(
                            this,
                            "kernel",
                            found.kernel(),
                            rank,
                            find(LORA_ALPHA),
                            find(KERNEL.regularizer()),
                            find(KERNEL.constraint()));
            lora.adapt(kernel);
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor weights = built(kernel).value();
        var output =
                Einsum.einsum(get(EQUATION), input, lora == null ? weights : lora.addTo(weights));
        if (bias != null) {
            output = output.plus(bias.value());
        }
        return get(ACTIVATION).apply(output);
    }
}
