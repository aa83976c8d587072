package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.kernel.Copy;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;
import java.util.List;

/**
 * Runs a body while a condition holds. Inputs are {@code carried} values that the body replaces,
 * then values that stay; condition and body both take all of them.
 */
public record WhileLoop(Graph condition, Graph body, int carried) implements Control {
    @Override
    public String label() {
        return "while";
    }

    @Override
    public List<Graph> graphs() {
        return List.of(condition, body);
    }

    @Override
    public Control with(List<Graph> graphs) {
        return new WhileLoop(graphs.get(0), graphs.get(1), carried);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        GraphTypes.check("while", condition, inputs);
        GraphTypes.check("while", body, inputs);
        var carry = Arrays.copyOf(inputs, carried);
        if (!Arrays.equals(carry, body.outputTypes())) {
            throw new TensorException(
                    "while: the loop carries "
                            + Arrays.toString(carry)
                            + ", its body returns "
                            + Arrays.toString(body.outputTypes()),
                    "types must not change from one round to the next; cast or reshape the initial"
                            + " values");
        }
        return carry;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var test = Backends.program(condition);
        var program = Backends.program(body);
        var buffers = RoundBuffers.take(body, carried, 0);
        var arguments = buffers.arguments;
        System.arraycopy(inputs, 0, arguments, 0, inputs.length);
        var holds = new HostTensor[] {HostTensor.allocate(DType.BOOL, Shape.SCALAR)};
        test.run(arguments, holds);
        for (int k = 0; holds[0].integer(0) != 0; k++) {
            var results = buffers.results(k);
            program.run(arguments, results);
            System.arraycopy(results, 0, arguments, 0, carried);
            test.run(arguments, holds);
        }
        for (int i = 0; i < carried; i++) {
            Copy.flat(
                    arguments[i].array(),
                    outputs[i].array(),
                    arguments[i].size() * arguments[i].dtype().lanes());
        }
        buffers.give();
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return Pullback.loop(this, g);
    }
}
