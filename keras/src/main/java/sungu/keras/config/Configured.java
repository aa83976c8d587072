package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base of every Keras thing: the values of its {@link Setting settings}. They can be changed
 * until the thing is built or used; from then on only live ones can.
 */
public abstract class Configured {
    private final Map<Setting<?>, @Nullable Object> values = new IdentityHashMap<>();
    private boolean frozen;

    /** For sub-classes. */
    protected Configured() {}

    /**
     * The Keras class of this object. A user's class has the type that it was registered with, or a
     * plain one of its own.
     */
    public ObjectType<?> type() {
        return CustomObjects.typeOf(this);
    }

    /** The settings of a class that is not registered. */
    protected List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * The value of a setting; its default if it was not set. Optional settings may be null, see
     * {@link #find}.
     */
    protected final <T> T get(Setting<T> setting) {
        T value = find(setting);
        if (value == null && setting.isRequired()) {
            throw new TensorException(
                    type().className() + ": argument '" + setting.name() + "' is not set");
        }
        return Unchecked.present(value);
    }

    /** The value of an optional setting. */
    @SuppressWarnings("unchecked")
    protected final <T> @Nullable T find(Setting<T> setting) {
        if (!values.containsKey(setting)) {
            if (setting.isRequired()) {
                return null;
            }
            values.put(setting, setting.makeDefault());
        }
        return (T) values.get(setting);
    }

    /** Sets a value after checking it. */
    protected final <T> void set(Setting<T> setting, @Nullable T value) {
        if (frozen && !setting.isLive()) {
            throw new TensorException(
                    type().className()
                            + ": '"
                            + setting.name()
                            + "' can't be changed any more: the object has been built or used",
                    "set it before, or make a new object");
        }
        setting.validate(type().className(), value);
        values.put(setting, value);
    }

    /**
     * Gives a setting that has not been looked at the value that it has had all along, such as an
     * automatic name.
     */
    protected final <T> void settle(Setting<T> setting, T value) {
        values.put(setting, value);
    }

    final <T> void read(Setting<T> setting, @Nullable Object tree) {
        T value = setting.decode(type().className(), tree);
        set(setting, value);
    }

    /** Called after all settings were read from a config: the place for checks between them. */
    protected void configured() {}

    /** The values of all settings, in order, defaults made where nothing was set. */
    protected final List<@Nullable Object> settingValues() {
        var all = new java.util.ArrayList<@Nullable Object>();
        for (var setting : type().settings()) {
            all.add(find(setting));
        }
        return all;
    }

    /** From now on only live settings can be changed. */
    protected final void freeze() {
        frozen = true;
    }

    /** The settings as Keras' {@code get_config} gives them: a plain tree, in Keras' order. */
    public Map<String, @Nullable Object> config() {
        var config = new LinkedHashMap<String, @Nullable Object>();
        for (var setting : type().settings()) {
            put(config, setting);
        }
        return config;
    }

    private <T> void put(Map<String, @Nullable Object> config, Setting<T> setting) {
        var value = find(setting);
        if (value != null || !setting.isSparse()) {
            config.put(setting.name(), setting.encode(value));
        }
    }

    /** The class with the settings that differ from their defaults. */
    @Override
    public String toString() {
        var text = new StringBuilder(type().className()).append('(');
        int start = text.length();
        for (var setting : type().settings()) {
            if (values.containsKey(setting) && (setting.isRequired() || !same(setting))) {
                text.append(text.length() == start ? "" : ", ")
                        .append(setting.name())
                        .append('=')
                        .append(shown(setting));
            }
        }
        return text.append(')').toString();
    }

    private <T> boolean same(Setting<T> setting) {
        return java.util.Objects.equals(
                setting.encode(find(setting)), setting.encode(setting.makeDefault()));
    }

    private <T> @Nullable Object shown(Setting<T> setting) {
        var tree = setting.encode(find(setting));
        return tree instanceof Map<?, ?> map && map.get("class_name") != null
                ? map.get("class_name")
                : tree;
    }
}
