package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.config.Catalogues;
import sungu.keras.config.Serialization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keras objects from recorded configs. */
final class Things {
    private static final Values ARGUMENTS = new Values(Things::make);

    private Things() {}

    /** Decodes arguments: Keras objects in them are made. */
    static Values arguments() {
        return ARGUMENTS;
    }

    private static @Nullable Object make(@Nullable Object tree) {
        requireKnown(tree);
        return Serialization.deserialize(plain(tree));
    }

    /**
     * The object of a config. A class that Sungu does not have makes the case unsupported, not
     * refused.
     */
    static <T> T make(@Nullable Object tree, Class<T> expected) {
        requireKnown(tree);
        return Serialization.deserialize(plain(tree), expected);
    }

    /** The same tree with non-finite floats, which JSON lacks, as numbers. */
    static @Nullable Object plain(@Nullable Object tree) {
        if (tree instanceof List<?> list) {
            var items = new ArrayList<@Nullable Object>(list.size());
            list.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        if (map.size() == 1 && map.get("float") instanceof String) {
            return Values.real(map);
        }
        var entries = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> entries.put((String) key, plain(value)));
        return entries;
    }

    /** Makes sure that all classes named in a config are there. */
    static void requireKnown(@Nullable Object tree) {
        switch (tree) {
            case Map<?, ?> map -> {
                if (map.get("class_name") instanceof String name
                        && map.get("module") instanceof String module
                        && map.containsKey("config")) {
                    requireClass(module, name);
                }
                map.values().forEach(Things::requireKnown);
            }
            case List<?> list -> list.forEach(Things::requireKnown);
            case null, default -> {}
        }
    }

    private static void requireClass(String module, String name) {
        var catalogue = Catalogues.of(module);
        if (catalogue != null
                && catalogue.lookup(name) == null
                && !name.endsWith("DTypePolicy")
                && !name.equals("function")) {
            throw new Unsupported("class " + name + " of " + module);
        }
    }
}
