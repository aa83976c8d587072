package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

import java.util.Arrays;
import java.util.List;

/**
 * Runs a graph.
 *
 * @param pullback a graph from the inputs and the cotangents to the gradients, for functions with a
 *     gradient of their own; null for the one that follows from the graph
 */
public record Call(Graph graph, @Nullable Graph pullback) implements Control {
    @Override
    public String label() {
        return "call";
    }

    @Override
    public List<Graph> graphs() {
        return pullback == null ? List.of(graph) : List.of(graph, pullback);
    }

    @Override
    public Control with(List<Graph> graphs) {
        return new Call(graphs.get(0), pullback == null ? null : graphs.get(1));
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        GraphTypes.check("call", graph, inputs);
        return graph.outputTypes();
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        Backends.run(graph, inputs, outputs);
    }

    @Override
    public HostTensor[] evaluate(HostTensor... inputs) {
        types(Arrays.stream(inputs).map(HostTensor::type).toArray(TensorType[]::new));
        return Backends.run(graph, inputs);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return pullback == null ? Pullback.of(graph).apply(g) : Pullback.call(pullback, g);
    }
}
