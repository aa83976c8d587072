package sungu.conformance.tensorflow;

import sungu.sets.Sets;
import sungu.sparse.SparseTensor;

/** Sets in the last dimension. */
final class SetsOps {
    private SetsOps() {}

    static void rows(TfOperation.Table table) {
        table.row(
                "tf.sets.intersection(a, b, validate_indices)",
                a -> Sets.intersection(operand(a, "a"), operand(a, "b")));
        table.row(
                "tf.sets.union(a, b, validate_indices)",
                a -> Sets.union(operand(a, "a"), operand(a, "b")));
        table.row(
                "tf.sets.difference(a, b, aminusb, validate_indices)",
                a ->
                        a.flag("aminusb", true)
                                ? Sets.difference(operand(a, "a"), operand(a, "b"))
                                : Sets.difference(operand(a, "b"), operand(a, "a")));
        table.row("tf.sets.size(a, validate_indices)", a -> Sets.size(a.sparse("a")));
    }

    private static SparseTensor operand(TfArguments a, String name) {
        return a.value(name) instanceof SparseTensor sparse ? sparse : Sets.ofRows(a.tensor(name));
    }
}
