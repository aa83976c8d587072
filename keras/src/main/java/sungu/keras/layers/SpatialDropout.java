package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Setting;
import sungu.keras.random.Dropouts;
import sungu.keras.random.SeedGenerator;
import sungu.tensor.Tensor;

import java.util.Map;

/** A dropout of whole channels (Tompson et al., "Efficient Object Localization", 2014). */
abstract class SpatialDropout<S extends SpatialDropout<S>> extends RandomLayer<S> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();

    /**
     * @param count the number of spatial dimensions
     */
    SpatialDropout(int count) {
        supportsMasking(true);
        inputSpec(InputSpec.rank(count + 2));
    }

    @Override
    final boolean isRandom() {
        return get(RATE) > 0;
    }

    /** The axis of the channels. */
    abstract int channelAxis();

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (!context.training() || !isRandom()) {
            return input;
        }
        var noise = input.shape();
        int channels = noise.axis(channelAxis());
        for (int i = 1; i < noise.rank(); i++) {
            noise = i == channels ? noise : noise.with(i, 1);
        }
        return Dropouts.drop(input, get(RATE), noise, SeedGenerator.reduced(nextSeed()));
    }

    /** Keras' classes of this family take no argument {@code trainable}. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.remove("trainable");
        return config;
    }
}
