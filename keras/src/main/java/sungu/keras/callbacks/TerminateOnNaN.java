package sungu.keras.callbacks;

/**
 * Stops training when the loss of a batch is not a number, or infinite. It reads the loss after
 * each batch.
 */
public final class TerminateOnNaN extends Callback {
    private boolean raiseError;

    /** Stops training at the end of the batch. */
    public TerminateOnNaN() {}

    /** Whether an error is thrown instead, which keeps the callbacks from cleaning up. */
    public TerminateOnNaN raiseError(boolean on) {
        raiseError = on;
        return this;
    }

    @Override
    public void onTrainBatchEnd(int batch, Logs logs) {
        var loss = logs.get("loss");
        if (loss == null || Double.isFinite(loss)) {
            return;
        }
        if (raiseError) {
            throw new IllegalStateException(
                    "NaN or Inf loss encountered at batch "
                            + batch
                            + ". Loss value: "
                            + PythonText.of(loss)
                            + ". Terminating training immediately.");
        }
        System.out.println("Batch " + batch + ": Invalid loss, terminating training");
        model().stopTraining(true);
    }
}
