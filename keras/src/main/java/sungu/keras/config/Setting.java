package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One argument of a Keras class, declared once: its name in configs, its default, its checks and
 * its form in files. Reading, writing, validation and printing of configs follow from it.
 */
public final class Setting<T> {
    private record Check<T>(Predicate<? super T> holds, String words) {}

    private final String name;
    private final Codec<T> codec;
    private final List<Check<T>> checks;
    private final @Nullable Supplier<? extends @Nullable T> defaults;
    private final boolean optional;
    private final boolean live;
    private final boolean sparse;

    private Setting(
            String name,
            Codec<T> codec,
            List<Check<T>> checks,
            @Nullable Supplier<? extends @Nullable T> defaults,
            boolean optional,
            boolean live,
            boolean sparse) {
        this.name = name;
        this.codec = codec;
        this.checks = checks;
        this.defaults = defaults;
        this.optional = optional;
        this.live = live;
        this.sparse = sparse;
    }

    /** A setting with values of any sort. It is required until it gets a default. */
    public static <T> Setting<T> of(String name, Codec<T> codec) {
        return new Setting<>(name, codec, List.of(), null, false, false, false);
    }

    /** An integer. */
    public static Setting<Integer> integer(String name) {
        return of(name, Codecs.INTEGER);
    }

    /** A real number. */
    public static Setting<Double> number(String name) {
        return of(name, Codecs.NUMBER);
    }

    /** True or false. */
    public static Setting<Boolean> flag(String name) {
        return of(name, Codecs.FLAG);
    }

    /** A string. */
    public static Setting<String> text(String name) {
        return of(name, Codecs.TEXT);
    }

    /** A list of integers; a single integer stands for a list of one. */
    public static Setting<List<Integer>> ints(String name) {
        return of(name, Codecs.INTS);
    }

    /** A plain tree that is kept as it is. */
    public static Setting<Object> tree(String name) {
        return of(name, Codecs.TREE);
    }

    /** The same with a default. */
    public Setting<T> defaults(T value) {
        return defaults(() -> value);
    }

    /** The same with a default that is made anew for each object. */
    public Setting<T> defaults(Supplier<? extends T> value) {
        return new Setting<>(name, codec, checks, value, optional, live, sparse);
    }

    /** The same with null allowed, which is then the default. */
    public Setting<T> optional() {
        return new Setting<>(
                name, codec, checks, defaults != null ? defaults : () -> null, true, live, sparse);
    }

    /** The same, but it can be changed at any time. */
    public Setting<T> live() {
        return new Setting<>(name, codec, checks, defaults, optional, true, sparse);
    }

    /** The same, but left out of configs while it is null. */
    public Setting<T> sparse() {
        return new Setting<>(name, codec, checks, defaults, optional, live, true);
    }

    boolean isSparse() {
        return sparse;
    }

    /** The same with a check; {@code words} completes the sentence "must be". */
    public Setting<T> check(Predicate<? super T> holds, String words) {
        var all = new ArrayList<>(checks);
        all.add(new Check<>(holds, words));
        return new Setting<>(name, codec, all, defaults, optional, live, sparse);
    }

    /** The same with all numbers in it required to be above zero. */
    public Setting<T> positive() {
        return check(value -> numbers(value).allMatch(n -> n > 0), "positive");
    }

    /** The same with all numbers in it required to be zero or more. */
    public Setting<T> nonNegative() {
        return check(value -> numbers(value).allMatch(n -> n >= 0), "zero or more");
    }

    private static java.util.stream.DoubleStream numbers(@Nullable Object value) {
        return value instanceof Number number
                ? java.util.stream.DoubleStream.of(number.doubleValue())
                : value instanceof List<?> list
                        ? list.stream().flatMapToDouble(Setting::numbers)
                        : java.util.stream.DoubleStream.empty();
    }

    /** The same with the values limited to these. */
    public Setting<T> oneOf(List<T> values) {
        var allowed = List.copyOf(values);
        return check(allowed::contains, "one of " + allowed);
    }

    /** The name in configs. */
    public String name() {
        return name;
    }

    /** Whether it can be changed after the object is built. */
    public boolean isLive() {
        return live;
    }

    /** Whether it must be set. */
    boolean isRequired() {
        return defaults == null;
    }

    @Nullable T makeDefault() {
        return defaults == null ? null : defaults.get();
    }

    /** Checks a value for the object that {@code owner} names. */
    void validate(String owner, @Nullable T value) {
        if (value == null) {
            if (!optional) {
                throw new TensorException(
                        owner + ": argument '" + name + "' must be " + codec.what() + ", got None");
            }
            return;
        }
        for (var check : checks) {
            if (!check.holds.test(value)) {
                throw new TensorException(
                        owner
                                + ": argument '"
                                + name
                                + "' must be "
                                + check.words
                                + ", got "
                                + codec.encode(value));
            }
        }
    }

    @Nullable Object encode(@Nullable T value) {
        return value == null ? null : codec.encode(value);
    }

    @Nullable T decode(String owner, @Nullable Object tree) {
        if (tree == null && !(codec instanceof Codecs.NullAsDefault)) {
            return null;
        }
        try {
            return codec.decode(tree == null ? Codecs.NULL : tree);
        } catch (TensorException e) {
            throw new TensorException(
                    owner + ": argument '" + name + "': " + e.problem(), e.hint());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
