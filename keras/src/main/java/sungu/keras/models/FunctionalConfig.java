package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Codecs;
import sungu.keras.config.Serialization;
import sungu.keras.layers.InputLayer;
import sungu.keras.layers.Layer;
import sungu.keras.ops.CallNode;
import sungu.keras.ops.KerasTensor;
import sungu.keras.ops.Operations;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functional models as configs: each layer or operation with the calls made of it, symbolic tensors
 * as references to calls.
 */
final class FunctionalConfig {
    private FunctionalConfig() {}

    static Map<String, @Nullable Object> write(Functional model) {
        var config = new LinkedHashMap<String, @Nullable Object>();
        config.put("name", model.name());
        config.put("trainable", model.trainable());
        var graph = model.graph();
        var numbers = graph.nodeNumbers();
        var layers = new ArrayList<@Nullable Object>();
        for (var owner : graph.owners()) {
            Map<String, @Nullable Object> tree;
            if (owner instanceof Layer layer) {
                tree = Unsafe.map(Serialization.serialize(layer));
            } else {
                tree = ((Operations.Called) owner).tree();
            }
            tree.put("name", ((CallNode.Owner) owner).name());
            var calls = new ArrayList<@Nullable Object>();
            for (var node : graph.nodes()) {
                if (node.owner() == owner && !(owner instanceof InputLayer)) {
                    calls.add(call(node, numbers));
                }
            }
            tree.put("inbound_nodes", calls);
            layers.add(tree);
        }
        config.put("layers", layers);
        config.put("input_layers", references(graph.inputs(), numbers));
        config.put("output_layers", references(graph.outputs(), numbers));
        return config;
    }

    private static Map<String, @Nullable Object> call(
            CallNode node, Map<CallNode, Integer> numbers) {
        var call = new LinkedHashMap<String, @Nullable Object>();
        call.put("args", argument(node.arguments().positional(), numbers));
        call.put("kwargs", argument(node.arguments().named(), numbers));
        return call;
    }

