package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

/**
 * Watches one value of the logs: which direction is better, and whether a value is an improvement.
 */
final class Monitor {
    private final String owner;
    private final String name;
    private final String mode;
    private final double minDelta;
    private @Nullable Boolean larger;

    Monitor(String owner, String name, String mode, double minDelta) {
        this.owner = owner;
        this.name = name;
        this.mode = mode.equals("min") || mode.equals("max") ? mode : "auto";
        this.minDelta = Math.abs(minDelta);
    }

    String name() {
        return name;
    }

    /**
     * Whether {@code value} is better than {@code best} by more than the least change; anything is
     * better than nothing.
     */
    boolean improves(Callback callback, double value, @Nullable Double best) {
        boolean up = direction(callback);
        if (best == null) {
            return true;
        }
        return up ? value - minDelta > best : value + minDelta < best;
    }

    /** Finds the direction; an error if it can't be told. */
    void resolve(Callback callback) {
        direction(callback);
    }

    private boolean direction(Callback callback) {
        var known = larger;
        if (known == null) {
            known =
                    switch (mode) {
                        case "min" -> false;
                        case "max" -> true;
                        default -> inferred(callback);
                    };
            larger = known;
        }
        return known;
    }

    private boolean inferred(Callback callback) {
        var metricName = name.startsWith("val_") ? name.substring(4) : name;
        if (metricName.equals("loss")) {
            return false;
        }
        for (var metric : callback.model().trainer().compiledMetrics()) {
            if (metric.name().equals(metricName)) {
                var direction = metric.direction();
                if (direction != null) {
                    return direction.equals("up");
                }
            }
        }
        throw new TensorException(
                owner
                        + " callback received monitor="
                        + name
                        + ", but it can't be told whether that metric should be maximized or"
                        + " minimized",
                "set mode(\"max\") for the highest value or mode(\"min\") for the lowest");
    }

    @Nullable Double value(Logs logs) {
        return logs.get(name);
    }
}
