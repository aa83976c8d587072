package sungu.keras.ops;

/** To be filled. */
final class CreationOps {
    private CreationOps() {}

    static void declare(Operations.Table t) {}
}
