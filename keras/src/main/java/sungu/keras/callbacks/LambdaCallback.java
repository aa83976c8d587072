package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;

/** A callback made of functions: {@code new LambdaCallback().onEpochEnd((logs, epoch) -> ...)}. */
public final class LambdaCallback extends Callback {
    private @Nullable Runnable trainBegin;
    private @Nullable Runnable trainEnd;
    private @Nullable IntConsumer epochBegin;
    private @Nullable ObjIntConsumer<Logs> epochEnd;
    private @Nullable IntConsumer batchBegin;
    private @Nullable ObjIntConsumer<Logs> batchEnd;

    /** A callback that does nothing yet. */
    public LambdaCallback() {}

    /** Runs before the first epoch. */
    public LambdaCallback onTrainBegin(Runnable action) {
        trainBegin = action;
        return this;
    }

    /** Runs after the last epoch. */
    public LambdaCallback onTrainEnd(Runnable action) {
        trainEnd = action;
        return this;
    }

    /** Runs before each epoch. */
    public LambdaCallback onEpochBegin(IntConsumer action) {
        epochBegin = action;
        return this;
    }

    /** Runs after each epoch. */
    public LambdaCallback onEpochEnd(ObjIntConsumer<Logs> action) {
        epochEnd = action;
        return this;
    }

    /** Runs before each training batch. */
    public LambdaCallback onTrainBatchBegin(IntConsumer action) {
        batchBegin = action;
        return this;
    }

    /** Runs after each training batch. */
    public LambdaCallback onTrainBatchEnd(ObjIntConsumer<Logs> action) {
        batchEnd = action;
        return this;
    }

    @Override
    public void onTrainBegin() {
        if (trainBegin != null) {
            trainBegin.run();
        }
    }

    @Override
    public void onTrainEnd(Logs logs) {
        if (trainEnd != null) {
            trainEnd.run();
        }
    }

    @Override
    public void onEpochBegin(int epoch) {
        if (epochBegin != null) {
            epochBegin.accept(epoch);
        }
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        if (epochEnd != null) {
            epochEnd.accept(logs, epoch);
        }
    }

    @Override
    public void onTrainBatchBegin(int batch) {
        if (batchBegin != null) {
            batchBegin.accept(batch);
        }
    }

    @Override
    public void onTrainBatchEnd(int batch, Logs logs) {
        if (batchEnd != null) {
            batchEnd.accept(logs, batch);
        }
    }
}
