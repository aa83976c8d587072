package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Controls.WithGradient;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The part of {@link Ops} whose arguments are functions. Where a type is open ({@code T}, {@code
 * C}, {@code X}, {@code Y}), it is a tensor, or a list or map of such structures.
 */
abstract sealed class ControlFunctions extends NetworkFunctions permits Ops {
    /** What a step of {@link #scan} gives: the next carried values, and a row or null. */
    public record Step<C, Y>(C carry, @Nullable Y row) {}

    // The structure that goes in comes out.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T structure(Object result) {
        return (T) result;
    }

    /**
     * {@code keras.ops.cond(pred, true_fn, false_fn)}: the result of one of two functions, by a
     * bool scalar. In a trace both must give tensors of the same types.
     */
    public static <T> T cond(Object pred, Supplier<T> trueFn, Supplier<T> falseFn) {
        return structure(call("cond", pred, trueFn, falseFn));
    }

    /**
     * {@code keras.ops.switch(index, branches, *operands)}: the result of the branch of that index;
     * the first or the last one for indexes beyond.
     */
    public static <T> T switchCase(
            Object index, List<Function<Object[], T>> branches, Object... operands) {
        return structure(call("switch", joined(index, joined(branches, operands))));
    }

    /** {@code keras.ops.while_loop(cond, body, loop_vars)}. */
    public static <T> T whileLoop(Function<T, ?> cond, UnaryOperator<T> body, T loopVars) {
        return whileLoop(cond, body, loopVars, null);
    }

    /**
     * {@code keras.ops.while_loop(cond, body, loop_vars, maximum_iterations)}: {@code body} applied
     * while {@code cond} gives true. The types of the tensors must stay.
     */
    public static <T> T whileLoop(
            Function<T, ?> cond,
            UnaryOperator<T> body,
            T loopVars,
            @Nullable Integer maximumIterations) {
        return structure(call("while_loop", cond, body, loopVars, maximumIterations));
    }

    /**
     * {@code keras.ops.fori_loop(lower, upper, body_fun, init_val)}: {@code body} of each index and
     * the value so far. With bounds that are numbers its gradient has any order.
     */
    public static <T> T foriLoop(
            Object lower, Object upper, BiFunction<Tensor, T, T> body, T initVal) {
        return structure(call("fori_loop", lower, upper, body, initVal));
    }

    /** {@code keras.ops.scan(f, init, xs)}. */
    public static <C, X, Y> Step<C, Y> scan(BiFunction<C, X, Step<C, Y>> f, C init, X xs) {
        return scan(f, init, xs, null, false);
    }

    /**
     * {@code keras.ops.scan(f, init, xs, length, reverse)}: {@code f} of the carried values and
     * each row of {@code xs}; gives the last carried values and the rows stacked.
     *
     * @param xs null where there is nothing to read; then {@code length} says how often
     */
    public static <C, X, Y> Step<C, Y> scan(
            BiFunction<C, X, Step<C, Y>> f,
            C init,
            @Nullable X xs,
            @Nullable Integer length,
            boolean reverse) {
        return structure(call("scan", f, init, xs, length, reverse));
    }

    /** {@code keras.ops.associative_scan(f, elems)}. */
    public static <T> T associativeScan(BinaryOperator<T> f, T elems) {
        return associativeScan(f, elems, false, 0);
    }

    /**
     * {@code keras.ops.associative_scan(f, elems, reverse, axis)}: all running results of an
     * associative function, which is applied to many rows at once.
     */
    public static <T> T associativeScan(BinaryOperator<T> f, T elems, boolean reverse, int axis) {
        return structure(call("associative_scan", f, elems, reverse, axis));
    }

    /** {@code keras.ops.map(f, xs)}: what {@code f} gives for each row, stacked. */
    public static <X, Y> Y map(Function<X, Y> f, X xs) {
        return structure(call("map", f, xs));
    }

    /** {@code keras.ops.vectorized_map(function, elements)}: as {@link #map}. */
    public static <X, Y> Y vectorizedMap(Function<X, Y> function, X elements) {
        return structure(call("vectorized_map", function, elements));
    }

    /**
     * {@code keras.ops.vectorize(pyfunc)}: a function of scalars made one of tensors, which
     * broadcast.
     */
    public static <T> Function<Object[], T> vectorize(Function<Object[], T> function) {
        return vectorize(function, Set.of(), null);
    }

    /**
     * {@code keras.ops.vectorize(pyfunc, excluded, signature)}.
     *
     * @param excluded positions of arguments that are passed on as they are
     * @param signature what the function takes and gives, such as {@code (m,n),(n)->(m)}; null for
     *     scalars
     */
    public static <T> Function<Object[], T> vectorize(
            Function<Object[], T> function, Set<Integer> excluded, @Nullable String signature) {
        return structure(call("vectorize", function, List.copyOf(excluded), signature));
    }

    /**
     * {@code keras.ops.custom_gradient(f)}: a function that brings its own gradient, as {@link
     * sungu.ops.Controls#customGradient} says.
     */
    public static Function<Tensor[], Tensor[]> customGradient(Function<Tensor[], WithGradient> f) {
        return structure(call("custom_gradient", f));
    }

    /**
     * {@code keras.ops.jvp(fun, primals, tangents)}: the results of a function and their
     * derivatives along the tangents, each in the structure of the results.
     */
    public static <T> List<T> jvp(
            Function<Object[], T> function,
            List<? extends Tensor> primals,
            List<? extends Tensor> tangents) {
        return structure(call("jvp", function, primals, tangents));
    }
}
