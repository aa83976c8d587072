package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;
import java.util.List;

/**
 * Runs a body once per row. Inputs are {@code carried} values that the body replaces, then {@code
 * rows} tensors of which each round sees one row, then values that stay. Outputs are the carried
 * values at the end, then what else the body returns, stacked.
 *
 * @param reverse whether to begin with the last row; stacked results keep the order of the rows
 */
public record Scan(Graph body, int carried, int rows, int length, boolean reverse)
        implements Control {
    @Override
    public String label() {
        return "scan";
    }

    @Override
    public List<Graph> graphs() {
        return List.of(body);
    }

    @Override
    public Control with(List<Graph> graphs) {
        return new Scan(graphs.get(0), carried, rows, length, reverse);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var round = inputs.clone();
        for (int i = carried; i < carried + rows; i++) {
            if (inputs[i].shape().rank() == 0 || inputs[i].shape().dim(0) != length) {
                throw new TensorException("scan: " + inputs[i] + " has no " + length + " rows");
            }
            round[i] = inputs[i].with(inputs[i].shape().remove(0));
        }
        GraphTypes.check("scan", body, round);
        var outputs = body.outputTypes();
        if (!Arrays.equals(Arrays.copyOf(round, carried), Arrays.copyOf(outputs, carried))) {
            throw new TensorException(
                    "scan: the loop carries "
                            + Arrays.toString(Arrays.copyOf(round, carried))
                            + ", its body returns "
                            + Arrays.toString(Arrays.copyOf(outputs, carried)),
                    "types must not change from one round to the next");
        }
        for (int i = carried; i < outputs.length; i++) {
            outputs[i] = outputs[i].with(outputs[i].shape().insert(0, length));
        }
        return outputs;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        if (length == 0) {
            for (int i = 0; i < carried; i++) {
                copy(inputs[i], 0, outputs[i], 0, entries(inputs[i]));
            }
            return;
        }
        var program = Backends.program(body);
        var buffers = RoundBuffers.take(body, carried, rows);
        var arguments = buffers.arguments;
        System.arraycopy(inputs, 0, arguments, 0, carried);
        int stay = carried + rows;
        System.arraycopy(inputs, stay, arguments, stay, inputs.length - stay);
        for (int k = 0; k < length; k++) {
            int row = reverse ? length - 1 - k : k;
            for (int i = carried; i < stay; i++) {
                int entries = entries(arguments[i]);
                copy(inputs[i], row * entries, arguments[i], 0, entries);
            }
            var results = buffers.results(k);
            if (k == length - 1) {
                System.arraycopy(outputs, 0, results, 0, carried);
            }
            program.run(arguments, results);
            System.arraycopy(results, 0, arguments, 0, carried);
            for (int i = carried; i < results.length; i++) {
                int entries = entries(results[i]);
                copy(results[i], 0, outputs[i], row * entries, entries);
            }
        }
        buffers.give();
    }

    private static int entries(HostTensor tensor) {
        return tensor.size() * tensor.dtype().lanes();
    }

    private static void copy(HostTensor from, int start, HostTensor to, int at, int entries) {
        System.arraycopy(from.array(), start, to.array(), at, entries);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return Pullback.scan(this, g);
    }
}
