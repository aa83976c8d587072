package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.keras.regularizers.Regularizer;
import sungu.sparse.SparseMath;
import sungu.sparse.SparseTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A fully connected layer: {@code activation(x . kernel + bias)} over the last dimension of inputs
 * of rank 2 and more.
 */
public final class Dense extends Layer.Of<Dense> {
    static final Setting<Integer> UNITS = Setting.integer("units").positive();
    static final Setting<Activation> ACTIVATION =
            WeightSettings.activation("activation", Activations.LINEAR);
    static final Setting<Boolean> USE_BIAS = Setting.flag("use_bias").defaults(true);
    static final Setting<Initializer> KERNEL_INITIALIZER =
            WeightSettings.initializer("kernel_initializer", "glorot_uniform");
    static final Setting<Initializer> BIAS_INITIALIZER =
            WeightSettings.initializer("bias_initializer", "zeros");
    static final Setting<Regularizer> KERNEL_REGULARIZER =
            WeightSettings.regularizer("kernel_regularizer");
    static final Setting<Regularizer> BIAS_REGULARIZER =
            WeightSettings.regularizer("bias_regularizer");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer").sparse();
    static final Setting<Constraint> KERNEL_CONSTRAINT =
            WeightSettings.constraint("kernel_constraint");
    static final Setting<Constraint> BIAS_CONSTRAINT = WeightSettings.constraint("bias_constraint");
    static final Setting<Integer> LORA_RANK =
            Setting.integer("lora_rank").positive().optional().sparse();
    static final Setting<Number> LORA_ALPHA = WeightSettings.loraAlpha();
    static final Setting<QuantizationConfig> QUANTIZATION = WeightSettings.quantization();
    static final ObjectType<Dense> TYPE =
            typed(
                    "Dense",
                    Dense::new,
                    UNITS,
                    ACTIVATION,
                    USE_BIAS,
                    KERNEL_INITIALIZER,
                    BIAS_INITIALIZER,
                    KERNEL_REGULARIZER,
                    BIAS_REGULARIZER,
                    ACTIVITY_REGULARIZER,
                    KERNEL_CONSTRAINT,
                    BIAS_CONSTRAINT,
                    QUANTIZATION,
                    LORA_RANK,
                    LORA_ALPHA);

    private @Nullable Weight kernel;
    private @Nullable Weight bias;
    private @Nullable QuantizedKernel quantized;
    private @Nullable Lora lora;

    private Dense() {
        supportsMasking(true);
        inputSpec(InputSpec.minRank(2));
    }

    /** A layer with that many outputs. */
    public Dense(int units) {
        this();
        set(UNITS, units);
    }

    @Override
    public ObjectType<Dense> type() {
        return TYPE;
    }

    /** The activation by name, such as {@code relu}. */
    public Dense activation(String function) {
        return with(ACTIVATION, Activations.of(function));
    }

    /** The activation. */
    public Dense activation(Activation function) {
        return with(ACTIVATION, function);
    }

    /** The activation as a function. */
    public Dense activation(Activation.Function function) {
        return with(ACTIVATION, Activation.of("custom", function));
    }

    /** Whether a bias is added. */
    public Dense useBias(boolean value) {
        return with(USE_BIAS, value);
    }

