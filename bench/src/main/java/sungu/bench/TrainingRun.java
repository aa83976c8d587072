package sungu.bench;

import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.Logs;
import sungu.keras.models.Model;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/** A training whose epochs are timed: the first one with all preparations, the others without. */
final class TrainingRun extends Callback {
    private final List<Double> seconds = new ArrayList<>();
    private long start;

    private TrainingRun() {}

    @Override
    public void onEpochBegin(int epoch) {
        start = System.nanoTime();
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        seconds.add((System.nanoTime() - start) * 1e-9);
    }

    /**
     * Trains a compiled model.
     *
     * @param x a tensor, or a list of tensors for several inputs
     * @param samples how many samples a row counts as
     */
    static void fit(
            Measures measures,
            Model model,
            Object x,
            Tensor y,
            int batch,
            int epochs,
            int samples) {
        var run = new TrainingRun();
        model.fit(x, y, f -> f.batchSize(batch).epochs(epochs).verbose(0).callbacks(run));
        int rows = y.shape().dim(0);
        int steps = (rows + batch - 1) / batch;
        double steady =
                Measures.median(
                        run.seconds.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
        measures.put("samples_per_s", (double) rows * samples / steady);
        measures.put("steps_per_s", steps / steady);
        measures.put("first_epoch_s", run.seconds.getFirst());
        measures.put("steady_epoch_s", steady);
    }
}
