package sungu.conformance.tensorflow;

/** Ragged tensors. */
final class RaggedOps {
    private RaggedOps() {}

    static void rows(TfOperation.Table table) {
        table.row("tf.RaggedTensor.dtype(self)", a -> a.ragged("self").dtype());
    }
}
