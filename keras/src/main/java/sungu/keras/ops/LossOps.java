package sungu.keras.ops;

/** To be filled. */
final class LossOps {
    private LossOps() {}

    static void declare(Operations.Table t) {}
}
