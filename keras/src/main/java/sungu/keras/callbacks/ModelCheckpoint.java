package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import sungu.keras.models.Model;
import sungu.tensor.TensorException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * Saves the model, or its weights alone, after each epoch or every few batches. The file name may
 * hold fields that are filled in, such as {@code model-{epoch:02d}-{val_loss:.2f}.keras}.
 */
public final class ModelCheckpoint extends Callback {
    private static final System.Logger LOG = System.getLogger(ModelCheckpoint.class.getName());

    private final String pattern;
    private String monitored = "val_loss";
    private int verbose;
    private boolean saveBestOnly;
    private boolean saveWeightsOnly;
    private String mode = "auto";
    private int saveFreq;
    private @Nullable Double best;

    private Monitor monitor = new Monitor("ModelCheckpoint", monitored, mode, 0);
    private int epochNow;
    private int seen;
    private int lastBatch = -1;

    /** Saves the model after each epoch. */
    public ModelCheckpoint(String filepath) {
        pattern = filepath;
    }

    /** Saves the model after each epoch. */
    public ModelCheckpoint(Path filepath) {
        this(filepath.toString());
    }

    /** The name of the value in the logs, for {@link #saveBestOnly}. */
    public ModelCheckpoint monitor(String name) {
        monitored = name;
        return this;
    }

    /** 1 prints when the model is saved. */
    public ModelCheckpoint verbose(int level) {
        verbose = level;
        return this;
    }

    /** Whether the model is saved only when the monitored value is the best so far. */
    public ModelCheckpoint saveBestOnly(boolean on) {
        saveBestOnly = on;
        return this;
    }

    /** Whether weights alone are saved, in a {@code .weights.h5} file. */
    public ModelCheckpoint saveWeightsOnly(boolean on) {
        saveWeightsOnly = on;
        return this;
    }

    /** {@code min}, {@code max}, or {@code auto} to infer it from the name. */
    public ModelCheckpoint mode(String direction) {
        mode = direction;
        return this;
    }

    /** Saves after this many batches instead of after each epoch. */
    public ModelCheckpoint saveFreq(int batches) {
        if (batches < 1) {
            throw new TensorException(
                    "ModelCheckpoint: saveFreq must be at least 1 batch, got " + batches);
        }
        saveFreq = batches;
        return this;
    }

    /** The value that the first model to be saved has to beat. */
    public ModelCheckpoint initialValueThreshold(double value) {
        best = value;
        return this;
    }

    /** The best value so far; null for none. */
    public @Nullable Double best() {
        return best;
    }

    @Override
    public void attach(Model trained) {
        if (saveWeightsOnly && !pattern.endsWith(".weights.h5")) {
            throw new TensorException(
                    "When using saveWeightsOnly(true) in ModelCheckpoint, the filepath must end in"
                            + " `.weights.h5`. Received: filepath="
                            + pattern);
        }
        if (!saveWeightsOnly && !pattern.endsWith(".keras")) {
            throw new TensorException(
                    "The filepath of ModelCheckpoint must end in `.keras` (Keras model format)."
                            + " Received: filepath="
                            + pattern,
                    "use saveWeightsOnly(true) for .weights.h5 files");
        }
        super.attach(trained);
        monitor = new Monitor("ModelCheckpoint", monitored, mode, 0);
    }

    @Override
    public void onEpochBegin(int epoch) {
        epochNow = epoch;
    }

    @Override
    public void onTrainBatchEnd(int batch, Logs logs) {
        if (saveFreq == 0) {
            return;
        }
        seen += batch <= lastBatch ? batch + 1 : batch - lastBatch;
        lastBatch = batch;
        if (seen >= saveFreq) {
            seen = 0;
            save(batch, logs);
        }
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        monitor.resolve(this);
        if (saveFreq == 0) {
            epochNow = epoch;
            save(-1, logs);
        }
    }

    private void save(int batch, Logs logs) {
        var file = file(batch, logs);
        if (!wanted(file, logs)) {
            return;
        }
        if (Files.isDirectory(Path.of(file))) {
            throw new TensorException(
                    "ModelCheckpoint: '" + file + "' is a directory", "give the name of a file");
        }
        if (saveWeightsOnly) {
            model().saveWeights(Path.of(file));
        } else {
            model().save(Path.of(file));
        }
        print("finished saving model to " + file);
    }

    private String file(int batch, Logs logs) {
        if (pattern.indexOf('{') < 0) {
            return pattern;
        }
        var values = new LinkedHashMap<String, Number>(logs.values());
        values.put("epoch", epochNow + 1L);
        if (batch >= 0) {
            values.put("batch", batch + 1L);
        }
        return PythonText.fill(pattern, values);
    }

    private boolean wanted(String file, Logs logs) {
        if (!saveBestOnly) {
            print("saving model to " + file);
            return true;
        }
        var current = monitor.value(logs);
        if (current == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ModelCheckpoint watches {0}, which is not among {1}: it saves anyway",
                    monitored,
                    logs.values().keySet());
            return true;
        }
        var before = best == null ? "None" : PythonText.decimals(best, 5);
        // The first value is the best one whatever the direction, which may not be known before the
        // end of the first epoch.
        if (best != null && !monitor.improves(this, current, best)) {
            print(monitored + " did not improve from " + before);
            return false;
        }
        print(
                monitored
                        + " improved from "
                        + before
                        + " to "
                        + PythonText.decimals(current, 5)
                        + ", saving model to "
                        + file);
        best = current;
        return true;
    }

    private void print(String what) {
        if (verbose > 0) {
            System.out.println("\nEpoch " + (epochNow + 1) + ": " + what);
        }
    }
}
