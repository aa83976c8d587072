package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.gradient.Pullback;
import sungu.graph.Graph;
import sungu.kernel.Copy;
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
        var arguments = inputs.clone();
        for (int k = 0; k < length; k++) {
            int row = reverse ? length - 1 - k : k;
            for (int i = carried; i < carried + rows; i++) {
                var type = body.inputs().get(i).type();
                var slice = HostTensor.allocate(type.dtype(), type.shape());
                int entries = type.size() * type.dtype().lanes();
                System.arraycopy(inputs[i].array(), row * entries, slice.array(), 0, entries);
                arguments[i] = slice;
            }
            var results = Backends.run(body, arguments);
            System.arraycopy(results, 0, arguments, 0, carried);
            for (int i = carried; i < results.length; i++) {
                int entries = results[i].size() * results[i].dtype().lanes();
                System.arraycopy(results[i].array(), 0, outputs[i].array(), row * entries, entries);
            }
        }
        for (int i = 0; i < carried; i++) {
            Copy.flat(
                    arguments[i].array(),
                    outputs[i].array(),
                    arguments[i].size() * arguments[i].dtype().lanes());
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return Pullback.scan(this, g);
    }
}
