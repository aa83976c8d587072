package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Map;

/**
 * Attention of projected queries to projected keys, head by head (Vaswani et al., "Attention is All
 * You Need", 2017).
 *
 * <p>It is called with query (rows, T, ...), value (rows, S, ...) and perhaps key, by position or
 * by name; the arguments {@code attention_mask}, {@code query_mask}, {@code value_mask}, {@code
 * key_mask}, {@code use_causal_mask} and {@code return_attention_scores} go by name.
 */
abstract class ProjectedAttention<S extends ProjectedAttention<S>> extends Layer.Of<S> {
    static final Setting<Double> DROPOUT = Setting.number("dropout").defaults(0.0);
    static final Setting<Boolean> USE_BIAS = Setting.flag("use_bias").defaults(true);
    static final Setting<Boolean> USE_GATE = Setting.flag("use_gate").defaults(false);
    static final Setting<Integer> SLIDING_WINDOW =
            Setting.integer("sliding_window").positive().optional();
    static final WeightSetting KERNEL = WeightSetting.of("kernel", "glorot_uniform");
    static final WeightSetting BIAS = WeightSetting.of("bias", "zeros");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");

    private static final List<String> INPUTS = List.of("query", "value", "key");

    private final String prefix;
    private boolean flash;
    private @Nullable Parts parts;

    /** The layers inside. */
    record Parts(
            EinsumDense query,
            EinsumDense key,
            EinsumDense value,
            EinsumDense output,
            @Nullable EinsumDense gate,
            Dropout dropout) {}

    /**
     * @param prefix what is put before the names that the projections have in weight files
     */
    ProjectedAttention(String prefix) {
        this.prefix = prefix;
    }

    /** The share of attention weights that is dropped in training. */
    public S dropout(double rate) {
        return with(DROPOUT, rate);
    }

    /** Whether projections have biases. */
    public S useBias(boolean on) {
        return with(USE_BIAS, on);
    }

    /** Whether the output of each head is scaled by a gate that follows from the query. */
    public S useGate(boolean on) {
        return with(USE_GATE, on);
    }

    /** How far from its own position a query sees: less than this. */
    public S slidingWindow(int size) {
        return with(SLIDING_WINDOW, size);
    }

    /** Accepted as in Keras; there is one way to compute here. No dropout goes with it. */
    @SuppressWarnings("unchecked")
    public S flashAttention(boolean on) {
        flash = on;
        return (S) this;
    }

    /** How the kernels begin. */
    public S kernelInitializer(Initializer chosen) {
        return with(KERNEL.initializer(), chosen);
    }

    /** How the biases begin. */
    public S biasInitializer(Initializer chosen) {
        return with(BIAS.initializer(), chosen);
    }

    /** The penalty on the kernels. */
    public S kernelRegularizer(Regularizer chosen) {
        return with(KERNEL.regularizer(), chosen);
    }

    /** The penalty on the biases. */
    public S biasRegularizer(Regularizer chosen) {
        return with(BIAS.regularizer(), chosen);
    }

    /** The limits of the kernels. */
    public S kernelConstraint(Constraint chosen) {
        return with(KERNEL.constraint(), chosen);
    }

    /** The limits of the biases. */
    public S biasConstraint(Constraint chosen) {
        return with(BIAS.constraint(), chosen);
    }

    /** The seed of dropout. */
    public S seed(int seed) {
        return with(RandomLayer.SEED, seed);
    }

    @Override
    protected final List<String> parameters() {
        return List.of(
                "query",
                "value",
                "key",
                "query_mask",
                "value_mask",
                "key_mask",
                "attention_mask",
                "return_attention_scores",
                "training",
                "use_causal_mask");
    }

    @Override
    protected final List<String> builtFor() {
        return INPUTS;
    }

    /** Makes the projections for the shapes of query, value and key. */
    abstract Parts makeParts(Shape query, Shape value, Shape key);

    final Parts parts() {
        var known = parts;
        if (known == null) {
            throw new TensorException("the layer is not built yet");
        }
        return known;
    }

    @Override
    protected void build(List<Shape> inputs) {
        if (inputs.size() < 2) {
            throw new TensorException(
                    "takes a query and a value, got " + inputs.size() + " input(s)");
        }
        var query = inputs.get(0);
        var value = inputs.get(1);
        var key = inputs.size() > 2 ? inputs.get(2) : value;
        if (flash && get(DROPOUT) > 0) {
            throw new TensorException("flash attention can't go with dropout");
        }
        if (key.rank() != value.rank()
                || !key.slice(1, key.rank() - 1).equals(value.slice(1, value.rank() - 1))) {
            throw new TensorException(
                    "value and key must have the same dimensions except for the first and last,"
                            + " got "
                            + value
                            + " and "
                            + key);
        }
        var made = makeParts(query, value, key);
        parts = made;
        track(prefix + "query_dense", made.query).buildFor(query);
        track(prefix + "key_dense", made.key).buildFor(key);
        if (made.gate != null) {
            track(prefix + "gate_dense", made.gate).buildFor(query);
        }
        track(prefix + "value_dense", made.value).buildFor(value);
        track(prefix + "dropout_layer", made.dropout);
        track(prefix + "output_dense", made.output).buildFor(attended(query, value));
    }

    /** The shape of the outputs of all heads. */
    abstract Shape attended(Shape query, Shape value);

