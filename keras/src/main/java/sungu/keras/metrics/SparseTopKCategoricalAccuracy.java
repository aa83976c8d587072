package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.Map;

/** How often the target index is among the k largest predictions. */
public final class SparseTopKCategoricalAccuracy
        extends MeanOfFunction<SparseTopKCategoricalAccuracy> {
    static final Setting<Integer> K = Setting.integer("k").defaults(5);
    static final Setting<Boolean> FROM_SORTED_IDS = Setting.flag("from_sorted_ids").defaults(false);
    static final ObjectType<SparseTopKCategoricalAccuracy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "SparseTopKCategoricalAccuracy",
                    SparseTopKCategoricalAccuracy::new,
                    NAME,
                    DTYPE,
                    K,
                    FROM_SORTED_IDS);

    /** With Keras' defaults. */
    public SparseTopKCategoricalAccuracy() {
        set(NAME, "sparse_top_k_categorical_accuracy");
    }

    /** How many predictions count. */
    public SparseTopKCategoricalAccuracy k(int k) {
        return with(K, k);
    }

    /** Whether predictions are class indices, best first. */
    public SparseTopKCategoricalAccuracy fromSortedIds(boolean fromSortedIds) {
        return with(FROM_SORTED_IDS, fromSortedIds);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.sparseTopKCategoricalAccuracy(yTrue, yPred, get(K), get(FROM_SORTED_IDS));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        if (!get(FROM_SORTED_IDS)) {
            config.remove("from_sorted_ids");
        }
        return config;
    }
}
