package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

/** Lowers the learning rate when a monitored value has not improved for some epochs. */
public final class ReduceLROnPlateau extends Callback {
    private static final System.Logger LOG = System.getLogger(ReduceLROnPlateau.class.getName());

    private String monitored = "val_loss";
    private double factor = 0.1;
    private int patience = 10;
    private int verbose;
    private String mode = "auto";
    private double minDelta = 1e-4;
    private int cooldown;
    private double minLr;

    private Monitor monitor = new Monitor("ReduceLROnPlateau", monitored, mode, minDelta);
    private @Nullable Double best;
    private int waited;
    private int cooling;

    /** Watches {@code val_loss}: a tenth of the rate after ten epochs without improvement. */
    public ReduceLROnPlateau() {}

    /** The name of the value in the logs. */
    public ReduceLROnPlateau monitor(String name) {
        monitored = name;
        return this;
    }

    /** What the learning rate is multiplied by; less than 1. */
    public ReduceLROnPlateau factor(double share) {
        if (!(share < 1)) {
            throw new TensorException(
                    "ReduceLROnPlateau does not support a factor >= 1.0. Received factor=" + share);
        }
        factor = share;
        return this;
    }

    /** How many epochs without improvement are borne. */
    public ReduceLROnPlateau patience(int epochs) {
        patience = epochs;
        return this;
    }

    /** 1 prints each change. */
    public ReduceLROnPlateau verbose(int level) {
        verbose = level;
        return this;
    }

    /** {@code min}, {@code max}, or {@code auto} to infer it from the name. */
    public ReduceLROnPlateau mode(String direction) {
        mode = direction;
        return this;
    }

    /** The least change that counts as improvement. */
    public ReduceLROnPlateau minDelta(double change) {
        minDelta = change;
        return this;
    }

    /** How many epochs after a change nothing is watched. */
    public ReduceLROnPlateau cooldown(int epochs) {
        cooldown = epochs;
        return this;
    }

    /** The least learning rate. */
    public ReduceLROnPlateau minLr(double rate) {
        minLr = rate;
        return this;
    }

    /** The best value so far; null for none. */
    public @Nullable Double best() {
        return best;
    }

    /** Epochs since the last improvement or change. */
    public int waited() {
        return waited;
    }

    /** How many epochs of the cooldown are left. */
    public int cooldownCounter() {
        return cooling;
    }

    @Override
    public void onTrainBegin() {
        monitor = new Monitor("ReduceLROnPlateau", monitored, mode, minDelta);
        best = null;
        waited = 0;
        cooling = 0;
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        monitor.resolve(this);
        logs.values().put("learning_rate", model().optimizer().learningRate().doubleValue());
        var current = monitor.value(logs);
        if (current == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ReduceLROnPlateau watches {0}, which is not among {1}",
                    monitored,
                    logs.values().keySet());
            return;
        }
        if (cooling > 0) {
            cooling--;
            waited = 0;
        }
        if (monitor.improves(this, current, best)) {
            best = current;
            waited = 0;
        } else if (cooling == 0 && ++waited >= patience) {
            reduce(epoch);
        }
    }

    private void reduce(int epoch) {
        var optimizer = model().optimizer();
        double old = optimizer.learningRate().doubleValue();
        if (old > (float) minLr) {
            double rate = Math.max(old * factor, minLr);
            optimizer.assignLearningRate(rate);
            if (verbose > 0) {
                System.out.println(
                        "\nEpoch "
                                + (epoch + 1)
                                + ": ReduceLROnPlateau reducing learning rate to "
                                + PythonText.of(rate)
                                + ".");
            }
            cooling = cooldown;
            waited = 0;
        }
    }
}
