package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.gradient.GradientTape;
import sungu.keras.Tensors;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Operations whose arguments are functions: branches, loops, derivatives. What these take and give
 * are nested structures: tensors, lists, maps.
 */
final class ControlOps {
    private ControlOps() {}

    static void declare(Operations.Table t) {
        t.op("cond(pred, true_fn, false_fn)", ControlOps::cond);
        t.op("switch(index, branches, *operands)", ControlOps::choose);
        t.op("while_loop(cond, body, loop_vars, | maximum_iterations=None)", ControlOps::whileLoop);
        t.op("fori_loop(lower, upper, body_fun, init_val)", ControlOps::forLoop);
        t.op("scan(f, init, xs=None, | length=None, reverse=False, unroll=1)", ControlOps::scan);
        t.op("associative_scan(f, elems, | reverse=False, axis=0)", ControlOps::associativeScan);
        t.op("map(f, xs)", a -> mapped(function(a, "f"), structure(a.value("xs"))));
        t.op(
                "vectorized_map(function, elements)",
                a -> mapped(function(a, "function"), structure(a.value("elements"))));
        t.op(
                "custom_gradient(f)",
                a -> {
                    @SuppressWarnings("unchecked") // what the facade declares
                    var f =
                            (Function<Tensor[], Controls.WithGradient>)
                                    a.as("f", Function.class, "a function");
                    return (Function<Tensor[], Tensor[]>)
                            inputs -> Controls.customGradient(f, inputs);
                });
    }

    /** The derivative along a direction stands with linear algebra in Keras. */
    static void declareDerivatives(Operations.Table t) {
        t.op("jvp(fun, primals, tangents, | has_aux=False)", ControlOps::jvp);
    }

    @SuppressWarnings("unchecked") // arguments and results are nested structures of the caller's
    private static Function<Object, Object> function(Given a, String name) {
        return a.as(name, Function.class, "a function of one argument");
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<Object, @Nullable Object, Object> pairing(Given a, String name) {
        return a.as(name, BiFunction.class, "a function of two arguments");
    }

    /** A nested structure of what tensors are made from. */
    static Tensors structure(@Nullable Object nested) {
        return switch (nested) {
            case Tensors tensors -> tensors;
            case Object[] array -> structure(Arrays.asList(array));
            case List<?> list ->
                    new Tensors.Items(list.stream().map(ControlOps::structure).toList());
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Tensors>();
                map.forEach((name, item) -> entries.put(String.valueOf(name), structure(item)));
                yield new Tensors.Named(entries);
            }
            case null, default -> Tensors.of(Conversion.tensor(nested));
        };
    }

    private static Tensor[] flat(Tensors structure) {
        return structure.flat().toArray(Tensor[]::new);
    }

    private static Object nested(Tensors form, Tensor... leaves) {
        return form.with(List.of(leaves)).nested();
    }

    /** The form of a function's results, learned when it runs. */
    private static final class Form {
        private @Nullable Tensors form;

        Tensor[] leaves(@Nullable Object results) {
            var structure = structure(results);
            if (form != null && !shape(structure).equals(shape(form))) {
                throw new TensorException(
                        "the functions must give results of the same structure, got "
                                + shape(form)
                                + " and "
                                + shape(structure));
            }
            form = structure;
            return flat(structure);
        }

        Tensors form() {
            return Objects.requireNonNull(form);
        }

        private static Object shape(Tensors structure) {
            return structure.map(leaf -> PLACE);
        }

        private static final Tensor PLACE = Tensor.of(0);
    }

    private static Tensor flag(@Nullable Object value, String what) {
        var flag = Conversion.tensor(value);
        if (flag.size() != 1) {
            throw new TensorException(what + " must be one bool, got " + flag.type());
        }
        return Movements.reshape(Conversion.cast(flag, DType.BOOL), Shape.SCALAR);
    }

