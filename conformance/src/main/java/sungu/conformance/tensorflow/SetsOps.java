package sungu.conformance.tensorflow;

/** Sets in the last dimension. */
final class SetsOps {
    private SetsOps() {}

    static void rows(TfOperation.Table table) {}
}
