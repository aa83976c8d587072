package sungu.keras.models;

/** The table that {@code model.summary()} prints. */
final class Summary {
    private Summary() {}

    static String of(Model model) {
        return "Model: \"" + model.name() + "\"";
    }
}
