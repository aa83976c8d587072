package sungu.keras.ops;

/** To be filled. */
final class StatisticOps {
    private StatisticOps() {}

    static void declare(Operations.Table t) {}
}
