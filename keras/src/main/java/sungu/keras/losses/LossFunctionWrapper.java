package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.CustomObjects;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Serialization;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.LinkedHashMap;
import java.util.Map;

/** A loss from a function of targets and predictions. */
public final class LossFunctionWrapper extends Loss.Of<LossFunctionWrapper> {
    static final ObjectType<LossFunctionWrapper> TYPE =
            ObjectType.reading(
                    "keras.losses",
                    "LossFunctionWrapper",
                    LossFunctionWrapper::read,
                    NAME,
                    REDUCTION);

    private final String functionName;
    private final LossFunction function;

    /**
     * A loss from a function that gives a value per sample; the name is that of the function, too.
     */
    public LossFunctionWrapper(String name, LossFunction function) {
        this(name, name, function);
    }

    private LossFunctionWrapper(@Nullable String name, String functionName, LossFunction function) {
        this.functionName = functionName;
        this.function = function;
        set(NAME, name);
    }

    private static LossFunctionWrapper read(Map<String, @Nullable Object> config) {
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
        var function =
                CustomObjects.find(registered) instanceof LossFunction custom
                        ? custom
                        : Losses.function(name);
        if (function == null) {
            throw new TensorException(
                    "LossFunctionWrapper: unknown function '" + name + "'",
                    "register it: CustomObjects.register(\"MyPackage\", \"" + name + "\", ...)");
        }
        var loss = new LossFunctionWrapper((String) config.get("name"), name, function);
        if (config.containsKey("reduction")) {
            loss.set(REDUCTION, (String) config.get("reduction"));
        }
        return loss;
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return function.apply(pair.first(), pair.second());
    }

    @Override
    public Map<String, @Nullable Object> config() {
        var config = new LinkedHashMap<String, @Nullable Object>(super.config());
        config.put("fn", Serialization.object("builtins", "function", functionName, "function"));
        return config;
    }
}