    private static Object cond(Given a) {
        Supplier<?> then = a.as("true_fn", Supplier.class, "a function without arguments");
        Supplier<?> otherwise = a.as("false_fn", Supplier.class, "a function without arguments");
        return cond(flag(a.value("pred"), "cond: argument 'pred'"), then, otherwise);
    }

    private static Object cond(Tensor predicate, Supplier<?> then, Supplier<?> otherwise) {
        var form = new Form();
        var results =
                Controls.cond(
                        predicate,
                        () -> form.leaves(then.get()),
                        () -> form.leaves(otherwise.get()));
        return nested(form.form(), results);
    }

    private static Object choose(Given a) {
        var branches = new ArrayList<Function<Object[], Object>>();
        for (var branch : a.items("branches")) {
            if (!(branch instanceof Function<?, ?>)) {
                throw a.refused("branches", "must be a list of functions");
            }
            @SuppressWarnings("unchecked") // what the facade declares
            var function = (Function<Object[], Object>) branch;
            branches.add(function);
        }
        if (branches.isEmpty()) {
            throw a.refused("branches", "must have an entry");
        }
        var index = a.tensor("index");
        if (index.size() != 1 || !index.dtype().isInteger()) {
            throw a.refused("index", "must be one integer");
        }
        var operands = a.items("operands").toArray();
        return choose(
                Movements.reshape(Conversion.cast(index, DType.INT32), Shape.SCALAR),
                branches,
                operands,
                0);
    }

    /** Indexes beyond either end take the first or the last branch. */
    private static Object choose(
            Tensor index, List<Function<Object[], Object>> branches, Object[] operands, int from) {
        return from == branches.size() - 1
                ? structure(branches.get(from).apply(operands)).nested()
                : cond(
                        Elements.lessEqual(index, Tensor.of(from)),
                        () -> branches.get(from).apply(operands),
                        () -> choose(index, branches, operands, from + 1));
    }

    private static Object whileLoop(Given a) {
        var condition = function(a, "cond");
        var body = function(a, "body");
        var form = structure(a.value("loop_vars"));
        var results =
                Controls.whileLoop(
                        leaves -> flag(condition.apply(nested(form, leaves)), "while_loop: 'cond'"),
                        leaves -> flat(structure(body.apply(nested(form, leaves)))),
                        a.has("maximum_iterations") ? a.size("maximum_iterations") : -1,
                        flat(form));
        return nested(form, results);
    }

    private static Object forLoop(Given a) {
        var body = pairing(a, "body_fun");
        var form = structure(a.value("init_val"));
        if (a.value("lower") instanceof Number && a.value("upper") instanceof Number) {
            int lower = a.size("lower");
            int rounds = Math.max(Math.subtractExact(a.size("upper"), lower), 0);
            var last =
                    Controls.scan(
                            all -> {
                                var carry = Arrays.copyOf(all, all.length - 1);
                                return flat(
                                        structure(
                                                body.apply(
                                                        all[carry.length], nested(form, carry))));
                            },
                            flat(form),
                            new Tensor[] {
                                Movements.iota(rounds, DType.INT32).plus(Tensor.of(lower))
                            },
                            -1,
                            false);
            return nested(form, last);
        }
        var upper = a.tensor("upper");
        var begin = new ArrayList<>(List.of(Conversion.cast(a.tensor("lower"), upper.dtype())));
        begin.addAll(form.flat());
        var results =
                Controls.whileLoop(
                        all -> Elements.less(all[0], upper),
                        all -> {
                            var next = new ArrayList<>(List.of(all[0].plus(1)));
                            var carry = Arrays.copyOfRange(all, 1, all.length);
                            next.addAll(structure(body.apply(all[0], nested(form, carry))).flat());
                            return next.toArray(Tensor[]::new);
                        },
                        begin.toArray(Tensor[]::new));
        return nested(form, Arrays.copyOfRange(results, 1, results.length));
    }

