package sungu.keras.ops;

/** To be filled. */
final class WindowOps {
    private WindowOps() {}

    static void declare(Operations.Table t) {}
}
