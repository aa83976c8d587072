package sungu.keras.config;

import org.jspecify.annotations.Nullable;

/**
 * Between a Java value and its form in a plain config tree: null, booleans, numbers, strings, lists
 * and maps.
 */
public interface Codec<T> {
    /** The tree of a value. */
    @Nullable Object encode(T value);

    /**
     * The value of a tree.
     *
     * @throws sungu.tensor.TensorException if the tree is no such value; the message says what was
     *     expected
     */
    T decode(Object tree);

    /** What the values are called in messages, such as {@code an integer}. */
    String what();
}