    private static Object scan(Given a) {
        var f = pairing(a, "f");
        var carry = structure(a.value("init"));
        int own = carry.flat().size();
        var rows = a.has("xs") ? structure(a.value("xs")) : null;
        int length = a.has("length") ? a.size("length") : -1;
        if (rows == null && length < 0) {
            throw a.refused("length", "must be given, and not be negative, where xs is None");
        }
        var lines = rows == null ? new Tensor[0] : flat(rows);
        checkLengths(a, "xs", lines, 0);
        if (lines.length > 0 && length >= 0 && length != lines[0].shape().dim(0)) {
            throw a.refused("length", "must be the first dimension of xs, " + lines[0].type());
        }
        var form = new Form();
        var kept = new boolean[1];
        var results =
                Controls.scan(
                        all -> {
                            var step =
                                    f.apply(
                                            nested(carry, Arrays.copyOf(all, own)),
                                            rows == null
                                                    ? null
                                                    : nested(
                                                            rows,
                                                            Arrays.copyOfRange(
                                                                    all, own, all.length)));
                            if (!(step instanceof ControlFunctions.Step<?, ?> pair)) {
                                throw a.refused("f", "must give a Step: the next values and a row");
                            }
                            var next = new ArrayList<>(structure(pair.carry()).flat());
                            kept[0] = pair.row() != null;
                            if (kept[0]) {
                                next.addAll(List.of(form.leaves(pair.row())));
                            }
                            return next.toArray(Tensor[]::new);
                        },
                        flat(carry),
                        lines,
                        length,
                        a.flag("reverse"));
        return new ControlFunctions.Step<>(
                nested(carry, Arrays.copyOf(results, own)),
                kept[0]
                        ? nested(form.form(), Arrays.copyOfRange(results, own, results.length))
                        : null);
    }

    private static void checkLengths(Given a, String name, Tensor[] tensors, int axis) {
        for (var tensor : tensors) {
            if (tensor.rank() == 0 || tensor.shape().dim(axis) != tensors[0].shape().dim(axis)) {
                throw a.refused(name, "must hold tensors with the same dimension " + axis);
            }
        }
    }

    /** What a function gives for each row, stacked. */
    static Object mapped(Function<Object, Object> f, Tensors rows) {
        for (var row : rows.flat()) {
            if (row.rank() == 0) {
                throw new TensorException("map: a scalar " + row.type() + " has no rows");
            }
        }
        var form = new Form();
        var results =
                Controls.scan(
                        all -> form.leaves(f.apply(nested(rows, all))),
                        new Tensor[0],
                        flat(rows),
                        -1,
                        false);
        return nested(form.form(), results);
    }

    private static Object associativeScan(Given a) {
        BinaryOperator<Tensors> combine = combine(a);
        var elements = structure(a.value("elems"));
        var leaves = flat(elements);
        if (leaves.length == 0) {
            return elements.nested();
        }
        int axis = leaves[0].shape().axis(a.size("axis"));
        checkLengths(a, "elems", leaves, axis);
        boolean reverse = a.flag("reverse");
        var ordered = reverse ? elements.map(x -> Movements.reverse(x, axis)) : elements;
        var found = scanned(combine, ordered, axis);
        return (reverse ? found.map(x -> Movements.reverse(x, axis)) : found).nested();
    }

    private static BinaryOperator<Tensors> combine(Given a) {
        var f = pairing(a, "f");
        return (x, y) -> structure(f.apply(x.nested(), y.nested()));
    }

    /** Neighbours in pairs first, then the pairs, then what lies between (Blelloch 1990). */
    private static Tensors scanned(BinaryOperator<Tensors> f, Tensors x, int axis) {
        int n = x.flat().getFirst().shape().dim(axis);
        if (n < 2) {
            return x;
        }
        var odd = scanned(f, f.apply(every(x, axis, 0, n - 1), every(x, axis, 1, n)), axis);
        var first = x.map(leaf -> Movements.sliceAxis(leaf, axis, 0, 1));
        if (n == 2) {
            return joined(first, odd, axis);
        }
        int pairs = n / 2;
        var before =
                n % 2 == 0 ? odd.map(leaf -> Movements.sliceAxis(leaf, axis, 0, pairs - 1)) : odd;
        var even = joined(first, f.apply(before, every(x, axis, 2, n)), axis);
        return interleaved(even, odd, axis);
    }

