package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Metric values by name, in alphabetical order, worked out at the first look. */
public final class Logs {
    /** No values. */
    public static final Logs EMPTY = new Logs(Map::of);

    private @Nullable Supplier<Map<String, Double>> source;
    private @Nullable Map<String, Double> values;

    /** Logs whose values {@code source} gives when first asked. */
    public Logs(Supplier<Map<String, Double>> source) {
        this.source = source;
    }

    /** Logs with these values. */
    public static Logs of(Map<String, Double> values) {
        return new Logs(() -> values);
    }

    /** All values by name. A callback may add its own. */
    public Map<String, Double> values() {
        var known = values;
        if (known == null) {
            known = new TreeMap<>();
            if (source != null) {
                known.putAll(source.get());
            }
            values = known;
            source = null;
        }
        return known;
    }

    /** Whether the values have been worked out: these logs are of the past then. */
    public boolean areKnown() {
        return values != null;
    }

    /** The value of a name; null where there is none. */
    public @Nullable Double get(String name) {
        return values().get(name);
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
