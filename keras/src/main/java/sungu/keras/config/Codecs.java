package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The common forms of settings. */
public final class Codecs {
    /** Stands for null where a codec turns null into a value of its own. */
    public static final Object NULL = new Object();

    /** A codec that is asked for the value of null, too: it gets {@link #NULL}. */
    public interface NullAsDefault {}

    /** A whole number. */
    public static final Codec<Integer> INTEGER =
            of(
                    "an integer",
                    value -> value,
                    tree -> {
                        if (tree instanceof Number number
                                && number.doubleValue() == Math.rint(number.doubleValue())
                                && !(tree instanceof Double)) {
                            return Math.toIntExact(number.longValue());
                        }
                        throw expected("an integer", tree);
                    });

    /** A real number. */
    public static final Codec<Double> NUMBER =
            of(
                    "a number",
                    value -> value,
                    tree -> {
                        if (tree instanceof Number number) {
                            return number.doubleValue();
                        }
                        if (tree instanceof java.util.Map<?, ?> map
                                && map.get("float") instanceof String special) {
                            return switch (special) {
                                case "inf" -> Double.POSITIVE_INFINITY;
                                case "-inf" -> Double.NEGATIVE_INFINITY;
                                default -> Double.NaN;
                            };
                        }
                        throw expected("a number", tree);
                    });

    /** True or false. */
    public static final Codec<Boolean> FLAG =
            of(
                    "True or False",
                    value -> value,
                    tree -> {
                        if (tree instanceof Boolean flag) {
                            return flag;
                        }
                        if (tree instanceof Number number) {
                            return number.doubleValue() != 0;
                        }
                        throw expected("True or False", tree);
                    });

    /** A string. */
    public static final Codec<String> TEXT =
            of(
                    "a string",
                    value -> value,
                    tree -> {
                        if (tree instanceof String text) {
                            return text;
                        }
                        throw expected("a string", tree);
                    });

    /** A list of whole numbers. */
    public static final Codec<List<Integer>> INTS =
            of(
                    "an integer or a list of integers",
                    ArrayList::new,
                    tree -> {
                        if (tree instanceof List<?> list) {
                            var ints = new ArrayList<Integer>(list.size());
                            list.forEach(
                                    item -> ints.add(INTEGER.decode(item == null ? NULL : item)));
                            return List.copyOf(ints);
                        }
                        return List.of(INTEGER.decode(tree));
                    });

    /** A dtype by name. */
    public static final Codec<DType> DTYPE =
            of("a dtype", DType::label, tree -> DType.of(TEXT.decode(tree)));

    /** A plain tree. */
    public static final Codec<Object> TREE = of("a value", value -> value, tree -> tree);

    private Codecs() {}

    /** A codec from two functions. */
    public static <T> Codec<T> of(
            String what, Function<T, @Nullable Object> encode, Function<Object, T> decode) {
        return new Codec<>() {
            @Override
            public @Nullable Object encode(T value) {
                return encode.apply(value);
            }

            @Override
            public T decode(Object tree) {
                return decode.apply(tree);
            }

            @Override
            public String what() {
                return what;
            }
        };
    }

    /** A codec for Keras objects of a base class, by {@link Serialization}. */
    public static <T> Codec<T> object(String what, Class<T> base) {
        return of(what, Serialization::serialize, tree -> Serialization.deserialize(tree, base));
    }

    /** A codec for Keras objects that can also be given by name, with their defaults. */
    public static <T> Codec<T> named(String what, Class<T> base, Catalogue catalogue) {
        return of(
                what,
                Serialization::serialize,
                tree -> {
                    if (!(tree instanceof String name)) {
                        return Serialization.deserialize(tree, base);
                    }
                    var type =
                            CustomObjects.find(name) instanceof ObjectType<?> custom
                                    ? custom
                                    : catalogue.lookup(name);
                    if (type == null) {
                        throw catalogue.unknown(name);
                    }
                    return base.cast(type.create(java.util.Map.of()));
                });
    }

    /** The error for a tree that is not what a codec expects. */
    public static TensorException expected(String what, @Nullable Object tree) {
        return new TensorException("must be " + what + ", got " + (tree == NULL ? "None" : tree));
    }
}
