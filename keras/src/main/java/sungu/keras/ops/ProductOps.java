package sungu.keras.ops;

/** To be filled. */
final class ProductOps {
    private ProductOps() {}

    static void declare(Operations.Table t) {}
}
