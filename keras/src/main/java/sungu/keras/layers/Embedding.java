package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Turns positive integers into vectors that are learnt. */
public final class Embedding extends Layer.Of<Embedding> {
    static final Setting<Integer> INPUT_DIM = Setting.integer("input_dim").positive();
    static final Setting<Integer> OUTPUT_DIM = Setting.integer("output_dim").positive();
    static final Setting<Initializer> EMBEDDINGS_INITIALIZER =
            WeightSettings.initializer("embeddings_initializer", "uniform");
    static final Setting<Regularizer> EMBEDDINGS_REGULARIZER =
            WeightSettings.regularizer("embeddings_regularizer");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");
    static final Setting<Constraint> EMBEDDINGS_CONSTRAINT =
            WeightSettings.constraint("embeddings_constraint");
    static final Setting<Boolean> MASK_ZERO = Setting.flag("mask_zero").defaults(false);
    static final Setting<QuantizationConfig> QUANTIZATION = WeightSettings.quantization();
    static final Setting<Integer> LORA_RANK =
            Setting.integer("lora_rank").positive().optional().sparse();
    static final Setting<Number> LORA_ALPHA = WeightSettings.loraAlpha();
    static final ObjectType<Embedding> TYPE =
            typed(
                    "Embedding",
                    Embedding::new,
                    INPUT_DIM,
                    OUTPUT_DIM,
                    EMBEDDINGS_INITIALIZER,
                    EMBEDDINGS_REGULARIZER,
                    ACTIVITY_REGULARIZER,
                    EMBEDDINGS_CONSTRAINT,
                    MASK_ZERO,
                    QUANTIZATION,
                    LORA_RANK,
                    LORA_ALPHA);

    private @Nullable Weight embeddings;
    private @Nullable QuantizedTable quantized;
    private @Nullable Lora lora;

    private Embedding() {}

    /**
     * Vectors for the integers 0 to {@code inputDim - 1}.
     *
     * @param outputDim the size of the vectors
     */
    public Embedding(int inputDim, int outputDim) {
        set(INPUT_DIM, inputDim);
        set(OUTPUT_DIM, outputDim);
    }

    @Override
    public ObjectType<Embedding> type() {
        return TYPE;
    }

    /** How the vectors begin. */
    public Embedding embeddingsInitializer(Initializer initializer) {
        return with(EMBEDDINGS_INITIALIZER, initializer);
    }

    /** How the vectors begin, by name. */
    public Embedding embeddingsInitializer(String name) {
        return with(EMBEDDINGS_INITIALIZER, WeightSettings.INITIALIZER_CODEC.decode(name));
    }

    /** The penalty on the vectors. */
    public Embedding embeddingsRegularizer(Regularizer regularizer) {
        return with(EMBEDDINGS_REGULARIZER, regularizer);
    }

    /** The limits of the vectors. */
    public Embedding embeddingsConstraint(Constraint constraint) {
        return with(EMBEDDINGS_CONSTRAINT, constraint);
    }

    /** Whether 0 stands for padding, which later layers leave out. */
    public Embedding maskZero(boolean on) {
        return with(MASK_ZERO, on);
    }

    /**
     * Trains a low-rank adaptation of the kernel instead of the kernel.
     *
     * @param alpha the weight of the adaptation, divided by the rank; the rank if null
     */
    public Embedding lora(int rank, @Nullable Double alpha) {
        set(LORA_ALPHA, alpha == null ? (Number) rank : alpha);
        return with(LORA_RANK, rank);
    }

    /** How a quantized kernel is made and used, beyond what the dtype policy says. */
    public Embedding quantizationConfig(QuantizationConfig config) {
        return with(QUANTIZATION, config);
    }

    @Override
    protected boolean autocast() {
        return false;
    }

    @Override
    protected void build(Shape input) {
        var shape = Shape.of(get(INPUT_DIM), get(OUTPUT_DIM));
        var how = policy().quantization();
        if (how != null) {
            quantized =
                    new QuantizedTable(
                            this, how, find(QUANTIZATION), get(INPUT_DIM), get(OUTPUT_DIM));
        } else {
            embeddings =
                    addWeight(
                            "embeddings",
                            shape,
                            get(EMBEDDINGS_INITIALIZER),
                            find(EMBEDDINGS_REGULARIZER),
                            find(EMBEDDINGS_CONSTRAINT),
                            true);
        }
        penalizeActivity(find(ACTIVITY_REGULARIZER));
        var rank = find(LORA_RANK);
        if (rank != null) {
            lora =
                    new Lora(
                            this,
                            "embeddings",
                            shape,
                            rank,
                            find(LORA_ALPHA),
                            find(EMBEDDINGS_REGULARIZER),
                            find(EMBEDDINGS_CONSTRAINT));
            if (embeddings != null) {
                lora.adapt(embeddings);
            }
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var given =
                input.dtype() == DType.INT32 || input.dtype() == DType.INT64
                        ? input
                        : input.cast(DType.INT32);
        // Negative numbers count from the end.
        var indices = Elements.select(given.less(0), given.plus((long) get(INPUT_DIM)), given);
        var rows =
                quantized != null
                        ? quantized.rows(indices)
                        : Indexing.gather(built(embeddings).value(), indices, 0);
        return (lora == null ? rows : rows.plus(lora.rows(indices))).cast(computeDtype());
    }

    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        if (!get(MASK_ZERO)) {
            return null;
        }
        var indices = arguments.tensors().getFirst();
        return Elements.notEqual(indices, Elements.weak(0, indices));
    }
}
