package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import sungu.keras.models.Model;

/**
 * What happens at the stages of training, evaluation and prediction. Override the hooks of
 * interest.
 *
 * <p>Metric values in {@link Logs} are worked out when they are read, so a callback that reads none
 * costs nothing per batch.
 */
public abstract class Callback {
    private @Nullable Model model;

    /** For sub-classes. */
    protected Callback() {}

    /** The model in training; set before the first hook runs. */
    public final Model model() {
        var current = model;
        if (current == null) {
            throw new IllegalStateException(
                    getClass().getSimpleName() + ": the model is known in the hooks only");
        }
        return current;
    }

    /** Sets the model; called by training. */
    public void attach(Model trained) {
        model = trained;
    }

    /** Before the first epoch. */
    public void onTrainBegin() {}

    /** After the last epoch. */
    public void onTrainEnd(Logs logs) {}

    /** Before an epoch. */
    public void onEpochBegin(int epoch) {}

    /** After an epoch, validation included. */
    public void onEpochEnd(int epoch, Logs logs) {}

    /** Before a training batch. */
    public void onTrainBatchBegin(int batch) {}

    /** After a training batch. */
    public void onTrainBatchEnd(int batch, Logs logs) {}

    /** Before evaluation, also that of validation data. */
    public void onTestBegin() {}

    /** After evaluation. */
    public void onTestEnd(Logs logs) {}

    /** Before a batch of evaluation. */
    public void onTestBatchBegin(int batch) {}

    /** After a batch of evaluation. */
    public void onTestBatchEnd(int batch, Logs logs) {}

    /** Before prediction. */
    public void onPredictBegin() {}

    /** After prediction. */
    public void onPredictEnd() {}

    /** Before a batch of prediction. */
    public void onPredictBatchBegin(int batch) {}

    /** After a batch of prediction. */
    public void onPredictBatchEnd(int batch) {}
}