    private static @Nullable Object argument(
            @Nullable Object value, Map<CallNode, Integer> numbers) {
        return switch (value) {
            case KerasTensor tensor -> {
                var config = new LinkedHashMap<String, @Nullable Object>();
                config.put("shape", Serialization.serialize(tensor.shape()));
                config.put("dtype", tensor.dtype().label());
                config.put("keras_history", reference(tensor, numbers));
                var tree = new LinkedHashMap<String, @Nullable Object>();
                tree.put("class_name", "__keras_tensor__");
                tree.put("config", config);
                yield tree;
            }
            case Slice.Range range -> {
                var config = new LinkedHashMap<String, @Nullable Object>();
                config.put("start", range.start());
                config.put("stop", range.stop());
                config.put("step", range.step() == 1 ? null : (Object) range.step());
                var tree = new LinkedHashMap<String, @Nullable Object>();
                tree.put("class_name", "__slice__");
                tree.put("config", config);
                yield tree;
            }
            case Slice.At at -> at.index();
            case Tensors tensors -> argument(tensors.nested(), numbers);
            case List<?> list -> {
                var trees = new ArrayList<@Nullable Object>();
                list.forEach(item -> trees.add(argument(item, numbers)));
                yield trees;
            }
            case Map<?, ?> map -> {
                var trees = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> trees.put(String.valueOf(key), argument(item, numbers)));
                yield trees;
            }
            case null, default -> Serialization.serialize(value);
        };
    }

    private static List<Object> reference(KerasTensor tensor, Map<CallNode, Integer> numbers) {
        var node = tensor.node();
        if (node == null) {
            throw new TensorException(
                    "the symbolic tensor " + tensor.type() + " comes from no layer");
        }
        return List.of(node.owner().name(), numbers.getOrDefault(node, 0), tensor.index());
    }

    private static Object references(Tensors structure, Map<CallNode, Integer> numbers) {
        return switch (structure) {
            case Tensors.Leaf leaf -> reference((KerasTensor) leaf.tensor(), numbers);
            case Tensors.Items items ->
                    items.items().stream().map(item -> references(item, numbers)).toList();
            case Tensors.Named named -> {
                var trees = new LinkedHashMap<String, Object>();
                named.entries().forEach((name, item) -> trees.put(name, references(item, numbers)));
                yield trees;
            }
        };
    }

    /**
     * Reads a config: makes all layers, then makes their calls as soon as the tensors that they
     * refer to exist.
     */
    static Functional read(Map<String, @Nullable Object> config) {
        var made = new LinkedHashMap<String, CallNode.Owner>();
        var pending = new ArrayList<Pending>();
        if (!(config.get("layers") instanceof List<?> layers)) {
            throw new TensorException("Functional: argument 'layers' is missing");
        }
        for (var item : layers) {
            var tree = Unsafe.map(item);
            if (!(tree.get("name") instanceof String name)) {
                throw new TensorException("Functional: a layer in the config has no name");
            }
            var owner = owner(tree);
            if (made.put(name, owner) != null) {
                throw new TensorException("Functional: two layers have the name '" + name + "'");
            }
            if (tree.get("inbound_nodes") instanceof List<?> calls
                    && !(owner instanceof InputLayer)) {
                calls.forEach(call -> pending.add(new Pending(owner, Unsafe.map(call))));
            } else if (owner instanceof InputLayer input) {
                input.tensor();
            }
        }
        // Calls of one owner keep their order: references count them.
        while (!pending.isEmpty()) {
            var blocked = new java.util.HashSet<CallNode.Owner>();
            boolean progress =
                    pending.removeIf(call -> {
                        if (blocked.contains(call.owner) || !call.ready(made)) {
                            blocked.add(call.owner);
                            return false;
                        }
                        call.make(made);
                        return true;
                    });
            if (!progress) {
                throw new TensorException(
                        "Functional: the calls in the config refer to tensors that nothing makes: "
                                + pending.getFirst().owner.name());
            }
        }
        return new Functional(
                structure(config.get("input_layers"), made),
                structure(config.get("output_layers"), made),
                config);
    }

    private static CallNode.Owner owner(Map<String, @Nullable Object> tree) {
        var module = String.valueOf(tree.get("module"));
        if (module.startsWith("keras.src.ops") || module.startsWith("keras.ops")) {
            return Operations.called(
                    String.valueOf(tree.get("class_name")), Unsafe.map(tree.get("config")));
        }
        return Serialization.deserialize(tree, Layer.class);
    }

    private record Pending(CallNode.Owner owner, Map<String, @Nullable Object> call) {
        boolean ready(Map<String, CallNode.Owner> made) {
            return resolved(call.get("args"), made) && resolved(call.get("kwargs"), made);
        }

        void make(Map<String, CallNode.Owner> made) {
            var args =
                    value(call.get("args"), made) instanceof List<?> list
                            ? new ArrayList<@Nullable Object>(list)
                            : new ArrayList<@Nullable Object>();
            var kwargs =
                    call.get("kwargs") == null
                            ? new LinkedHashMap<String, @Nullable Object>()
                            : Unsafe.map(value(call.get("kwargs"), made));
            owner.replay(new Arguments(args, kwargs), null);
        }
    }

    private static boolean resolved(@Nullable Object tree, Map<String, CallNode.Owner> made) {
        return switch (tree) {
            case List<?> list -> list.stream().allMatch(item -> resolved(item, made));
            case Map<?, ?> map when "__keras_tensor__".equals(map.get("class_name")) ->
                    find(history(map), made) != null;
            case Map<?, ?> map -> map.values().stream().allMatch(item -> resolved(item, made));
            case null, default -> true;
        };
    }

    private static @Nullable Object value(@Nullable Object tree, Map<String, CallNode.Owner> made) {
        return switch (tree) {
            case List<?> list -> {
                var values = new ArrayList<@Nullable Object>();
                list.forEach(item -> values.add(value(item, made)));
                yield values;
            }
            case Map<?, ?> map when "__keras_tensor__".equals(map.get("class_name")) ->
                    find(history(map), made);
            case Map<?, ?> map
                    when "__slice__".equals(map.get("class_name"))
                            && map.get("config") instanceof Map<?, ?> slice ->
                    new Slice.Range(
                            entry(slice, "start"),
                            entry(slice, "stop"),
                            slice.get("step") == null
                                    ? 1
                                    : Codecs.INTEGER.decode(slice.get("step")));
            case Map<?, ?> map when map.get("class_name") instanceof String ->
                    Serialization.deserialize(map);
            case Map<?, ?> map -> {
                var values = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> values.put(String.valueOf(key), value(item, made)));
                yield values;
            }
            case null, default -> tree;
        };
    }

    private static @Nullable Integer entry(Map<?, ?> slice, String name) {
        return slice.get(name) == null ? null : Codecs.INTEGER.decode(slice.get(name));
    }

    private static List<?> history(Map<?, ?> map) {
        if (map.get("config") instanceof Map<?, ?> config
                && config.get("keras_history") instanceof List<?> history
                && history.size() == 3) {
            return history;
        }
        throw new TensorException("Functional: a reference without a history: " + map);
    }

    private static @Nullable Tensor find(List<?> history, Map<String, CallNode.Owner> made) {
        var owner = made.get(String.valueOf(history.get(0)));
        if (owner == null) {
            throw new TensorException(
                    "Functional: the config refers to a layer '"
                            + history.get(0)
                            + "' that it does not have");
        }
        int call = ((Number) history.get(1)).intValue();
        int index = ((Number) history.get(2)).intValue();
        if (call >= owner.calls().size()) {
            return null;
        }
        return owner.calls().get(call).outputs().get(index);
    }

    /** A structure of references: one is a list of a name and two numbers. */
    private static Tensors structure(@Nullable Object tree, Map<String, CallNode.Owner> made) {
        return switch (tree) {
            case List<?> list
                    when list.size() == 3
                            && list.get(0) instanceof String
                            && list.get(1) instanceof Number -> {
                var tensor = find(list, made);
                if (tensor == null) {
                    throw new TensorException("Functional: no such tensor: " + list);
                }
                yield Tensors.of(tensor);
            }
            case List<?> list ->
                    new Tensors.Items(list.stream().map(item -> structure(item, made)).toList());
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Tensors>();
                map.forEach(
                        (name, item) -> entries.put(String.valueOf(name), structure(item, made)));
                yield new Tensors.Named(entries);
            }
            case null, default ->
                    throw new TensorException("Functional: not a structure of tensors: " + tree);
        };
    }

    /** Maps of configs, checked to be maps. */
    private static final class Unsafe {
        @SuppressWarnings("unchecked")
        static Map<String, @Nullable Object> map(@Nullable Object tree) {
            if (tree instanceof Map<?, ?> map) {
                return (Map<String, @Nullable Object>) map;
            }
            throw new TensorException("expected a map in the config, got " + tree);
        }
    }
}