    /** Every other row of [from, to). */
    private static Tensors every(Tensors x, int axis, int from, int to) {
        return x.map(leaf -> {
            var begin = new int[leaf.rank()];
            var size = leaf.shape().dims().clone();
            var step = new int[leaf.rank()];
            Arrays.fill(step, 1);
            begin[axis] = from;
            size[axis] = (to - from + 1) / 2;
            step[axis] = 2;
            return Movements.slice(leaf, begin, size, step);
        });
    }

    private static Tensors joined(Tensors x, Tensors y, int axis) {
        var others = y.flat().iterator();
        return x.map(leaf -> Movements.concat(List.of(leaf, others.next()), axis));
    }

    private static Tensors interleaved(Tensors even, Tensors odd, int axis) {
        var others = odd.flat().iterator();
        return even.map(leaf -> {
            var other = others.next();
            int pairs = other.shape().dim(axis);
            int all = leaf.shape().dim(axis);
            var both =
                    Movements.stack(
                            List.of(Movements.sliceAxis(leaf, axis, 0, pairs), other), axis + 1);
            var line = Movements.reshape(both, leaf.shape().with(axis, 2 * pairs));
            return all == pairs
                    ? line
                    : Movements.concat(
                            List.of(line, Movements.sliceAxis(leaf, axis, pairs, all)), axis);
        });
    }

    /**
     * The derivative along the tangents: the gradient is linear in the cotangents, and its own
     * gradient by them is the derivative forward.
     */
    private static Object jvp(Given a) {
        @SuppressWarnings("unchecked") // what the facade declares
        var f =
                (Function<Object[], Object>)
                        a.as("fun", Function.class, "a function of the primals");
        var primals = structure(a.items("primals")).flat();
        var tangents = structure(a.items("tangents")).flat();
        boolean fits = primals.size() == tangents.size();
        for (int i = 0; fits && i < primals.size(); i++) {
            fits = primals.get(i).type().equals(tangents.get(i).type());
        }
        if (!fits) {
            throw a.refused("tangents", "must be of the types of the primals");
        }
        try (var outer = new GradientTape();
                var inner = new GradientTape()) {
            primals.forEach(inner::watch);
            var result = f.apply(primals.toArray());
            @Nullable Object further = null;
            if (a.flag("has_aux")) {
                if (!(result instanceof List<?> pair) || pair.size() != 2) {
                    throw a.refused("fun", "must give a list of results and further data");
                }
                result = pair.get(0);
                further = pair.get(1);
            }
            var out = structure(result);
            var smooth = out.flat().stream().filter(y -> y.dtype().isDifferentiable()).toList();
            var cotangents = smooth.stream().map(Elements::zerosLike).toList();
            cotangents.forEach(outer::watch);
            var gradients = inner.gradients(smooth, primals, cotangents);
            var targets = new ArrayList<Tensor>();
            var weights = new ArrayList<Tensor>();
            for (int i = 0; i < primals.size(); i++) {
                var gradient = gradients.get(i);
                if (gradient != null) {
                    targets.add(gradient);
                    weights.add(tangents.get(i));
                }
            }
            var forward = outer.gradients(targets, cotangents, weights).iterator();
            var derivative =
                    out.map(y -> {
                        var found = y.dtype().isDifferentiable() ? forward.next() : null;
                        return found != null ? found : Elements.zerosLike(y);
                    });
            var results = new ArrayList<Object>(List.of(out.nested(), derivative.nested()));
            if (further != null) {
                results.add(further);
            }
            return results;
        }
    }
}
