package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.CustomObjects;
import sungu.keras.config.ObjectType;

import java.util.List;
import java.util.Map;

/** The optimizers by name. */
public final class Optimizers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "optimizer",
                    List.of(
                            "SGD",
                            "RMSprop",
                            "Adam",
                            "AdamW",
                            "Adadelta",
                            "Adagrad",
                            "Adamax",
                            "Ftrl",
                            "Nadam",
                            "ScheduleFreeAdamW",
                            "Lion",
                            "Lamb",
                            "Adafactor",
                            "Muon"),
                    Optimizers::find);

    private Optimizers() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "SGD" -> SGD.TYPE;
            case "RMSprop" -> RMSprop.TYPE;
            case "Adam" -> Adam.TYPE;
            case "AdamW" -> AdamW.TYPE;
            case "Adadelta" -> Adadelta.TYPE;
            case "Adagrad" -> Adagrad.TYPE;
            case "Adamax" -> Adamax.TYPE;
            case "Ftrl" -> Ftrl.TYPE;
            case "Nadam" -> Nadam.TYPE;
            case "ScheduleFreeAdamW" -> ScheduleFreeAdamW.TYPE;
            case "Lion" -> Lion.TYPE;
            case "Lamb" -> Lamb.TYPE;
            case "Adafactor" -> Adafactor.TYPE;
            case "Muon" -> Muon.TYPE;
            default -> null;
        };
    }

    /** The optimizer of a name, with its defaults. */
    public static Optimizer of(String name) {
        var type = CATALOGUE.lookup(name);
        if (type == null && CustomObjects.find(name) instanceof ObjectType<?> custom) {
            type = custom;
        }
        if (type != null && type.create(Map.of()) instanceof Optimizer optimizer) {
            return optimizer;
        }
        throw CATALOGUE.unknown(name);
    }
}
