package sungu.keras.ops;

import sungu.keras.Tensors;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Functions of scalars, or of tensors as a signature says, made functions of larger tensors. */
final class VectorizeOps {
    private static final Pattern ARGUMENT = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern SIGNATURE =
            Pattern.compile("(\\(\\w*(,\\w+)*\\),?)+->(\\(\\w*(,\\w+)*\\),?)+");

    private VectorizeOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "vectorize(pyfunc, | excluded=None, signature=None)",
                a -> {
                    @SuppressWarnings("unchecked") // what the facade declares
                    var f =
                            (Function<Object[], Object>)
                                    a.as("pyfunc", Function.class, "a function");
                    var excluded = new HashSet<Integer>();
                    if (a.has("excluded")) {
                        for (int position : a.ints("excluded")) {
                            excluded.add(position);
                        }
                    }
                    var signature = a.textOrNone("signature");
                    var cores = signature == null ? null : cores(a, signature.replace(" ", ""));
                    return (Function<Object[], Object>)
                            arguments -> apply(f, excluded, cores, arguments);
                });
    }

    /** The names of the dimensions of each argument that the function itself takes. */
    private static List<List<String>> cores(Given a, String signature) {
        if (!SIGNATURE.matcher(signature).matches()) {
            throw a.refused("signature", "must have the form '(m,n),(n)->(m)'");
        }
        return ARGUMENT.matcher(signature.substring(0, signature.indexOf("->")))
                .results()
                .map(match ->
                        match.group(1).isEmpty()
                                ? List.<String>of()
                                : List.of(match.group(1).split(",")))
                .toList();
    }

    private static Object apply(
            Function<Object[], Object> f,
            Set<Integer> excluded,
            @org.jspecify.annotations.Nullable List<List<String>> cores,
            Object[] arguments) {
        var mapped = new ArrayList<Tensor>();
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < arguments.length; i++) {
            if (!excluded.contains(i)) {
                positions.add(i);
                mapped.add(Conversion.tensor(arguments[i]));
            }
        }
        if (cores != null && cores.size() != mapped.size()) {
            throw new TensorException(
                    "vectorize: the signature names "
                            + cores.size()
                            + " arguments, the call has "
                            + mapped.size());
        }
        var loop = Shape.SCALAR;
        var sizes = new HashMap<String, Integer>();
        var ranks = new int[mapped.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = cores == null ? 0 : cores.get(i).size();
            var shape = mapped.get(i).shape();
            if (shape.rank() < ranks[i]) {
                throw new TensorException(
                        "vectorize: argument "
                                + positions.get(i)
                                + " needs "
                                + ranks[i]
                                + " dimensions, got "
                                + mapped.get(i).type());
            }
            for (int j = 0; j < ranks[i] && cores != null; j++) {
                int size = shape.dim(shape.rank() - ranks[i] + j);
                var name = cores.get(i).get(j);
                var before = sizes.putIfAbsent(name, size);
                if (before != null && before != size) {
                    throw new TensorException(
                            "vectorize: dimension '" + name + "' is " + before + " and " + size);
                }
            }
            loop = Shape.broadcast(loop, shape.slice(0, shape.rank() - ranks[i]));
        }
        var rows = new ArrayList<Tensors>();
        for (int i = 0; i < ranks.length; i++) {
            var x = mapped.get(i);
            var core = x.shape().slice(x.rank() - ranks[i], x.rank());
            rows.add(
                    Tensors.of(
                            Movements.reshape(
                                    Movements.broadcastTo(x, loop.concat(core)),
                                    Shape.of(loop.size()).concat(core))));
        }
        var out = loop;
        var results =
                ControlOps.structure(
                        ControlOps.mapped(
                                row -> {
                                    var all = Arrays.copyOf(arguments, arguments.length);
                                    for (int i = 0; i < positions.size(); i++) {
                                        all[positions.get(i)] = ((List<?>) row).get(i);
                                    }
                                    return f.apply(all);
                                },
                                new Tensors.Items(rows)));
        return results.map(y -> Movements.reshape(y, out.concat(y.shape().slice(1, y.rank()))))
                .nested();
    }
}
