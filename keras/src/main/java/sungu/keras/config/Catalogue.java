package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.List;
import java.util.function.Function;

/**
 * The classes of one package by the names that users and files give them. Looking one up touches
 * that class only, so a program loads what it uses.
 *
 * @param what what the things are called in messages, such as {@code optimizer}
 * @param names the class names, for suggestions and listings
 * @param find the class of a class name; null where there is none
 * @param aliases the class name behind other names, such as {@code mse}; null where there is none
 */
public record Catalogue(
        String what,
        List<String> names,
        Function<String, @Nullable ObjectType<?>> find,
        Function<String, @Nullable String> aliases) {
    /** A catalogue without aliases but the snake-case forms of the names. */
    public static Catalogue of(
            String what, List<String> names, Function<String, @Nullable ObjectType<?>> find) {
        return new Catalogue(what, names, find, name -> null);
    }

    /** The class of a class name, alias or snake-case name; null if there is none. */
    public @Nullable ObjectType<?> lookup(String name) {
        var exact = find.apply(name);
        if (exact != null) {
            return exact;
        }
        var alias = aliases.apply(name);
        if (alias != null) {
            return find.apply(alias);
        }
        for (var className : names) {
            if (Names.snakeCase(className).equals(name) || className.equalsIgnoreCase(name)) {
                return find.apply(className);
            }
        }
        return null;
    }

    /** The error for a name that is not here. */
    public TensorException unknown(String name) {
        return new TensorException(
                "unknown " + what + " '" + name + "'", Names.suggestion(name, names));
    }
}
