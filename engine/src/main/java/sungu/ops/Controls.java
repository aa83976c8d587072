package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.gradient.GradientTape;
import sungu.graph.Graph;
import sungu.primitive.Call;
import sungu.primitive.Conditional;
import sungu.primitive.Scan;
import sungu.primitive.StopGradient;
import sungu.primitive.WhileLoop;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.tensor.Variable;
import sungu.trace.Context;
import sungu.trace.Trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Branches and loops that work eagerly and in traced functions, and functions with a gradient of
 * their own.
 *
 * <p>Eagerly they are Java's own branches and loops. In a trace, what their bodies read from
 * outside becomes further operands, and variables that they assign are threaded through as carried
 * values.
 */
public final class Controls {
    private Controls() {}

    /** The same value, which no gradient flows through. */
    public static Tensor stopGradient(Tensor x) {
        return Context.bind(new StopGradient(), x);
    }

    /**
     * Runs one of two functions, by a bool scalar. In a trace both must return the same number of
     * tensors of the same types.
     */
    public static Tensor[] cond(
            Tensor predicate, Supplier<Tensor[]> then, Supplier<Tensor[]> otherwise) {
        if (Context.current().trace() == null) {
            return predicate.booleanValue() ? then.get() : otherwise.get();
        }
        var first = Trace.trace(none -> then.get());
        var second = Trace.trace(none -> otherwise.get());
        var writes = new LinkedHashSet<>(first.writes());
        writes.addAll(second.writes());
        // Both are recorded again with the same operands and the same written variables, in the
        // same order.
        var operands = new LinkedHashSet<>(first.captures());
        operands.addAll(second.captures());
        operands.addAll(writes);
        var captures = List.copyOf(operands);
        var a = branch(then, captures, writes);
        var b = branch(otherwise, captures, writes);
        var arguments = new ArrayList<Tensor>();
        arguments.add(predicate);
        captures.forEach(capture -> arguments.add(plain(capture)));
        var results = Context.bindAll(new Conditional(a, b), arguments.toArray(Tensor[]::new));
        return assign(results, List.copyOf(writes));
    }

    /** As {@link #cond(Tensor, Supplier, Supplier)} for a single tensor. */
    public static Tensor condTensor(
            Tensor predicate, Supplier<Tensor> then, Supplier<Tensor> otherwise) {
        return cond(
                predicate, () -> new Tensor[] {then.get()}, () -> new Tensor[] {otherwise.get()})[
                0];
    }

    private static Graph branch(
            Supplier<Tensor[]> body, List<Tensor> captures, Collection<Variable> writes) {
        var traced =
                Trace.trace(
                        none -> {
                            var results = new ArrayList<>(List.of(body.get()));
                            for (var variable : writes) {
                                results.add(variable.plainValue());
                            }
                            return results.toArray(Tensor[]::new);
                        },
                        captures);
        // This branch may assign fewer variables than both together.
        return traced.graph().withoutLast(traced.writes().size());
    }

