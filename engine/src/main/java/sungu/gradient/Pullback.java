package sungu.gradient;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Call;
import sungu.primitive.Conditional;
import sungu.primitive.Gradient;
import sungu.primitive.Scan;
import sungu.primitive.WhileGradient;
import sungu.primitive.WhileLoop;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;
import sungu.trace.Context;
import sungu.trace.Trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradients of graphs, as graphs: from the inputs of a graph and a cotangent per differentiable
 * output to a gradient per differentiable input. It computes the graph again; common
 * sub-expressions and dead code are for passes to remove.
 */
public final class Pullback {
    private final Graph graph;
    private final Graph backward;
    private final int[] sources;
    private final int[] targets;

    private Pullback(Graph graph) {
        this.graph = graph;
        sources = differentiable(graph.inputs());
        targets = differentiable(graph.outputs());
        var types = new ArrayList<TensorType>(List.of(graph.inputTypes()));
        for (int target : targets) {
            types.add(graph.outputs().get(target).type());
        }
        backward = Trace.trace(this::trace, types.toArray(TensorType[]::new)).graph();
    }

    /** The pullback of a graph; worked out once per graph. */
    public static Pullback of(Graph graph) {
        return graph.derived(Pullback.class, () -> new Pullback(graph));
    }

    private static int[] differentiable(List<Value> values) {
        var found = new int[values.size()];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            if (values.get(i).type().dtype().isDifferentiable()) {
                found[n++] = i;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private Tensor[] trace(Tensor[] arguments) {
        int inputs = graph.inputs().size();
        var cotangents = List.of(arguments).subList(inputs, arguments.length);
        try (var tape = GradientTape.withoutVariables()) {
            var wanted = new ArrayList<Tensor>();
            for (int source : sources) {
                tape.watch(arguments[source]);
                wanted.add(arguments[source]);
            }
            var outputs = graph.apply(Arrays.copyOf(arguments, inputs));
            var reached = new ArrayList<Tensor>();
            for (int target : targets) {
                reached.add(outputs[target]);
            }
            var gradients = tape.gradients(reached, wanted, cotangents);
            var filled = new Tensor[gradients.size()];
            for (int i = 0; i < filled.length; i++) {
                var gradient = gradients.get(i);
                filled[i] =
                        gradient != null ? gradient : sungu.ops.Elements.zerosLike(wanted.get(i));
            }
            return filled;
        }
    }

    private Tensor[] arguments(Gradient g, int skip) {
        var arguments = new ArrayList<Tensor>();
        for (int i = skip; i < g.inputs(); i++) {
            arguments.add(g.x(i));
        }
        for (int target : targets) {
            arguments.add(g.d(target));
        }
        return arguments.toArray(Tensor[]::new);
    }

    private @Nullable Tensor[] spread(Tensor[] gradients, int inputs, int skip) {
        var all = new Tensor[inputs];
        for (int i = 0; i < sources.length; i++) {
            all[skip + sources[i]] = gradients[i];
        }
        return all;
    }

    /** The gradients of a call of the graph. */
    public @Nullable Tensor[] apply(Gradient g) {
        return spread(Context.bindAll(new Call(backward, null), arguments(g, 0)), g.inputs(), 0);
    }

    /**
     * The gradients of a call with a pullback of its own: from all inputs, outputs and cotangents
     * to a gradient per differentiable input.
     */
    public static @Nullable Tensor[] call(Graph pullback, Gradient g) {
        var arguments = new ArrayList<Tensor>();
        for (int i = 0; i < g.inputs(); i++) {
            arguments.add(g.x(i));
        }
        for (int i = 0; i < g.outputs(); i++) {
            if (g.out(i).dtype().isDifferentiable()) {
                arguments.add(g.d(i));
            }
        }
        var gradients = Context.bindAll(new Call(pullback, null), arguments.toArray(Tensor[]::new));
        var all = new Tensor[g.inputs()];
        int k = 0;
        for (int i = 0; i < all.length; i++) {
            if (g.x(i).dtype().isDifferentiable()) {
                all[i] = gradients[k++];
            }
        }
        return all;
    }

    /**
     * The gradients of a branch between this graph and another, whose first input is the predicate.
     */
    public @Nullable Tensor[] branches(Pullback other, Gradient g) {
        var arguments = new ArrayList<Tensor>();
        arguments.add(g.x(0));
        arguments.addAll(List.of(arguments(g, 1)));
        var gradients =
                Context.bindAll(
                        new Conditional(backward, other.backward),
                        arguments.toArray(Tensor[]::new));
        return spread(gradients, g.inputs(), 1);
    }

    /** The gradients of a traced while loop. */
    public static @Nullable Tensor[] loop(WhileLoop loop, Gradient g) {
        var pullback = of(loop.body());
        int inputs = g.inputs();
        int carried = loop.carried();
        // Sums: the cotangent of each differentiable carried value as it goes back, and what piles
        // up for values that stay.
        var types = new ArrayList<TensorType>();
        var arguments = new ArrayList<Tensor>();
        for (int i = 0; i < inputs; i++) {
            types.add(g.x(i).type());
            arguments.add(g.x(i));
        }
        for (int source : pullback.sources) {
            types.add(g.x(source).type());
            arguments.add(
                    source < carried ? g.d(source) : sungu.ops.Elements.zerosLike(g.x(source)));
        }
        var step =
                Trace.trace(
                                values -> {
                                    var call =
                                            new ArrayList<Tensor>(
                                                    List.of(values).subList(0, inputs));
                                    for (int k = 0;
                                            k < pullback.sources.length
                                                    && pullback.sources[k] < carried;
                                            k++) {
                                        call.add(values[inputs + k]);
                                    }
                                    var gradients =
                                            pullback.backward.apply(call.toArray(Tensor[]::new));
                                    for (int k = 0; k < gradients.length; k++) {
                                        if (pullback.sources[k] >= carried) {
                                            gradients[k] = gradients[k].plus(values[inputs + k]);
                                        }
                                    }
                                    return gradients;
                                },
                                types.toArray(TensorType[]::new))
                        .graph();
        var sums =
                Context.bindAll(
                        new WhileGradient(loop.condition(), loop.body(), step, carried, inputs),
                        arguments.toArray(Tensor[]::new));
        return pullback.spread(sums, inputs, 0);
    }

    /**
     * The gradients of a scan: a scan that also stacks what each round began with, then one over
     * the pullback of the body in the other direction.
     */
    public static @Nullable Tensor[] scan(Scan scan, Gradient g) {
        int carried = scan.carried();
        int rows = scan.rows();
        int inputs = g.inputs();
        var pullback = of(scan.body());
        var all = new Tensor[inputs];
        for (int i = 0; i < inputs; i++) {
            all[i] = g.x(i);
        }
        var stacking =
                Trace.trace(
                                values -> {
                                    var results =
                                            new ArrayList<Tensor>(
                                                    List.of(scan.body().apply(values))
                                                            .subList(0, carried));
                                    results.addAll(List.of(values).subList(0, carried));
                                    return results.toArray(Tensor[]::new);
                                },
                                scan.body().inputTypes())
                        .graph();
        var begun =
                Context.bindAll(
                        new Scan(stacking, carried, rows, scan.length(), scan.reverse()), all);

        // Carried: cotangents of the carried values, sums for values that stay. Rows: beginnings,
        // rows, cotangents of stacked results.
        var carry = new ArrayList<Tensor>();
        var stays = new ArrayList<Integer>();
        for (int source : pullback.sources) {
            if (source < carried) {
                carry.add(g.d(source));
            }
        }
        int cotangents = carry.size();
        for (int source : pullback.sources) {
            if (source >= carried + rows) {
                carry.add(sungu.ops.Elements.zerosLike(g.x(source)));
                stays.add(source);
            }
        }
        var stacked = new ArrayList<Tensor>();
        for (int i = 0; i < carried; i++) {
            stacked.add(begun[carried + i]);
        }
        for (int i = carried; i < carried + rows; i++) {
            stacked.add(g.x(i));
        }
        for (int target : pullback.targets) {
            if (target >= carried) {
                stacked.add(g.d(target));
            }
        }
        var arguments = new ArrayList<Tensor>(carry);
        arguments.addAll(stacked);
        arguments.addAll(List.of(all).subList(carried + rows, inputs));
        var types = new ArrayList<TensorType>();
        for (int i = 0; i < arguments.size(); i++) {
            var type = arguments.get(i).type();
            types.add(
                    i >= carry.size() && i < carry.size() + stacked.size()
                            ? type.with(type.shape().remove(0))
                            : type);
        }
        int carrySize = carry.size();
        int stackedSize = stacked.size();
        var back =
                Trace.trace(
                                values -> {
                                    var list = List.of(values);
                                    var call =
                                            new ArrayList<Tensor>(
                                                    list.subList(
                                                            carrySize, carrySize + carried + rows));
                                    call.addAll(list.subList(carrySize + stackedSize, list.size()));
                                    call.addAll(list.subList(0, cotangents));
                                    call.addAll(
                                            list.subList(
                                                    carrySize + carried + rows,
                                                    carrySize + stackedSize));
                                    var gradients =
                                            pullback.backward.apply(call.toArray(Tensor[]::new));
                                    var results = new ArrayList<Tensor>();
                                    var ofRows = new ArrayList<Tensor>();
                                    int sum = cotangents;
                                    for (int k = 0; k < gradients.length; k++) {
                                        int source = pullback.sources[k];
                                        if (source < carried) {
                                            results.add(gradients[k]);
                                        } else if (source < carried + rows) {
                                            ofRows.add(gradients[k]);
                                        } else {
                                            results.add(gradients[k].plus(values[sum++]));
                                        }
                                    }
                                    results.addAll(ofRows);
                                    return results.toArray(Tensor[]::new);
                                },
                                types.toArray(TensorType[]::new))
                        .graph();
        var results =
                Context.bindAll(
                        new Scan(back, carrySize, stackedSize, scan.length(), !scan.reverse()),
                        arguments.toArray(Tensor[]::new));
        var gradients = new Tensor[inputs];
        int k = 0;
        int row = carrySize;
        for (int source : pullback.sources) {
            if (source < carried) {
                gradients[source] = results[k++];
            } else if (source < carried + rows) {
                gradients[source] = results[row++];
            }
        }
        for (int source : stays) {
            gradients[source] = results[k++];
        }
        return gradients;
    }
}
