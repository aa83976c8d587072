package sungu.keras.ops;

/** To be filled. */
final class ShapeOps {
    private ShapeOps() {}

    static void declare(Operations.Table t) {}
}