    /** Gives the last results to the written variables and returns the rest. */
    private static Tensor[] assign(Tensor[] results, List<Variable> writes) {
        int own = results.length - writes.size();
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).assign(results[own + i]);
        }
        return Arrays.copyOf(results, own);
    }

    /**
     * Runs {@code body} on the carried values while {@code condition} of them, a bool scalar, is
     * true; returns the last ones.
     */
    public static Tensor[] whileLoop(
            Function<Tensor[], Tensor> condition,
            Function<Tensor[], Tensor[]> body,
            Tensor... initial) {
        return whileLoop(condition, body, -1, initial);
    }

    /**
     * As {@link #whileLoop(Function, Function, Tensor...)}, for at most {@code maximumIterations}
     * rounds; negative means no limit.
     */
    public static Tensor[] whileLoop(
            Function<Tensor[], Tensor> condition,
            Function<Tensor[], Tensor[]> body,
            int maximumIterations,
            Tensor... initial) {
        var begin = values(initial);
        if (Context.current().trace() == null) {
            for (int i = 0;
                    (maximumIterations < 0 || i < maximumIterations)
                            && condition.apply(begin).booleanValue();
                    i++) {
                begin = values(body.apply(begin));
            }
            return begin;
        }
        if (maximumIterations >= 0) {
            var counted = Arrays.copyOf(begin, begin.length + 1);
            counted[begin.length] = Tensor.of(0);
            int last = begin.length;
            var results =
                    traced(
                            all ->
                                    Elements.and(
                                            condition.apply(Arrays.copyOf(all, last)),
                                            all[last].less(maximumIterations)),
                            all -> {
                                var next =
                                        Arrays.copyOf(
                                                values(body.apply(Arrays.copyOf(all, last))),
                                                last + 1);
                                next[last] = all[last].plus(1);
                                return next;
                            },
                            counted);
            return Arrays.copyOf(results, last);
        }
        return traced(condition, body, begin);
    }

    private static Tensor[] traced(
            Function<Tensor[], Tensor> condition,
            Function<Tensor[], Tensor[]> body,
            Tensor[] initial) {
        var types = types(initial);
        var test = Trace.trace(all -> new Tensor[] {condition.apply(all)}, types);
        var round = Trace.trace(body, types);
        var writes = round.writes();
        var stays = new LinkedHashSet<>(round.captures());
        stays.addAll(test.captures());
        writes.forEach(stays::remove);
        var captures = List.copyOf(stays);
        int own = initial.length;
        var carried = new ArrayList<>(List.of(initial));
        writes.forEach(variable -> carried.add(variable.plainValue()));
        var allTypes = types(carried.toArray(Tensor[]::new));
        var conditionGraph =
                Trace.trace(
                                all -> {
                                    place(writes, all, own);
                                    return new Tensor[] {condition.apply(Arrays.copyOf(all, own))};
                                },
                                captures,
                                allTypes)
                        .graph()
                        .withoutLast(writes.size());
        var bodyGraph =
                Trace.trace(
                                all -> {
                                    place(writes, all, own);
                                    return withValues(body.apply(Arrays.copyOf(all, own)), writes);
                                },
                                captures,
                                allTypes)
                        .graph()
                        .withoutLast(writes.size());
        captures.forEach(capture -> carried.add(plain(capture)));
        var results =
                Context.bindAll(
                        new WhileLoop(conditionGraph, bodyGraph, own + writes.size()),
                        carried.toArray(Tensor[]::new));
        return assign(results, writes);
    }

    /**
     * Runs {@code body} once per row of {@code rows}. It gets the carried values and the row of
     * each, and returns the next carried values followed by results of its own, which are stacked.
     *
     * @param length the number of rows, for loops without any rows to read; else -1
     * @return the last carried values, then the stacked results
     */
    public static Tensor[] scan(
            Function<Tensor[], Tensor[]> body,
            Tensor[] initial,
            Tensor[] rows,
            int length,
            boolean reverse) {
        var begin = values(initial);
        var lines = values(rows);
        int n = lines.length > 0 ? lines[0].shape().dim(0) : length;
        if (n < 0) {
            throw new TensorException("scan: neither rows nor a length given");
        }
        return Context.current().trace() == null
                ? unrolled(body, begin, lines, n, reverse)
                : tracedScan(body, begin, lines, n, reverse);
    }

    private static Tensor[] unrolled(
            Function<Tensor[], Tensor[]> body,
            Tensor[] carry,
            Tensor[] rows,
            int n,
            boolean reverse) {
        var stacks = new ArrayList<Tensor[]>();
        int own = carry.length;
        int extra = 0;
        for (int k = 0; k < n; k++) {
            int row = reverse ? n - 1 - k : k;
            var arguments = Arrays.copyOf(carry, own + rows.length);
            for (int i = 0; i < rows.length; i++) {
                arguments[own + i] =
                        Movements.squeeze(Movements.sliceAxis(rows[i], 0, row, row + 1), 0);
            }
            var results = values(body.apply(arguments));
            carry = Arrays.copyOf(results, own);
            extra = results.length - own;
            stacks.add(Arrays.copyOfRange(results, own, results.length));
        }
        if (n == 0) {
            return emptyScan(body, carry, rows);
        }
        var out = Arrays.copyOf(carry, own + extra);
        for (int i = 0; i < extra; i++) {
            var parts = new ArrayList<Tensor>();
            for (var stack : reverse ? stacks.reversed() : stacks) {
                parts.add(stack[i]);
            }
            out[own + i] = Movements.stack(parts, 0);
        }
        return out;
    }

    private static Tensor[] emptyScan(
            Function<Tensor[], Tensor[]> body, Tensor[] carry, Tensor[] rows) {
        var types = new ArrayList<>(List.of(types(carry)));
        for (var row : rows) {
            types.add(row.type().with(row.shape().remove(0)));
        }
        var results = Trace.trace(body, types.toArray(TensorType[]::new)).graph().outputTypes();
        var out = Arrays.copyOf(carry, results.length);
        for (int i = carry.length; i < out.length; i++) {
            out[i] = Tensor.zeros(results[i].shape().insert(0, 0), results[i].dtype());
        }
        return out;
    }

    private static Tensor[] tracedScan(
            Function<Tensor[], Tensor[]> body,
            Tensor[] initial,
            Tensor[] rows,
            int n,
            boolean reverse) {
        int own = initial.length;
        var types = new ArrayList<>(List.of(types(initial)));
        for (var row : rows) {
            types.add(row.type().with(row.shape().remove(0)));
        }
        var round = Trace.trace(body, types.toArray(TensorType[]::new));
        var writes = round.writes();
        var stays = new ArrayList<>(round.captures());
        stays.removeAll(writes);
        // Carried values first: the written variables stand between the function's own ones and the
        // rows.
        var arguments = new ArrayList<>(List.of(initial));
        writes.forEach(variable -> arguments.add(variable.plainValue()));
        int carried = arguments.size();
        var all = new ArrayList<>(List.of(types(arguments.toArray(Tensor[]::new))));
        all.addAll(types.subList(own, types.size()));
        var graph =
                Trace.trace(
                                values -> {
                                    place(writes, values, own);
                                    var call = new ArrayList<>(List.of(values).subList(0, own));
                                    call.addAll(List.of(values).subList(carried, values.length));
                                    var results =
                                            List.of(
                                                    values(
                                                            body.apply(
                                                                    call.toArray(Tensor[]::new))));
                                    var ordered = new ArrayList<>(results.subList(0, own));
                                    writes.forEach(variable -> ordered.add(variable.plainValue()));
                                    ordered.addAll(results.subList(own, results.size()));
                                    return ordered.toArray(Tensor[]::new);
                                },
                                stays,
                                all.toArray(TensorType[]::new))
                        .graph()
                        .withoutLast(writes.size());
        arguments.addAll(List.of(rows));
        stays.forEach(capture -> arguments.add(plain(capture)));
        var results =
                Context.bindAll(
                        new Scan(graph, carried, rows.length, n, reverse),
                        arguments.toArray(Tensor[]::new));
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).assign(results[own + i]);
        }
        var out = new ArrayList<>(List.of(results).subList(0, own));
        out.addAll(List.of(results).subList(carried, results.length));
        return out.toArray(Tensor[]::new);
    }

    private static void place(List<Variable> writes, Tensor[] values, int from) {
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).assign(values[from + i]);
        }
    }

    private static Tensor[] withValues(Tensor[] results, List<Variable> writes) {
        var all = new ArrayList<>(List.of(results));
        writes.forEach(variable -> all.add(variable.plainValue()));
        return all.toArray(Tensor[]::new);
    }

    /**
     * What a graph that captured a tensor takes for it: variables without the cast of mixed
     * precision, which the graph does itself.
     */
    private static Tensor plain(Tensor capture) {
        return capture instanceof Variable variable ? variable.plainValue() : capture;
    }

    private static Tensor[] values(Tensor[] tensors) {
        var values = new Tensor[tensors.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensors[i] instanceof Variable variable ? variable.value() : tensors[i];
        }
        return values;
    }

    private static TensorType[] types(Tensor[] tensors) {
        return Arrays.stream(tensors).map(Tensor::type).toArray(TensorType[]::new);
    }

    /** A function's outputs with the gradient function that goes with them. */
    public record WithGradient(Tensor[] outputs, Function<@Nullable Tensor[], Tensor[]> gradient) {}

    /**
     * Runs a function that brings its own gradient: {@code function} returns outputs and, from the
     * cotangents of the outputs, the gradient by each input. It may read variables and outer
     * values, which get no gradient from it, but not assign variables.
     */
    public static Tensor[] customGradient(
            Function<Tensor[], WithGradient> function, Tensor... inputs) {
        var arguments = values(inputs);
        if (Context.current().tape() == null && Context.current().trace() == null) {
            return function.apply(arguments).outputs();
        }
        var types = types(arguments);
        var forward = Trace.trace(all -> function.apply(all).outputs(), types);
        if (!forward.writes().isEmpty()) {
            throw new TensorException(
                    "customGradient: the function assigns variable '"
                            + forward.writes().get(0).name()
                            + "'",
                    "return the new value as a further output and assign it outside");
        }
        int own = arguments.length;
        int outputs = forward.graph().outputs().size();
        var withCotangents = new ArrayList<>(List.of(types));
        for (var output : forward.graph().outputTypes()) {
            if (output.dtype().isDifferentiable()) {
                withCotangents.add(output);
            }
        }
        Function<Tensor[], Tensor[]> gradient =
                all -> {
                    var result = function.apply(Arrays.copyOf(all, own));
                    var cotangents = new Tensor[outputs];
                    int next = own;
                    for (int i = 0; i < outputs; i++) {
                        cotangents[i] =
                                result.outputs()[i].dtype().isDifferentiable()
                                        ? all[next++]
                                        : Elements.zerosLike(result.outputs()[i]);
                    }
                    var found = result.gradient().apply(cotangents);
                    var gradients = new ArrayList<Tensor>();
                    for (int i = 0; i < own; i++) {
                        if (types[i].dtype().isDifferentiable()) {
                            gradients.add(Movements.reshape(found[i], types[i].shape()));
                        }
                    }
                    return gradients.toArray(Tensor[]::new);
                };
        var backward =
                Trace.trace(
                        gradient, forward.captures(), withCotangents.toArray(TensorType[]::new));
        // What either of the two reads from outside becomes an operand of the call.
        var captures = backward.captures();
        var graph = Trace.trace(all -> function.apply(all).outputs(), captures, types).graph();
        var operands = new ArrayList<>(List.of(arguments));
        captures.forEach(capture -> operands.add(plain(capture)));
        return Context.bindAll(
                new Call(graph, pullback(backward.graph(), own, captures)),
                operands.toArray(Tensor[]::new));
    }

    /**
     * The gradient graph with its inputs in the order that {@link Call} wants: arguments, captures,
     * cotangents; zeros for the captures.
     */
    private static Graph pullback(Graph backward, int own, List<Tensor> captures) {
        var given = backward.inputTypes();
        int cotangents = given.length - own - captures.size();
        var wanted = new ArrayList<>(List.of(given).subList(0, own));
        wanted.addAll(List.of(given).subList(own + cotangents, given.length));
        wanted.addAll(List.of(given).subList(own, own + cotangents));
        return Trace.trace(
                        all -> {
                            var ordered = new ArrayList<>(List.of(all).subList(0, own));
                            ordered.addAll(List.of(all).subList(own + captures.size(), all.length));
                            ordered.addAll(List.of(all).subList(own, own + captures.size()));
                            var gradients =
                                    new ArrayList<>(
                                            List.of(
                                                    backward.apply(
                                                            ordered.toArray(Tensor[]::new))));
                            for (var capture : captures) {
                                if (capture.dtype().isDifferentiable()) {
                                    gradients.add(Tensor.zeros(capture.shape(), capture.dtype()));
                                }
                            }
                            return gradients.toArray(Tensor[]::new);
                        },
                        wanted.toArray(TensorType[]::new))
                .graph();
    }

    /** Runs {@code body} without tapes noting it. */
    public static <T> T withoutGradient(Supplier<T> body) {
        return GradientTape.paused(body);
    }
}
