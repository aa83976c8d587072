package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.CustomObjects;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Serialization;
import sungu.keras.losses.LossFunction;
import sungu.keras.losses.Losses;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.LinkedHashMap;
import java.util.Map;

/** The weighted mean of a user's function of targets and predictions. */
public final class MeanMetricWrapper extends MeanOfFunction<MeanMetricWrapper> {
    static final ObjectType<MeanMetricWrapper> TYPE =
            ObjectType.reading(
                    "keras.metrics", "MeanMetricWrapper", MeanMetricWrapper::read, NAME, DTYPE);

    private final String functionName;
    private final LossFunction function;

    /**
     * The mean of a function that gives a value per sample; the name is that of the function, too.
     */
    public MeanMetricWrapper(String name, LossFunction function) {
        this(name, name, function);
    }

    private MeanMetricWrapper(@Nullable String name, String functionName, LossFunction function) {
        this.functionName = functionName;
        this.function = function;
        set(NAME, name);
    }

    private static MeanMetricWrapper read(Map<String, @Nullable Object> config) {
        var fn = config.get("fn");
        var name =
                fn instanceof Map<?, ?> map
                        ? String.valueOf(map.get("config"))
                        : String.valueOf(fn);
        var registered =
                fn instanceof Map<?, ?> map
                                && map.get("registered_name") instanceof String text
                                && text.contains(">")
                        ? text
                        : name;
        LossFunction function =
                CustomObjects.find(registered) instanceof LossFunction custom
                        ? custom
                        : Losses.function(name);
        if (function == null) {
            function = Metrics.function(name);
        }
        if (function == null) {
            throw new TensorException(
                    "MeanMetricWrapper: unknown function '" + name + "'",
                    "register it: CustomObjects.register(\"MyPackage\", \"" + name + "\", ...)");
        }
        var metric = new MeanMetricWrapper((String) config.get("name"), name, function);
        if (config.get("dtype") instanceof String dtype) {
            metric.set(DTYPE, DType.of(dtype));
        }
        return metric;
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return function.apply(yTrue, yPred);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        var config = new LinkedHashMap<String, @Nullable Object>(super.config());
        config.put("fn", Serialization.object("builtins", "function", functionName, "function"));
        return config;
    }
}
