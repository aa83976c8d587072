package sungu.keras.ops;

/** To be filled. */
final class MathOps {
    private MathOps() {}

    static void declare(Operations.Table t) {}
}
