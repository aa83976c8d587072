package sungu.conformance.tensorflow;

import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.ops.Sorting;
import sungu.tensor.DType;

/** Functions that take dense tensors only, and dense forms of those that others take, too. */
final class DenseOps {
    private DenseOps() {}

    static void rows(TfOperation.Table table) {
        ElementwiseOps.rows(table);
        table.row(
                "tf.argmax(input, axis)",
                a -> Reductions.argmax(a.tensor("input"), a.integer("axis", 0), DType.INT64));
        table.row(
                "tf.boolean_mask(tensor, mask)",
                a -> Indexing.booleanMask(a.tensor("tensor"), a.tensor("mask")));
        table.row(
                "tf.broadcast_to(input, shape)",
                a ->
                        Movements.broadcastTo(
                                a.tensor("input"), sungu.tensor.Shape.of(a.integers("shape"))));
        table.row(
                "tf.matmul(a, b, a_is_sparse, b_is_sparse)",
                a -> a.tensor("a").matmul(a.tensor("b")));
        table.row(
                "tf.math.reduce_sum(input_tensor, axis, keepdims)",
                a ->
                        Reductions.sum(
                                a.tensor("input_tensor"),
                                a.flag("keepdims", false),
                                a.integers("axis")));
        table.row("tf.convert_to_tensor(value)", a -> a.tensor("value"));
        table.row(
                "tf.fill(dims, value)",
                a ->
                        Movements.broadcastTo(
                                a.tensor("value"), sungu.tensor.Shape.of(a.integers("dims"))));
        table.row(
                "tf.math.top_k(input, k)",
                a -> {
                    var top = Sorting.topK(a.tensor("input"), a.integer("k", 1));
                    return java.util.List.of(top.values(), top.indices());
                });
        table.row("tf.nn.l2_loss(t)", a -> a.tensor("t").square().sum().times(0.5));
        table.row("tf.nn.log_softmax(logits)", a -> Nets.logSoftmax(a.tensor("logits"), -1));
        table.row(
                "tf.pad(tensor, paddings)",
                a -> {
                    var x = a.tensor("tensor");
                    var paddings = a.tensor("paddings");
                    return Movements.pad(
                            x,
                            paddings.get(":, 0").toInts(),
                            paddings.get(":, 1").toInts(),
                            sungu.tensor.Tensor.zeros(sungu.tensor.Shape.SCALAR, x.dtype()));
                });
        table.row(
                "tf.reduce_sum(input_tensor, axis, keepdims)",
                a ->
                        Reductions.sum(
                                a.tensor("input_tensor"),
                                a.flag("keepdims", false),
                                a.integers("axis")));
        table.row(
                "tf.stack(values, axis)",
                a -> Movements.stack(a.tensors("values"), a.integer("axis", 0)));
        table.row("tf.transpose(a)", a -> Movements.transpose(a.tensor("a")));
        table.row("tf.unstack(value)", a -> Movements.unstack(a.tensor("value"), 0));
    }
}
