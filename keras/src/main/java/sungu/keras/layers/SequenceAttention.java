package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Setting;
import sungu.keras.random.Dropouts;
import sungu.keras.random.SeedGenerator;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/**
 * Values weighted by the softmax of scores of queries and keys. It is called with a list of query
 * (rows, T, size), value (rows, S, size) and perhaps key; the arguments {@code mask} (a list),
 * {@code use_causal_mask} and {@code return_attention_scores} go by name.
 */
abstract class SequenceAttention<S extends SequenceAttention<S>> extends RandomLayer<S> {
    static final Setting<Double> DROPOUT = Setting.number("dropout").defaults(0.0);

    SequenceAttention() {}

    /** The share of attention weights that is dropped in training. */
    public S dropout(double rate) {
        return with(DROPOUT, rate);
    }

    @Override
    final boolean isRandom() {
        return get(DROPOUT) > 0;
    }

    /** How much each query looks at each key: (rows, T, S). */
    abstract Tensor scores(Tensor query, Tensor key);

    /** Makes the weights for the shape of the query. */
    abstract void addWeights(Shape query);

    @Override
    protected final List<String> parameters() {
        return List.of("inputs", "mask", "training", "return_attention_scores", "use_causal_mask");
    }

    private static void checkCount(String what, int count) {
        if (count < 2 || count > 3) {
            throw new TensorException(
                    "takes a list of 2 or 3 " + what + " (query, value, key), got " + count);
        }
    }

    @Override
    protected void build(List<Shape> inputs) {
        checkCount("inputs", inputs.size());
        settle();
        addWeights(inputs.getFirst());
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        if (!(Tensors.ofNested(arguments.positional().getFirst()) instanceof Tensors.Items items)) {
            throw new TensorException("takes a list of inputs (query, value, key), got one tensor");
        }
        var inputs = items.flat();
        checkCount("inputs", inputs.size());
        var query = inputs.get(0);
        var value = inputs.get(1);
        var queryMask = mask(arguments.named().get("mask"), 0, query);
        var valueMask = mask(arguments.named().get("mask"), 1, value);
        var logits = scores(query, inputs.size() > 2 ? inputs.get(2) : value);
        boolean causal = arguments.named().get("use_causal_mask") instanceof Boolean on && on;
        var open = open(logits.shape(), valueMask, causal);
        if (open != null) {
            double far = logits.dtype() == DType.FLOAT16 ? 65504 : 1e9;
            logits = Elements.select(open, logits, logits.minus(far));
        }
        var weights = Nets.softmax(logits, -1);
        if (context.training() && isRandom()) {
            weights =
                    Dropouts.drop(
                            weights,
                            get(DROPOUT),
                            weights.shape(),
                            SeedGenerator.reduced(nextSeed()));
        }
        var output = weights.matmul(value);
        if (queryMask != null) {
            output =
                    Elements.select(
                                    Movements.expandDims(queryMask, -1),
                                    output,
                                    Elements.zerosLike(output))
                            .withMask(queryMask);
        }
        return arguments.named().get("return_attention_scores") instanceof Boolean both && both
                ? Tensors.of(output, weights)
                : Tensors.of(output);
    }

    private static @Nullable Tensor mask(@Nullable Object given, int position, Tensor of) {
        if (given == null) {
            return of.mask() == null ? null : of.mask().cast(DType.BOOL);
        }
        if (!(given instanceof List<?> masks)) {
            throw new TensorException("argument 'mask' must be a list of masks");
        }
        checkCount("masks", masks.size());
        return masks.get(position) instanceof Tensor mask ? mask.cast(DType.BOOL) : null;
    }

    private static @Nullable Tensor open(Shape scores, @Nullable Tensor valueMask, boolean causal) {
        var open = valueMask == null ? null : Movements.expandDims(valueMask, -2);
        if (!causal) {
            return open;
        }
        int rows = scores.dim(-2);
        int columns = scores.dim(-1);
        var past =
                Elements.greaterEqual(
                        Movements.reshape(Movements.iota(rows, DType.INT32), 1, rows, 1),
                        Movements.reshape(Movements.iota(columns, DType.INT32), 1, 1, columns));
        return open == null ? past : Elements.and(open, past);
    }
}