    /** A projection with the settings of this layer. */
    final EinsumDense projection(
            String name, String equation, String biasAxes, @Nullable Integer... outputShape) {
        var dense =
                new EinsumDense(equation, outputShape)
                        .name(name)
                        .kernelInitializer(again(get(KERNEL.initializer())))
                        .biasInitializer(again(get(BIAS.initializer())))
                        .kernelRegularizer(find(KERNEL.regularizer()))
                        .biasRegularizer(find(BIAS.regularizer()))
                        .activityRegularizer(find(ACTIVITY_REGULARIZER))
                        .kernelConstraint(find(KERNEL.constraint()))
                        .biasConstraint(find(BIAS.constraint()))
                        .with(DTYPE, policy());
        return get(USE_BIAS) ? dense.biasAxes(biasAxes) : dense;
    }

    /** An initializer with the same settings, which draws a seed of its own if it has none. */
    private static Initializer again(Initializer initializer) {
        var type = initializer.type();
        return type.module().equals("keras.initializers")
                ? (Initializer) type.create(initializer.config())
                : initializer;
    }

    final Dropout makeDropout() {
        var layer = new Dropout(get(DROPOUT)).with(DTYPE, policy());
        var seed = find(RandomLayer.SEED);
        return seed == null ? layer : layer.seed(seed);
    }

    private record Call(Map<String, @Nullable Object> named) {
        @Nullable Tensor tensor(String name) {
            return named.get(name) == null
                    ? null
                    : Tensors.ofNested(java.util.Objects.requireNonNull(named.get(name))).only();
        }

        boolean flag(String name) {
            return named.get(name) instanceof Boolean on && on;
        }

        /** A mask given by name, else that of the tensor. */
        @Nullable Tensor mask(String name, @Nullable Tensor of) {
            var given = tensor(name);
            var mask = given != null ? given : of == null ? null : of.mask();
            return mask == null ? null : mask.cast(DType.BOOL);
        }
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var given = new Call(arguments.named());
        var query = input(arguments);
        var value = given.tensor("value");
        if (value == null) {
            throw new TensorException("argument 'value' is missing");
        }
        @Nullable Tensor ownKey = given.tensor("key");
        var key = ownKey == null ? value : ownKey;
        @Nullable Tensor queryMask = queryMask(given.tensor("query_mask"), query);
        queryMask = queryMask == null ? null : queryMask.cast(DType.BOOL);
        var mask =
                mask(
                        given,
                        query,
                        value,
                        queryMask,
                        given.mask("value_mask", value),
                        given.mask("key_mask", ownKey));
        boolean scores = given.flag("return_attention_scores");
        var inside = parts();
        var gate = inside.gate == null ? null : inside.gate.apply(query);
        var heads =
                attend(
                        inside.query.apply(query),
                        inside.key.apply(key),
                        inside.value.apply(value),
                        mask,
                        scores,
                        context.training());
        var output = inside.output.apply(gate == null ? heads.output : heads.output.times(gate));
        if (queryMask != null) {
            output = output.withMask(queryMask);
        }
        return scores && heads.scores != null
                ? Tensors.of(output, heads.scores)
                : Tensors.of(output);
    }

    /**
     * Heads side by side.
     *
     * @param scores the attention weights, where they were asked for
     */
    record Heads(Tensor output, @Nullable Tensor scores) {}

    /** The mask that counts for the query. */
    abstract @Nullable Tensor queryMask(@Nullable Tensor given, Tensor query);

    /** Attention of projected tensors. */
    abstract Heads attend(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            boolean scores,
            boolean training);

    /** All masks joined: (rows or 1, T, S), true where a query may look. */
    private @Nullable Tensor mask(
            Call given,
            Tensor query,
            Tensor value,
            @Nullable Tensor queryMask,
            @Nullable Tensor valueMask,
            @Nullable Tensor keyMask) {
        @Nullable Tensor mask = given.tensor("attention_mask");
        mask = mask == null ? null : mask.cast(DType.BOOL);
        mask = both(mask, queryMask == null ? null : Movements.expandDims(queryMask, -1));
        mask = both(mask, valueMask == null ? null : Movements.expandDims(valueMask, -2));
        mask = both(mask, keyMask == null ? null : Movements.expandDims(keyMask, -2));
        var window = find(SLIDING_WINDOW);
        boolean causal = given.flag("use_causal_mask");
        if (window == null && !causal) {
            return mask;
        }
        int rows = query.shape().dim(1);
        int columns = value.shape().dim(1);
        var ahead =
                Movements.reshape(Movements.iota(columns, DType.INT32), 1, 1, columns)
                        .minus(Movements.reshape(Movements.iota(rows, DType.INT32), 1, rows, 1));
        if (causal) {
            mask = both(mask, Elements.lessEqual(ahead, Elements.zerosLike(ahead)));
        }
        return window == null
                ? mask
                : both(mask, Elements.less(Elements.abs(ahead), Elements.weak(window, ahead)));
    }

    private static @Nullable Tensor both(@Nullable Tensor x, @Nullable Tensor y) {
        return x == null ? y : y == null ? x : Elements.and(x, y);
    }

    /** A mask with dimensions for the heads before its {@code tail} last ones. */
    static @Nullable Tensor forHeads(@Nullable Tensor mask, int rank, int tail) {
        if (mask == null) {
            return null;
        }
        Tensor wide = mask;
        while (wide.rank() < rank) {
            wide = Movements.expandDims(wide, Math.max(0, wide.rank() - tail));
        }
        return wide;
    }
}
