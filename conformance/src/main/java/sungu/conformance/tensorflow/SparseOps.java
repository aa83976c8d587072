package sungu.conformance.tensorflow;

/** Sparse tensors. */
final class SparseOps {
    private SparseOps() {}

    static void rows(TfOperation.Table table) {
        table.row("tf.SparseTensor.dtype(self)", a -> a.sparse("self").dtype());
    }
}
