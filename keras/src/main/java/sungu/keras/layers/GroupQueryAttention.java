package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Einsum;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * Attention in several heads of which groups share keys and values (Ainslie et al., "GQA", 2023);
 * see {@link ProjectedAttention} for the arguments of a call.
 */
public final class GroupQueryAttention extends ProjectedAttention<GroupQueryAttention> {
    static final Setting<Integer> HEAD_DIM = Setting.integer("head_dim").positive();
    static final Setting<Integer> NUM_QUERY_HEADS = Setting.integer("num_query_heads").positive();
    static final Setting<Integer> NUM_KEY_VALUE_HEADS =
            Setting.integer("num_key_value_heads").positive();
    static final ObjectType<GroupQueryAttention> TYPE =
            typed(
                    "GroupQueryAttention",
                    GroupQueryAttention::new,
                    HEAD_DIM,
                    NUM_QUERY_HEADS,
                    NUM_KEY_VALUE_HEADS,
                    USE_BIAS,
                    USE_GATE,
                    SLIDING_WINDOW,
                    DROPOUT,
                    KERNEL.initializer(),
                    BIAS.initializer(),
                    KERNEL.regularizer(),
                    BIAS.regularizer(),
                    ACTIVITY_REGULARIZER,
                    KERNEL.constraint(),
                    BIAS.constraint(),
                    RandomLayer.SEED);

    private GroupQueryAttention() {
        super("_");
    }

    /**
     * That many heads for queries, and fewer for keys and values.
     *
     * @param headDim the size of queries, keys and values in each head
     */
    public GroupQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
        this();
        set(HEAD_DIM, headDim);
        set(NUM_QUERY_HEADS, numQueryHeads);
        set(NUM_KEY_VALUE_HEADS, numKeyValueHeads);
    }

    @Override
    public ObjectType<GroupQueryAttention> type() {
        return TYPE;
    }

    /** In Keras the class has another name than the one it is known by. */
    @Override
    public String shownClass() {
        return "GroupedQueryAttention";
    }

    @Override
    protected void configured() {
        super.configured();
        if (get(NUM_QUERY_HEADS) % get(NUM_KEY_VALUE_HEADS) != 0) {
            throw new TensorException(
                    "GroupQueryAttention: argument 'num_query_heads' ("
                            + get(NUM_QUERY_HEADS)
                            + ") must be a multiple of 'num_key_value_heads' ("
                            + get(NUM_KEY_VALUE_HEADS)
                            + ")");
        }
    }

    private EinsumDense heads(String name, int count) {
        return projection(name, "abc,cde->abde", "de", null, count, get(HEAD_DIM));
    }

    @Override
    Parts makeParts(Shape query, Shape value, Shape key) {
        configured();
        int many = get(NUM_QUERY_HEADS);
        int few = get(NUM_KEY_VALUE_HEADS);
        return new Parts(
                heads("query", many),
                heads("key", few),
                heads("value", few),
                projection("attention_output", "abcd,cde->abe", "e", null, query.dim(-1)),
                get(USE_GATE) ? heads("gate", many).activation("sigmoid") : null,
                makeDropout());
    }

    @Override
    @Nullable Tensor queryMask(@Nullable Tensor given, Tensor query) {
        return given != null ? given : query.mask();
    }

    @Override
    Shape attended(Shape query, Shape value) {
        return query.remove(2).concat(Shape.of(get(NUM_QUERY_HEADS), get(HEAD_DIM)));
    }

    @Override
    Heads attend(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            boolean scores,
            boolean training) {
        double scale = 1 / Math.sqrt(get(HEAD_DIM));
        int each = get(NUM_QUERY_HEADS) / get(NUM_KEY_VALUE_HEADS);
        var keys = UpSampling.repeat(key, 2, each);
        var values = UpSampling.repeat(value, 2, each);
        var open = forHeads(mask, 4, 2);
        if (!scores && get(DROPOUT) == 0) {
            return new Heads(HeadAttention.apply(query, keys, values, open, scale), null);
        }
        var product = Einsum.einsum("bqhd,bkhd->bhqk", query.times(scale), keys);
        var weights = HeadAttention.softmax(product, open, 3);
        var used = parts().dropout().apply(weights, training);
        return new Heads(Einsum.einsum("bhqk,bkhd->bqhd", used, values), weights);
    }
}
