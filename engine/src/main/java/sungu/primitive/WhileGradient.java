package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.graph.Graph;
import sungu.kernel.Copy;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a {@link WhileLoop}: runs the loop again, keeps what each round began with on a
 * growing stack, and goes back over it.
 *
 * <p>Inputs are those of the loop, then sums, one per gradient that {@code step} gives, starting
 * with the cotangents of the carried values and zeros for the rest. {@code step} takes the inputs
 * of one round and the sums, and gives the sums before that round.
 */
public record WhileGradient(Graph condition, Graph body, Graph step, int carried, int inputs)
        implements Control {
    @Override
    public String label() {
        return "while_gradient";
    }

    @Override
    public List<Graph> graphs() {
        return List.of(condition, body, step);
    }

    @Override
    public Control with(List<Graph> graphs) {
        return new WhileGradient(graphs.get(0), graphs.get(1), graphs.get(2), carried, inputs);
    }

    @Override
    public TensorType[] types(TensorType... types) {
        GraphTypes.check("while_gradient", step, types);
        return GraphTypes.rest(types, inputs);
    }

    @Override
    public void run(HostTensor[] in, HostTensor[] outputs) {
        var values = Arrays.copyOf(in, inputs);
        var rounds = new ArrayList<HostTensor[]>();
        while (Backends.run(condition, values)[0].integer(0) != 0) {
            rounds.add(Arrays.copyOf(values, carried));
            System.arraycopy(Backends.run(body, values), 0, values, 0, carried);
        }
        var arguments = in.clone();
        for (int i = rounds.size() - 1; i >= 0; i--) {
            System.arraycopy(rounds.get(i), 0, arguments, 0, carried);
            var sums = Backends.run(step, arguments);
            System.arraycopy(sums, 0, arguments, inputs, sums.length);
        }
        for (int i = 0; i < outputs.length; i++) {
            var sum = arguments[inputs + i];
            Copy.flat(sum.array(), outputs[i].array(), sum.size() * sum.dtype().lanes());
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        throw new TensorException(
                "a traced while loop has first-order gradients only",
                "use Controls.scan, whose gradients have any order, or run the loop eagerly");
    }
}
