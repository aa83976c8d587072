package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.List;

/** Stops training when a monitored value has not improved for some epochs. */
public final class EarlyStopping extends Callback {
    private static final System.Logger LOG = System.getLogger(EarlyStopping.class.getName());

    private String monitored = "val_loss";
    private double minDelta;
    private int patience;
    private int verbose;
    private String mode = "auto";
    private @Nullable Double baseline;
    private boolean restoreBestWeights;
    private int startFromEpoch;

    private Monitor monitor = new Monitor("EarlyStopping", monitored, mode, minDelta);
    private int waited;
    private int stoppedEpoch;
    private @Nullable Double best;
    private int bestEpoch;
    private @Nullable List<Tensor> bestWeights;

    /** Watches {@code val_loss} with no patience. */
    public EarlyStopping() {}

    /** The name of the value in the logs. */
    public EarlyStopping monitor(String name) {
        monitored = name;
        return this;
    }

    /** The least change that counts as improvement. */
    public EarlyStopping minDelta(double change) {
        minDelta = change;
        return this;
    }

    /** How many epochs without improvement are borne. */
    public EarlyStopping patience(int epochs) {
        patience = epochs;
        return this;
    }

    /** 1 prints when training is stopped. */
    public EarlyStopping verbose(int level) {
        verbose = level;
        return this;
    }

    /** {@code min}, {@code max}, or {@code auto} to infer it from the name. */
    public EarlyStopping mode(String direction) {
        mode = direction;
        return this;
    }

    /** A value that has to be beaten. */
    public EarlyStopping baseline(double value) {
        baseline = value;
        return this;
    }

    /** Whether the weights of the best epoch are put back when training stops. */
    public EarlyStopping restoreBestWeights(boolean on) {
        restoreBestWeights = on;
        return this;
    }

    /** The first epoch that is watched. */
    public EarlyStopping startFromEpoch(int epoch) {
        startFromEpoch = epoch;
        return this;
    }

    /** The epoch at which training was stopped; 0 if it was not. */
    public int stoppedEpoch() {
        return stoppedEpoch;
    }

    /** The best value so far; null for none. */
    public @Nullable Double best() {
        return best;
    }

    /** The epoch of the best value. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** Epochs since the last improvement. */
    public int waited() {
        return waited;
    }

    /** How many epochs without improvement are borne. */
    public int patience() {
        return patience;
    }

    @Override
    public void onTrainBegin() {
        monitor = new Monitor("EarlyStopping", monitored, mode, minDelta);
        waited = 0;
        stoppedEpoch = 0;
        best = null;
        bestWeights = null;
        bestEpoch = 0;
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        monitor.resolve(this);
        var current = monitor.value(logs);
        if (current == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "EarlyStopping watches {0}, which is not among {1}",
                    monitored,
                    logs.values().keySet());
            return;
        }
        if (epoch < startFromEpoch) {
            return;
        }
        if (restoreBestWeights && bestWeights == null) {
            // If nothing ever improves, the weights of the first watched epoch count as the best.
            bestWeights = model().weightValues();
            bestEpoch = epoch;
        }
        waited++;
        if (monitor.improves(this, current, best)) {
            best = current;
            bestEpoch = epoch;
            if (restoreBestWeights) {
                bestWeights = model().weightValues();
            }
            // Patience starts again only when the baseline has been beaten, too.
            if (baseline == null || monitor.improves(this, current, baseline)) {
                waited = 0;
            }
            return;
        }
        if (waited >= patience && epoch > 0) {
            stoppedEpoch = epoch;
            model().stopTraining(true);
        }
    }

    @Override
    public void onTrainEnd(Logs logs) {
        if (stoppedEpoch > 0 && verbose > 0) {
            System.out.println("Epoch " + (stoppedEpoch + 1) + ": early stopping");
        }
        if (restoreBestWeights && bestWeights != null) {
            if (verbose > 0) {
                System.out.println(
                        "Restoring model weights from the end of the best epoch: "
                                + (bestEpoch + 1)
                                + ".");
            }
            model().setWeights(bestWeights);
        }
    }
}
