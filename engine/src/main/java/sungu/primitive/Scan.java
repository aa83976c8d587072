package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.graph.Value;
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
        run(body, 0, inputs, outputs);
    }

    /**
     * Runs the rounds for a part of a batch alone.
     *
     * @param part the body for fewer entries along the first axis of what it takes and returns
     * @param first where that part begins; inputs and outputs are those of the whole batch
     */
    public void run(Graph part, int first, HostTensor[] inputs, HostTensor[] outputs) {
        if (length == 0) {
            for (int i = 0; i < carried; i++) {
                copy(inputs[i], 0, outputs[i], 0, entries(inputs[i]));
            }
            return;
        }
        var program = Backends.program(part);
        var buffers = RoundBuffers.take(part, carried, rows);
        var arguments = buffers.arguments;
        var starts = buffers.starts;
        starts(part.inputs(), body.inputs(), first, starts);
        int stay = carried + rows;
        for (int i = 0; i < arguments.length; i++) {
            if (i < carried || i >= stay) {
                buffers.put(i, inputs[i], starts[i], part.inputs().get(i));
            }
        }
        var ends = buffers.ends;
        starts(part.outputs(), body.outputs(), first, ends);
        for (int k = 0; k < length; k++) {
            int row = reverse ? length - 1 - k : k;
            take(row, inputs, starts, arguments);
            var results = buffers.results(k);
            if (k == length - 1 && part == body) {
                System.arraycopy(outputs, 0, results, 0, carried);
            }
            program.run(arguments, results);
            System.arraycopy(results, 0, arguments, 0, carried);
            stack(row, results, outputs, ends);
        }
        for (int i = 0; i < carried && part != body; i++) {
            // What is the same for all parts is left to the first.
            if (first == 0 || ends[i] > 0) {
                copy(arguments[i], 0, outputs[i], ends[i], entries(arguments[i]));
            }
        }
        buffers.give();
    }

    private void take(int row, HostTensor[] inputs, int[] starts, HostTensor[] arguments) {
        for (int i = carried; i < carried + rows; i++) {
            int start = row * (entries(inputs[i]) / length) + starts[i];
            copy(inputs[i], start, arguments[i], 0, entries(arguments[i]));
        }
    }

    private void stack(int row, HostTensor[] results, HostTensor[] outputs, int[] ends) {
        for (int i = carried; i < results.length; i++) {
            int start = row * (entries(outputs[i]) / length) + ends[i];
            copy(results[i], 0, outputs[i], start, entries(results[i]));
        }
    }

    /** Fills in where in the array of each value of the body its part begins. */
    private static void starts(List<Value> parts, List<Value> wholes, int first, int[] starts) {
        for (int i = 0; i < starts.length; i++) {
            var type = wholes.get(i).type();
            boolean whole = type.equals(parts.get(i).type());
            int row = whole ? 0 : type.size() / type.shape().dim(0) * type.dtype().lanes();
            starts[i] = first * row;
        }
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
