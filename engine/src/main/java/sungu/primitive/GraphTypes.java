package sungu.primitive;

import sungu.graph.Graph;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;

/** The check that control primitives share: a graph is given what it takes. */
final class GraphTypes {
    private GraphTypes() {}

    static void check(String name, Graph graph, TensorType[] inputs) {
        var wanted = graph.inputTypes();
        if (!Arrays.equals(wanted, inputs)) {
            throw new TensorException(
                    name
                            + ": the function takes "
                            + Arrays.toString(wanted)
                            + ", got "
                            + Arrays.toString(inputs));
        }
    }

    static TensorType[] rest(TensorType[] types, int from) {
        return Arrays.copyOfRange(types, from, types.length);
    }
}
