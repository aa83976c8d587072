package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Users' classes and functions by the names under which files refer to them. A file can only bring
 * to life what is registered here or built in; classes are never looked up by a name found in a
 * file.
 */
public final class CustomObjects {
    private static final Map<String, Object> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, ObjectType<?>> BY_CLASS = new HashMap<>();

    private CustomObjects() {}

    /**
     * Registers a class: {@code register("MyPackage", MyDense.class, MyDense::new, UNITS)}.
     *
     * @param pack the package name in files
     * @param make makes an object whose settings are read from the file afterwards
     * @param settings the settings of the class
     */
    public static synchronized <T extends Configured> ObjectType<T> register(
            String pack, Class<T> type, Supplier<? extends T> make, Setting<?>... settings) {
        var own = ObjectType.<T>of(pack, type.getSimpleName(), make, settings);
        if (sungu.keras.layers.Layer.class.isAssignableFrom(type)) {
            own =
                    own.withBase(
                            sungu.keras.layers.Layer.NAME,
                            sungu.keras.layers.Layer.TRAINABLE,
                            sungu.keras.layers.Layer.DTYPE);
        }
        var registered = own.registered(pack, type.getSimpleName());
        BY_CLASS.put(type, registered);
        BY_NAME.put(pack + ">" + type.getSimpleName(), registered);
        return registered;
    }

    /** Registers a function, such as a loss, metric or activation, that files refer to by name. */
    public static synchronized void register(String pack, String name, Object function) {
        BY_NAME.put(pack + ">" + name, function);
    }

    /** What is registered under a name with or without its package; null if nothing is. */
    public static synchronized @Nullable Object find(String name) {
        var exact = BY_NAME.get(name);
        if (exact != null) {
            return exact;
        }
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(">" + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The registered name of a function; null if it is not registered. */
    static synchronized @Nullable String nameOf(Object function) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue() == function)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    static synchronized ObjectType<?> typeOf(Configured object) {
        var registered = BY_CLASS.get(object.getClass());
        if (registered != null) {
            return registered;
        }
        var name = object.getClass().getSimpleName();
        List<Setting<?>> settings = object.settings();
        var type =
                new ObjectType<Configured>(
                        "builtins",
                        name.isEmpty() ? "Custom" : name,
                        null,
                        settings,
                        null,
                        config -> {
                            throw new TensorException(
                                    "class '" + name + "' is not registered",
                                    "register it: CustomObjects.register(\"MyPackage\", "
                                            + name
                                            + ".class, ...)");
                        });
        BY_CLASS.put(object.getClass(), type);
        return type;
    }
}