    /** How the kernel begins, by name. */
    public Dense kernelInitializer(String named) {
        return with(KERNEL_INITIALIZER, WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the kernel begins. */
    public Dense kernelInitializer(Initializer chosen) {
        return with(KERNEL_INITIALIZER, chosen);
    }

    /** The penalty on the kernel, by name. */
    public Dense kernelRegularizer(String named) {
        return with(KERNEL_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the kernel. */
    public Dense kernelRegularizer(Regularizer chosen) {
        return with(KERNEL_REGULARIZER, chosen);
    }

    /** The limits of the kernel, by name. */
    public Dense kernelConstraint(String named) {
        return with(KERNEL_CONSTRAINT, WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the kernel. */
    public Dense kernelConstraint(Constraint chosen) {
        return with(KERNEL_CONSTRAINT, chosen);
    }

    /** How the bias begins, by name. */
    public Dense biasInitializer(String named) {
        return with(BIAS_INITIALIZER, WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the bias begins. */
    public Dense biasInitializer(Initializer chosen) {
        return with(BIAS_INITIALIZER, chosen);
    }

    /** The penalty on the bias, by name. */
    public Dense biasRegularizer(String named) {
        return with(BIAS_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the bias. */
    public Dense biasRegularizer(Regularizer chosen) {
        return with(BIAS_REGULARIZER, chosen);
    }

    /** The limits of the bias, by name. */
    public Dense biasConstraint(String named) {
        return with(BIAS_CONSTRAINT, WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the bias. */
    public Dense biasConstraint(Constraint chosen) {
        return with(BIAS_CONSTRAINT, chosen);
    }

    /** The penalty on the output, by name. */
    public Dense activityRegularizer(String named) {
        return with(ACTIVITY_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the output. */
    public Dense activityRegularizer(Regularizer chosen) {
        return with(ACTIVITY_REGULARIZER, chosen);
    }

    /**
     * Trains a low-rank adaptation of the kernel instead of the kernel.
     *
     * @param alpha the weight of the adaptation, divided by the rank; the rank if null
     */
    public Dense lora(int rank, @Nullable Double alpha) {
        set(LORA_ALPHA, alpha == null ? (Number) rank : alpha);
        return with(LORA_RANK, rank);
    }

    /** How a quantized kernel is made and used, beyond what the dtype policy says. */
    public Dense quantizationConfig(QuantizationConfig config) {
        return with(QUANTIZATION, config);
    }

    @Override
    protected void build(Shape input) {
        int width = input.dim(-1);
        if (width < 0) {
            throw new TensorException(
                    "the last dimension of the input must be known, got " + input);
        }
        var kernelShape = Shape.of(width, get(UNITS));
        var how = policy().quantization();
        if (how != null) {
            quantized =
                    QuantizedKernel.of(
                            this,
                            how,
                            find(QUANTIZATION),
                            width,
                            get(UNITS),
                            () -> addKernel(kernelShape));
        } else {
            kernel = addKernel(kernelShape);
        }
        if (get(USE_BIAS)) {
            bias =
                    addWeight(
                            "bias",
                            Shape.of(get(UNITS)),
                            get(BIAS_INITIALIZER),
                            find(BIAS_REGULARIZER),
                            find(BIAS_CONSTRAINT),
                            true);
        }
        penalizeActivity(find(ACTIVITY_REGULARIZER));
        inputSpec(InputSpec.minRank(2).axis(-1, width));
        var rank = find(LORA_RANK);
        if (rank != null) {
            addLora(kernelShape, rank);
        }
    }

    /** The kernel and the bias come first, then what the kernel is quantized with. */
    @Override
    public List<Weight> savedWeights() {
        var saved = new ArrayList<>(super.savedWeights());
        saved.sort(
                Comparator.comparingInt(
                        weight -> weight.name().equals("kernel") ? 0 : weight == bias ? 1 : 2));
        return saved;
    }

    private Weight addKernel(Shape shape) {
        return addWeight(
                "kernel",
                shape,
                get(KERNEL_INITIALIZER),
                find(KERNEL_REGULARIZER),
                find(KERNEL_CONSTRAINT),
                true);
    }

    private void addLora(Shape kernelShape, int rank) {
        if (quantized != null && !quantized.takesLora()) {
            throw new TensorException(
                    "argument 'lora_rank' can't go with the dtype policy '" + policy() + "'");
        }
        lora =
                new Lora(
                        this,
                        "kernel",
                        kernelShape,
                        rank,
                        find(LORA_ALPHA),
                        find(KERNEL_REGULARIZER),
                        find(KERNEL_CONSTRAINT));
        if (kernel != null) {
            lora.adapt(kernel);
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var output =
                quantized != null
                        ? quantizedProduct(quantized, input, context.training())
                        : input.matmul(floatKernel());
        if (bias != null) {
            output = output.plus(quantized != null ? quantized.bias(bias.value()) : bias.value());
        }
        return get(ACTIVATION).apply(output);
    }

    /**
     * The layer on a sparse matrix of shape (rows, width): (rows, units). The product costs what
     * the values cost, and gradients flow to the weights and the values.
     *
     * @throws TensorException if the tensor has another rank or width, or the kernel is quantized
     */
    public Tensor apply(SparseTensor x) {
        if (x.rank() != 2) {
            throw new TensorException(
                    "layer '"
                            + name()
                            + "' (Dense): takes sparse tensors of rank 2, got "
                            + x.shape(),
                    "reshape it to rows first: Sparse.reshape(x, rows, width)");
        }
        if (!built()) {
            buildFor(x.shape());
        }
        if (quantized != null) {
            throw new TensorException(
                    "layer '" + name() + "' (Dense): a quantized kernel takes dense inputs only",
                    "make it dense first: Sparse.toDense(x)");
        }
        var dtype = computeDtype();
        var values = x.withValues(x.values().cast(dtype));
        var output = SparseMath.matmul(values, floatKernel().cast(dtype));
        if (bias != null) {
            output = output.plus(bias.value().cast(dtype));
        }
        return get(ACTIVATION).apply(output);
    }

    private Tensor floatKernel() {
        var weights = built(kernel).value();
        return lora == null ? weights : lora.addTo(weights);
    }

    private Tensor quantizedProduct(QuantizedKernel how, Tensor input, boolean training) {
        var product = how.product(input, training);
        return lora == null ? product : product.plus(lora.product(input)).cast(computeDtype());
    }
}
