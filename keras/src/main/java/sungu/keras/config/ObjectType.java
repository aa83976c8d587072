package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Keras class: where Keras has it, its settings, and how an object is made before its settings
 * are read.
 *
 * @param module the module in files, such as {@code keras.layers}
 * @param className the class name in files
 * @param registeredName {@code Package>Name} of a user's class; null for Keras' own
 * @param settings in the order of configs
 * @param make makes an object without settings; null for classes that {@code read} makes
 * @param read makes an object from a config, for classes whose config is more than settings
 */
public record ObjectType<T>(
        String module,
        String className,
        @Nullable String registeredName,
        List<Setting<?>> settings,
        @Nullable Supplier<? extends T> make,
        @Nullable Function<Map<String, @Nullable Object>, ? extends T> read) {
    /** A class whose config is its settings. */
    public static <T extends Configured> ObjectType<T> of(
            String module, String className, Supplier<? extends T> make, Setting<?>... settings) {
        return new ObjectType<>(module, className, null, List.of(settings), make, null);
    }

    /** A class that reads its config by itself. */
    public static <T> ObjectType<T> reading(
            String module,
            String className,
            Function<Map<String, @Nullable Object>, ? extends T> read,
            Setting<?>... settings) {
        return new ObjectType<>(module, className, null, List.of(settings), null, read);
    }

    /** The same class with settings put before its own: those of a base class. */
    public ObjectType<T> withBase(Setting<?>... base) {
        var all = new ArrayList<>(List.of(base));
        all.addAll(settings);
        return new ObjectType<>(module, className, registeredName, List.copyOf(all), make, read);
    }

    /** The same class as a user's, registered as {@code Package>Name}. */
    public ObjectType<T> registered(String pack, String name) {
        return new ObjectType<>(pack, name, pack + ">" + name, settings, make, read);
    }

    /** An object with the settings of a config. */
    public T create(Map<String, @Nullable Object> config) {
        if (read != null) {
            return read.apply(config);
        }
        if (make == null) {
            throw new TensorException(
                    className + ": objects of this class can't be read from a file",
                    "register it with a way to make it: CustomObjects.register");
        }
        T object = make.get();
        fill((Configured) object, config);
        return object;
    }

    private void fill(Configured object, Map<String, @Nullable Object> config) {
        var known = new HashSet<String>();
        for (var setting : settings) {
            known.add(setting.name());
            if (config.containsKey(setting.name())) {
                object.read(setting, config.get(setting.name()));
            } else if (setting.isRequired()) {
                throw new TensorException(
                        className + ": argument '" + setting.name() + "' is missing");
            }
        }
        for (var name : config.keySet()) {
            if (!known.contains(name)) {
                throw new TensorException(
                        className + ": unknown argument '" + name + "'",
                        Names.suggestion(name, known));
            }
        }
        object.configured();
    }
}
