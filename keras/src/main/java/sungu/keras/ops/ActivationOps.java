package sungu.keras.ops;

/** To be filled. */
final class ActivationOps {
    private ActivationOps() {}

    static void declare(Operations.Table t) {}

    static void declareActivations(Operations.Table t) {}
}
