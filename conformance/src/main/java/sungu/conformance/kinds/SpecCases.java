package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.JsonTree;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Serialization;
import sungu.keras.layers.InputLayer;
import sungu.keras.layers.Layer;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases without values: {@code spec}, a layer on symbolic inputs, and {@code bad_config}, a config
 * that must be refused.
 */
final class SpecCases {
    private SpecCases() {}

    static void spec(Case recorded) {
        var layer = Things.make(recorded.field("config"), Layer.class);
        var outputs = layer.apply(Arguments.of(symbolic(recorded.field("inputs"))));
        if (recorded.raises()) {
            return;
        }
        check("outputs", outputs, recorded.field("outputs"));
        if (recorded.field("count_params") instanceof Number params
                && params.longValue() != layer.countParams()) {
            throw new Mismatch("count_params: expected " + params + ", got " + layer.countParams());
        }
    }

    private static boolean isType(Map<?, ?> map) {
        return map.get("shape") instanceof List<?> && map.get("dtype") instanceof String;
    }

    private static Object symbolic(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map when isType(map) -> {
                var dims =
                        ((List<?>) java.util.Objects.requireNonNull(map.get("shape")))
                                .stream()
                                        .mapToInt(dim ->
                                                dim instanceof Number n
                                                        ? n.intValue()
                                                        : Shape.UNKNOWN);
                yield new InputLayer(Shape.of(dims.toArray()))
                        .dtype(DType.of(String.valueOf(map.get("dtype"))))
                        .tensor();
            }
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Object>();
                JsonTree.strings(map).forEach((key, value) -> entries.put(key, symbolic(value)));
                yield entries;
            }
            case List<?> list -> list.stream().map(SpecCases::symbolic).toList();
            case null, default -> throw new Unsupported("a symbolic input " + tree);
        };
    }

    private static void check(String where, Tensors got, @Nullable Object expected) {
        switch (expected) {
            case Map<?, ?> map when isType(map) -> {
                var tensor = got.only();
                var dims = new ArrayList<@Nullable Object>();
                for (int dim : tensor.shape().dims()) {
                    dims.add(dim < 0 ? null : (Long) (long) dim);
                }
                if (!dims.equals(map.get("shape"))
                        || !tensor.dtype().label().equals(map.get("dtype"))) {
                    throw new Mismatch(where + ": expected " + map + ", got " + tensor.type());
                }
            }
            case Map<?, ?> map ->
                    JsonTree.strings(map)
                            .forEach((key, value) -> {
                                var entry = got.at(key);
                                if (entry == null) {
                                    throw new Mismatch(where + " lacks '" + key + "'");
                                }
                                check(where + "['" + key + "']", entry, value);
                            });
            case List<?> list -> {
                List<Tensor> flat = got.flat();
                if (!(got instanceof Tensors.Items items) || items.items().size() != list.size()) {
                    throw new Mismatch(
                            where
                                    + ": expected "
                                    + list.size()
                                    + " entries, got "
                                    + flat.size()
                                    + " tensors");
                }
                for (int i = 0; i < list.size(); i++) {
                    check(where + "[" + i + "]", items.items().get(i), list.get(i));
                }
            }
            case null, default -> throw new Unsupported("a recorded output " + expected);
        }
    }

    static void badConfig(Case recorded) {
        var argument = recorded.text("argument");
        var config = recorded.object("config");
        // The bad value itself may name a class that nobody has: what is around it must be known.
        var rest = new LinkedHashMap<>(config);
        var settings =
                new LinkedHashMap<>(
                        JsonTree.strings(
                                (Map<?, ?>)
                                        java.util.Objects.requireNonNull(config.get("config"))));
        settings.remove(argument);
        rest.put("config", settings);
        Things.requireKnown(rest);
        Serialization.deserialize(Things.plain(config));
    }
}
