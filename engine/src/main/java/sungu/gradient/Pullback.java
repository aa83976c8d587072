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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        return graph.derived(Pullback.class, Pullback::new);
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
        return both(arguments)[1];
    }

    /** The outputs of the graph and the gradients by its differentiable inputs. */
    private Tensor[][] both(Tensor[] arguments) {
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
            return new Tensor[][] {outputs, filled};
        }
    }

    /**
     * A graph and its pullback in one, computing common parts once.
     *
     * @param graph inputs: those of the graph, then a cotangent per differentiable output; outputs:
     *     those of the graph, then a gradient per differentiable input
     * @param sources the differentiable inputs
     * @param targets the differentiable outputs
     * @param late what depends on cotangents
     */
    record Joint(Graph graph, int[] sources, int[] targets, Set<Value> late) {
        /** The gradient by an input. */
        Value gradient(int source) {
            int k = Arrays.binarySearch(sources, source);
            return graph.outputs().get(graph.outputs().size() - sources.length + k);
        }
    }

    /** The graph and its pullback in one; worked out once. */
    Joint joint() {
        return graph.derived(
                Joint.class,
                source -> {
                    var both =
                            Trace.trace(
                                            arguments -> {
                                                var parts = both(arguments);
                                                var all = new ArrayList<>(List.of(parts[0]));
                                                all.addAll(List.of(parts[1]));
                                                return all.toArray(Tensor[]::new);
                                            },
                                            backward.inputTypes())
                                    .graph();
                    var inputs = both.inputs();
                    var late =
                            new HashSet<Value>(
                                    inputs.subList(graph.inputs().size(), inputs.size()));
                    for (var node : both.nodes()) {
                        if (node.inputs().stream().anyMatch(late::contains)) {
                            late.addAll(node.outputs());
                        }
                    }
                    return new Joint(both, sources, targets, late);
                });
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

    /** The gradients of a scan. */
    public static @Nullable Tensor[] scan(Scan scan, Gradient g) {
        return ScanGradient.of(scan, g);
    }
}
