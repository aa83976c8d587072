package sungu.keras.callbacks;

import sungu.tensor.TensorException;

import java.util.function.IntToDoubleFunction;

/**
 * Sets the learning rate before each epoch: {@code new LearningRateScheduler((epoch, rate) -> rate
 * * 0.9)}.
 */
public final class LearningRateScheduler extends Callback {
    /** From the epoch, counted from 0, and the current learning rate to the next one. */
    public interface Schedule {
        /** The learning rate of the epoch. */
        double rate(int epoch, double current);
    }

    private final Schedule schedule;
    private int verbose;

    /** Learning rates that follow from the epoch and the rate before it. */
    public LearningRateScheduler(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Learning rates that follow from the epoch alone. */
    public LearningRateScheduler(IntToDoubleFunction schedule) {
        this((epoch, current) -> schedule.applyAsDouble(epoch));
    }

    /** 1 prints each learning rate. */
    public LearningRateScheduler verbose(int level) {
        verbose = level;
        return this;
    }

    @Override
    public void onEpochBegin(int epoch) {
        var optimizer = model().optimizer();
        double rate = schedule.rate(epoch, optimizer.learningRate().doubleValue());
        if (Double.isNaN(rate)) {
            throw new TensorException(
                    "LearningRateScheduler: the schedule gave no number for epoch " + epoch);
        }
        optimizer.assignLearningRate(rate);
        if (verbose > 0) {
            System.out.println(
                    "\nEpoch "
                            + (epoch + 1)
                            + ": LearningRateScheduler setting learning rate to "
                            + PythonText.of(rate)
                            + ".");
        }
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        logs.values().put("learning_rate", model().optimizer().learningRate().doubleValue());
    }
}
