package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;
import java.util.List;

/** Runs one of two graphs: inputs are a bool scalar and the operands that both graphs take. */
public record Conditional(Graph then, Graph otherwise) implements Control {
    @Override
    public String label() {
        return "cond";
    }

    @Override
    public List<Graph> graphs() {
        return List.of(then, otherwise);
    }

    @Override
    public Control with(List<Graph> graphs) {
        return new Conditional(graphs.get(0), graphs.get(1));
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() != DType.BOOL || inputs[0].shape().rank() != 0) {
            throw new TensorException(
                    "cond: the predicate must be a bool scalar, got " + inputs[0],
                    "compare it and reduce it with any or all");
        }
        var operands = GraphTypes.rest(inputs, 1);
        GraphTypes.check("cond", then, operands);
        GraphTypes.check("cond", otherwise, operands);
        if (!Arrays.equals(then.outputTypes(), otherwise.outputTypes())) {
            throw new TensorException(
                    "cond: the branches give different types: "
                            + Arrays.toString(then.outputTypes())
                            + " and "
                            + Arrays.toString(otherwise.outputTypes()),
                    "both branches must return the same number of tensors of the same types");
        }
        return then.outputTypes();
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        Backends.run(
                inputs[0].integer(0) != 0 ? then : otherwise,
                Arrays.copyOfRange(inputs, 1, inputs.length),
                outputs);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return Pullback.of(then).branches(Pullback.of(otherwise), g);
    }
}
