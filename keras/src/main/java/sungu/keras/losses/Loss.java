package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Configured;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Names;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * What training minimises: how far predictions are from targets.
 *
 * <p>A sub-class gives a value per sample in {@link #call}; weights, masks and the reduction to one
 * number are applied here.
 */
public abstract class Loss extends Configured {
    /** The name. */
    public static final Setting<String> NAME = Setting.text("name").optional();

    /** How values per sample become one number. */
    public static final Setting<String> REDUCTION =
            Setting.text("reduction")
                    .defaults("sum_over_batch_size")
                    .optional()
                    .oneOf(
                            List.of(
                                    "sum_over_batch_size",
                                    "sum",
                                    "none",
                                    "mean",
                                    "mean_with_sample_weight"));

    private @Nullable DType dtype;

    /** For sub-classes. */
    protected Loss() {}

    /** A loss from a function that gives a value per sample. */
    public static Loss of(String name, LossFunction function) {
        return new LossFunctionWrapper(name, function);
    }

    @Override
    protected List<Setting<?>> settings() {
        return List.of(NAME, REDUCTION);
    }

    /** The values per sample, before weights and reduction. */
    protected abstract Tensor call(Tensor yTrue, Tensor yPred);

    /** The name: as set, else made from the class name. */
    public final String name() {
        var name = find(NAME);
        if (name == null) {
            name = KerasConfig.uniqueName(Names.snakeCase(type().className()));
            set(NAME, name);
        }
        return name;
    }

    /** The dtype that targets and predictions are cast to. */
    public final DType dtype() {
        return dtype == null ? KerasConfig.floatx() : dtype;
    }

    final void computeIn(DType chosen) {
        dtype = chosen;
    }

    /** The loss of a batch, reduced. */
    public final Tensor apply(Tensor yTrue, Tensor yPred) {
        return apply(yTrue, yPred, null);
    }

    /**
     * The loss of a batch, reduced; samples may have weights. A mask on the predictions leaves
     * samples out.
     */
    public Tensor apply(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        var values = call(cast(yTrue), cast(yPred));
        var mask = yPred.mask();
        var own = values.mask();
        if (own != null) {
            mask = mask == null ? own : Elements.and(mask, own);
        }
        return WeightedValues.reduce(
                values.withMask(null).cast(dtype()),
                sampleWeight == null ? null : sampleWeight.cast(dtype()),
                mask,
                find(REDUCTION));
    }

    private Tensor cast(Tensor x) {
        return x.dtype() == dtype() ? x : x.cast(dtype());
    }

    @Override
    public java.util.Map<String, @Nullable Object> config() {
        name();
        return super.config();
    }

    /** The settings of every loss, which return the loss itself. */
    public abstract static class Of<S extends Of<S>> extends Loss {
        /** For sub-classes. */
        protected Of() {}

        @SuppressWarnings("unchecked")
        private S self() {
            return (S) this;
        }

        /** Sets a value and returns this. */
        protected final <T> S with(Setting<T> setting, @Nullable T value) {
            set(setting, value);
            return self();
        }

        /** The name. */
        public S name(String name) {
            return with(NAME, name);
        }

        /**
         * How values per sample become one number: sum_over_batch_size, sum, mean,
         * mean_with_sample_weight or none.
         */
        public S reduction(@Nullable String reduction) {
            return with(REDUCTION, reduction);
        }

        /** The dtype that targets and predictions are cast to. */
        public S dtype(DType chosen) {
            computeIn(chosen);
            return self();
        }
    }
}
