package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.keras.activations.Activations;
import sungu.keras.layers.Layer;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keras objects as plain trees and back, in the form of {@code
 * keras.saving.serialize_keras_object}. Reading never runs code from a tree: objects come from the
 * catalogues and from what the user has registered.
 */
public final class Serialization {
    private static final int DEEPEST = 200;

    private Serialization() {}

    /** The map of an object: module, class name, config and registered name. */
    public static Map<String, @Nullable Object> object(
            String module, String className, Object config, @Nullable String registeredName) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("module", module);
        tree.put("class_name", className);
        tree.put("config", config);
        tree.put("registered_name", registeredName);
        return tree;
    }

    /**
     * The tree of a value: a Keras object, a function, a tensor, a dtype, a number, a string, a
     * list or a map.
     */
    public static @Nullable Object serialize(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Configured object -> object(object);
            case Boolean b -> b;
            case Number n -> n;
            case String s -> s;
            case DType dtype -> dtype.label();
            case DTypePolicy policy -> DTypePolicy.CODEC.encode(policy);
            case Named named -> function(named);
            case Tensor tensor -> tensor(tensor.host());
            case Shape shape -> {
                var dims = new ArrayList<@Nullable Object>();
                for (int dim : shape.dims()) {
                    dims.add(dim < 0 ? null : (Object) dim);
                }
                yield dims;
            }
            case List<?> list -> {
                var trees = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> trees.add(serialize(item)));
                yield trees;
            }
            case Map<?, ?> map -> {
                var trees = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> trees.put(String.valueOf(key), serialize(item)));
                yield trees;
            }
            default ->
                    throw new TensorException(
                            "can't save " + value.getClass().getSimpleName() + " in a config",
                            "use strings, numbers, lists, tensors, or registered Keras objects and"
                                    + " functions");
        };
    }

    /** A function with a name, which is how configs refer to it. */
    public interface Named {
        /** The name in configs. */
        String functionName();

        /** Whether the function is Keras' own, so that its bare name is enough. */
        default boolean isBuiltIn() {
            return false;
        }
    }

    private static Object function(Named named) {
        if (named.isBuiltIn()) {
            return named.functionName();
        }
        var registered = CustomObjects.nameOf(named);
        return object(
                "builtins",
                "function",
                registered != null
                        ? registered.substring(registered.indexOf('>') + 1)
                        : named.functionName(),
                registered != null ? registered : "function");
    }

    private static Map<String, @Nullable Object> object(Configured object) {
        var type = object.type();
        var registered = type.registeredName();
        var module = registered != null && registered.contains(">") ? "builtins" : type.module();
        // What Keras does not export, such as functional models, it names as registered under its
        // own class name.
        var tree =
                object(
                        module,
                        type.className(),
                        object.config(),
                        registered == null && module.startsWith("keras.src.")
                                ? type.className()
                                : registered);
        if (object instanceof Layer layer) {
            var build = layer.buildConfig();
            if (build != null) {
                tree.put("build_config", build);
            }
        }
        return tree;
    }

    private static Map<String, @Nullable Object> tensor(HostTensor tensor) {
        return object(
                "builtins",
                "__numpy__",
                Map.of("value", tensor.toArray(), "dtype", tensor.dtype().label()),
                null);
    }

    /** The object of a tree, which must be of a class. */
    public static <T> T deserialize(@Nullable Object tree, Class<T> expected) {
        var value = deserialize(tree);
        if (!expected.isInstance(value)) {
            throw new TensorException(
                    "expected "
                            + expected.getSimpleName()
                            + ", got "
                            + (value == null ? "None" : value),
                    tree instanceof String name
                            ? "'" + name + "' names no " + expected.getSimpleName()
                            : "");
        }
        return expected.cast(value);
    }

    /** The value of a tree. */
    public static @Nullable Object deserialize(@Nullable Object tree) {
        return deserialize(tree, 0);
    }

    private static @Nullable Object deserialize(@Nullable Object tree, int depth) {
        if (depth > DEEPEST) {
            throw new TensorException("the config is nested more than " + DEEPEST + " levels deep");
        }
        if (tree instanceof List<?> list) {
            var values = new ArrayList<@Nullable Object>(list.size());
            list.forEach(item -> values.add(deserialize(item, depth + 1)));
            return values;
        }
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        if (!(map.get("class_name") instanceof String given) || !map.containsKey("config")) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            map.forEach(
                    (key, item) -> values.put(String.valueOf(key), deserialize(item, depth + 1)));
            return values;
        }
        var className = given;
        // Older files name no modules.
        var module =
                map.get("module") instanceof String name ? name : Catalogues.moduleOf(className);
        var registered = map.get("registered_name") instanceof String name ? name : null;
        var config = map.get("config");
        if (DTypePolicy.isPolicy(className)) {
            return DTypePolicy.CODEC.decode(map);
        }
        switch (className) {
            case "__tensor__", "__numpy__" -> {
                return readTensor(config);
            }
            case "__lambda__" ->
                    throw new TensorException(
                            "the file holds Python code (a lambda), which is never run",
                            "replace it by a registered function before saving");
            case "__tuple__", "__list__" -> {
                return deserialize(config, depth + 1);
            }
            case "function" -> {
                return namedFunction(String.valueOf(config), registered, module);
            }
            default -> {}
        }
        if (!(config instanceof Map<?, ?>)) {
            throw new TensorException("the config of '" + className + "' is no map: " + config);
        }
        @SuppressWarnings("unchecked")
        var settings = (Map<String, @Nullable Object>) config;
        var object = find(className, module, registered).create(settings);
        if (object instanceof Layer layer && map.get("build_config") instanceof Map<?, ?> build) {
            @SuppressWarnings("unchecked")
            var shapes = (Map<String, @Nullable Object>) build;
            layer.buildFromConfig(shapes);
        }
        return object;
    }

    private static ObjectType<?> find(
            String className, String module, @Nullable String registered) {
        if (CustomObjects.find(registered != null ? registered : className)
                instanceof ObjectType<?> custom) {
            return custom;
        }
        var catalogue = Catalogues.of(module);
        if (catalogue == null) {
            throw new TensorException(
                    "class '" + className + "' of module '" + module + "' is not known",
                    "register the class: CustomObjects.register(\"MyPackage\", "
                            + className
                            + ".class, ...)");
        }
        var type = catalogue.lookup(className);
        if (type == null) {
            throw catalogue.unknown(className);
        }
        return type;
    }

    private static Object namedFunction(String name, @Nullable String registered, String module) {
        var custom =
                CustomObjects.find(
                        registered != null && registered.contains(">") ? registered : name);
        if (custom != null) {
            return custom;
        }
        if (module.contains("losses") || module.contains("metrics")) {
            return name;
        }
        return Activations.of(name);
    }

    private static Tensor readTensor(@Nullable Object config) {
        if (config instanceof Map<?, ?> map
                && map.get("dtype") instanceof String dtype
                && map.get("value") != null) {
            return Tensor.of(map.get("value")).cast(DType.of(dtype));
        }
        throw new TensorException("not a tensor: " + config);
    }
}
