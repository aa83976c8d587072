package sungu.keras.ops;

import sungu.keras.losses.Crossentropies;
import sungu.keras.losses.Losses;
import sungu.keras.metrics.Accuracies;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** The functions of {@code keras.losses} and {@code keras.metrics}: a value per sample. */
final class LossFunctionOps {
    private LossFunctionOps() {}

    /** A function of targets and predictions. */
    private interface Pair {
        Tensor apply(Tensor yTrue, Tensor yPred);
    }

    private static Tensor floats(Given a, Pair function) {
        var yPred = a.tensor("y_pred");
        var floating = yPred.dtype().isFloating() ? yPred : Conversion.cast(yPred, DType.FLOAT32);
        return function.apply(Conversion.cast(a.tensor("y_true"), floating.dtype()), floating);
    }

    static void declareLosses(Operations.Table t) {
        t.op("mean_squared_error(y_true, y_pred)", a -> floats(a, Losses::meanSquaredError));
        t.op("mean_absolute_error(y_true, y_pred)", a -> floats(a, Losses::meanAbsoluteError));
        t.op(
                "mean_absolute_percentage_error(y_true, y_pred)",
                a -> floats(a, Losses::meanAbsolutePercentageError));
        t.op(
                "mean_squared_logarithmic_error(y_true, y_pred)",
                a -> floats(a, Losses::meanSquaredLogarithmicError));
        t.op(
                "cosine_similarity(y_true, y_pred, axis=-1)",
                a -> floats(a, (y, p) -> Losses.cosineSimilarity(y, p, a.size("axis"))));
        t.op(
                "huber(y_true, y_pred, delta=1.0)",
                a -> floats(a, (y, p) -> Losses.huber(y, p, a.number("delta"))));
        t.op("log_cosh(y_true, y_pred)", a -> floats(a, Losses::logCosh));
        t.op("kl_divergence(y_true, y_pred)", a -> floats(a, Losses::klDivergence));
        t.op("poisson(y_true, y_pred)", a -> floats(a, Losses::poisson));
        t.op("hinge(y_true, y_pred)", a -> floats(a, Losses::hinge));
        t.op("squared_hinge(y_true, y_pred)", a -> floats(a, Losses::squaredHinge));
        t.op("categorical_hinge(y_true, y_pred)", a -> floats(a, Losses::categoricalHinge));
        t.op(
                "binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0,"
                        + " axis=-1)",
                a ->
                        floats(
                                a,
                                (y, p) ->
                                        Crossentropies.binaryCrossentropy(
                                                y,
                                                p,
                                                a.flag("from_logits"),
                                                a.number("label_smoothing"),
                                                a.size("axis"))));
        t.op(
                "categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0,"
                        + " axis=-1)",
                a ->
                        floats(
                                a,
                                (y, p) ->
                                        Crossentropies.categoricalCrossentropy(
                                                y,
                                                p,
                                                a.flag("from_logits"),
                                                a.number("label_smoothing"),
                                                a.size("axis"))));
        t.op(
                "sparse_categorical_crossentropy(y_true, y_pred, from_logits=False,"
                        + " ignore_class=None, axis=-1)",
                a ->
                        Crossentropies.sparseCategoricalCrossentropy(
                                a.tensor("y_true"),
                                a.tensor("y_pred"),
                                a.flag("from_logits"),
                                a.has("ignore_class") ? (Integer) a.size("ignore_class") : null,
                                a.size("axis")));
    }

    static void declareSetLosses(Operations.Table t) {
        t.op(
                "binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False, alpha=0.25,"
                        + " gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1)",
                a ->
                        floats(
                                a,
                                (y, p) ->
                                        Crossentropies.binaryFocalCrossentropy(
                                                y,
                                                p,
                                                a.flag("apply_class_balancing"),
                                                a.number("alpha"),
                                                a.number("gamma"),
                                                a.flag("from_logits"),
                                                a.number("label_smoothing"),
                                                a.size("axis"))));
        t.op(
                "categorical_focal_crossentropy(y_true, y_pred, alpha=0.25, gamma=2.0,"
                        + " from_logits=False, label_smoothing=0.0, axis=-1)",
                a ->
                        floats(
                                a,
                                (y, p) ->
                                        Crossentropies.categoricalFocalCrossentropy(
                                                y,
                                                p,
                                                a.tensor("alpha"),
                                                a.number("gamma"),
                                                a.flag("from_logits"),
                                                a.number("label_smoothing"),
                                                a.size("axis"))));
        t.op(
                "categorical_generalized_cross_entropy(y_true, y_pred, q)",
                a ->
                        Crossentropies.categoricalGeneralizedCrossEntropy(
                                a.tensor("y_true"), a.floating("y_pred"), a.number("q")));
        t.op(
                "dice(y_true, y_pred, axis=None)",
                a -> floats(a, (y, p) -> Crossentropies.dice(y, p, axes(a))));
        t.op(
                "tversky(y_true, y_pred, alpha=0.5, beta=0.5, axis=None)",
                a ->
                        floats(
                                a,
                                (y, p) ->
                                        Crossentropies.tversky(
                                                y,
                                                p,
                                                a.number("alpha"),
                                                a.number("beta"),
                                                axes(a))));
        t.op(
                "circle(y_true, y_pred, ref_labels=None, ref_embeddings=None, remove_diagonal=True,"
                        + " gamma=80, margin=0.4)",
                a -> {
                    var yTrue = a.tensor("y_true");
                    var yPred = a.floating("y_pred");
                    return Crossentropies.circle(
                            yTrue,
                            yPred,
                            a.has("ref_labels") ? a.tensor("ref_labels") : yTrue,
                            a.has("ref_embeddings") ? a.tensor("ref_embeddings") : yPred,
                            a.flag("remove_diagonal"),
                            a.number("gamma"),
                            a.number("margin"));
                });
        t.op(
                "ctc(y_true, y_pred)",
                a -> Crossentropies.ctc(a.tensor("y_true"), a.floating("y_pred")));
    }

    private static int[] axes(Given a) {
        var axes = a.axes("axis");
        return axes == null ? new int[0] : axes;
    }

    static void declareMetrics(Operations.Table t) {
        t.op(
                "binary_accuracy(y_true, y_pred, threshold=0.5)",
                a ->
                        Accuracies.binaryAccuracy(
                                a.tensor("y_true"), a.tensor("y_pred"), a.number("threshold")));
        t.op(
                "categorical_accuracy(y_true, y_pred)",
                a -> Accuracies.categoricalAccuracy(a.tensor("y_true"), a.tensor("y_pred")));
        t.op(
                "sparse_categorical_accuracy(y_true, y_pred)",
                a -> Accuracies.sparseCategoricalAccuracy(a.tensor("y_true"), a.tensor("y_pred")));
        t.op(
                "top_k_categorical_accuracy(y_true, y_pred, k=5)",
                a ->
                        Accuracies.topKCategoricalAccuracy(
                                a.tensor("y_true"), a.tensor("y_pred"), a.size("k")));
        t.op(
                "sparse_top_k_categorical_accuracy(y_true, y_pred, k=5, from_sorted_ids=False)",
                a ->
                        Accuracies.sparseTopKCategoricalAccuracy(
                                a.tensor("y_true"),
                                a.tensor("y_pred"),
                                a.size("k"),
                                a.flag("from_sorted_ids")));
    }
}
