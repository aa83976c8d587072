package sungu.keras.metrics;

import java.util.List;
import sungu.keras.config.Catalogue;
import sungu.tensor.Shape;

/** The metrics by name. */
public final class Metrics {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("metric", List.of("Mean"), name -> switch (name) {
        case "Mean" -> Mean.TYPE;
        default -> null;
    });

    private Metrics() {}

    /** The metric that a name, an object or a function stands for, for targets and predictions of these shapes. */
    public static Metric of(Object any, Shape yTrue, Shape yPred) {
        if (any instanceof Metric metric) {
            return metric;
        }
        throw CATALOGUE.unknown(String.valueOf(any));
    }
}
