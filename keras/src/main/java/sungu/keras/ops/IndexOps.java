package sungu.keras.ops;

import sungu.tensor.Tensor;

/** To be filled. */
final class IndexOps {
    private IndexOps() {}

    static void declare(Operations.Table t) {}

    static Object nonzero(Tensor x) {
        return x;
    }
}
