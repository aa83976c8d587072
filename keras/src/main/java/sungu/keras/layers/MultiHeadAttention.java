package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Einsum;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Attention in several heads, each with projections of its own; see {@link ProjectedAttention} for
 * the arguments of a call.
 */
public final class MultiHeadAttention extends ProjectedAttention<MultiHeadAttention> {
    static final Setting<Integer> NUM_HEADS = Setting.integer("num_heads").positive();
    static final Setting<Integer> KEY_DIM = Setting.integer("key_dim").positive();
    static final Setting<Integer> VALUE_DIM = Setting.integer("value_dim").positive().optional();
    static final Setting<List<Integer>> OUTPUT_SHAPE = Setting.ints("output_shape").optional();
    static final Setting<List<Integer>> ATTENTION_AXES = Setting.ints("attention_axes").optional();
    static final ObjectType<MultiHeadAttention> TYPE =
            typed(
                    "MultiHeadAttention",
                    MultiHeadAttention::new,
                    NUM_HEADS,
                    KEY_DIM,
                    VALUE_DIM,
                    DROPOUT,
                    USE_BIAS,
                    USE_GATE,
                    OUTPUT_SHAPE,
                    ATTENTION_AXES,
                    SLIDING_WINDOW,
                    KERNEL.initializer(),
                    BIAS.initializer(),
                    KERNEL.regularizer(),
                    BIAS.regularizer(),
                    ACTIVITY_REGULARIZER,
                    KERNEL.constraint(),
                    BIAS.constraint(),
                    RandomLayer.SEED);

    private int[] attended = {};

    private MultiHeadAttention() {
        super("");
    }

    /**
     * That many heads.
     *
     * @param keyDim the size of queries and keys in each head, and of values unless {@link
     *     #valueDim} is set
     */
    public MultiHeadAttention(int numHeads, int keyDim) {
        this();
        set(NUM_HEADS, numHeads);
        set(KEY_DIM, keyDim);
    }

    @Override
    public ObjectType<MultiHeadAttention> type() {
        return TYPE;
    }

    /** The size of values in each head. */
    public MultiHeadAttention valueDim(int size) {
        return with(VALUE_DIM, size);
    }

    /** The last dimensions of the output; that of the query unless set. */
    public MultiHeadAttention outputShape(int... dims) {
        return with(OUTPUT_SHAPE, IntStream.of(dims).boxed().toList());
    }

    /** The axes over which queries look; all but the first and last one unless set. */
    public MultiHeadAttention attentionAxes(int... axes) {
        return with(ATTENTION_AXES, IntStream.of(axes).boxed().toList());
    }

    private int values() {
        var size = find(VALUE_DIM);
        return size == null ? get(KEY_DIM) : size;
    }

    private static String letters(int from, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + from + i));
        }
        return text.toString();
    }

    /** A product over the last {@code bound} dimensions of an input with {@code free} others. */
    private EinsumDense dense(String name, int free, int bound, int... sizes) {
        var kept = letters(0, free);
        var summed = letters(free, bound);
        var made = letters(free + bound, sizes.length);
        var shape = new @Nullable Integer[free - 1 + sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            shape[free - 1 + i] = sizes[i];
        }
        var equation = kept + summed + "," + summed + made + "->" + kept + made;
        return projection(name, equation, made, shape);
    }

    @Override
    Parts makeParts(Shape query, Shape value, Shape key) {
        int heads = get(NUM_HEADS);
        int free = query.rank() - 1;
        int rank = free + 2;
        @Nullable List<Integer> axes = find(ATTENTION_AXES);
        attended =
                axes == null
                        ? IntStream.range(1, rank - 2).toArray()
                        : axes.stream()
                                .mapToInt(axis -> axis < 0 ? axis + rank - 1 : axis)
                                .toArray();
        @Nullable List<Integer> output = find(OUTPUT_SHAPE);
        var out =
                output == null || output.isEmpty()
                        ? new int[] {query.dim(-1)}
                        : Windowed.array(output);
        return new Parts(
                dense("query", free, 1, heads, get(KEY_DIM)),
                dense("key", key.rank() - 1, 1, heads, get(KEY_DIM)),
                dense("value", value.rank() - 1, 1, heads, values()),
                dense("attention_output", free, 2, out),
                get(USE_GATE)
                        ? dense("gate", free, 1, heads, values()).activation("sigmoid")
                        : null,
                makeDropout());
    }

    /** As in Keras, the mask on the query counts, not the one given as an argument. */
    @Override
    @Nullable Tensor queryMask(@Nullable Tensor given, Tensor query) {
        return query.mask();
    }

    @Override
    Shape attended(Shape query, Shape value) {
        return query.remove(query.rank() - 1).concat(Shape.of(get(NUM_HEADS), values()));
    }

    @Override
    Heads attend(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            boolean scores,
            boolean training) {
        double scale = 1 / Math.sqrt(get(KEY_DIM));
        if (query.rank() == 4 && !scores && get(DROPOUT) == 0) {
            return new Heads(
                    HeadAttention.apply(query, key, value, forHeads(mask, 4, 2), scale), null);
        }
        var form = equations(query.rank());
        var product = Einsum.einsum(form.product, key, query.times(scale));
        int count = attended.length;
        var axes = IntStream.range(product.rank() - count, product.rank()).toArray();
        var weights =
                HeadAttention.softmax(product, forHeads(mask, product.rank(), 2 * count), axes);
        var used = parts().dropout().apply(weights, training);
        return new Heads(Einsum.einsum(form.combination, used, value), weights);
    }

    private record Equations(String product, String combination) {}

    /** The equations over the attended axes: all others are done side by side. */
    private Equations equations(int rank) {
        var target = letters(0, rank);
        var source = new StringBuilder(target);
        var looking = new StringBuilder();
        var seen = new StringBuilder();
        for (int i = 0; i < attended.length; i++) {
            char letter = (char) ('a' + rank + i);
            source.setCharAt(attended[i], letter);
            looking.append(target.charAt(attended[i]));
            seen.append(letter);
        }
        var beside = new StringBuilder();
        for (int i = 0; i < rank - 1; i++) {
            int axis = i;
            if (IntStream.of(attended).noneMatch(a -> a == axis)) {
                beside.append(target.charAt(i));
            }
        }
        var weights = beside.toString() + looking + seen;
        return new Equations(
                source + "," + target + "->" + weights, weights + "," + source + "->" + target);
    }

    /** Files have the sizes and axes that are in effect. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("value_dim", values());
        if (built()) {
            config.put("attention_axes", IntStream.of(attended).boxed().toList());
        }
        return config;
    }
}
