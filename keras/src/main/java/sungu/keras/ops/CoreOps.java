package sungu.keras.ops;

/** To be filled. */
final class CoreOps {
    private CoreOps() {}

    static void declare(Operations.Table t) {}
}
