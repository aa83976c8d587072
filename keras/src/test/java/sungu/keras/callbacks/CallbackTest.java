package sungu.keras.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sungu.keras.Input;
import sungu.keras.layers.Dense;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.SGD;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class CallbackTest {
    private static final Tensor X = Tensor.of(new float[][] {{1}, {2}, {3}, {4}});

    @TempDir Path folder;

    private static Sequential model() {
        var model = Sequential.of(Input.shape(1), new Dense(1));
        model.compile(c -> c.optimizer(new SGD().learningRate(0.01)).loss("mse"));
        return model;
    }

    private static void drive(Callback callback, Model model, double... losses) {
        callback.attach(model);
        callback.onTrainBegin();
        for (int epoch = 0; epoch < losses.length; epoch++) {
            callback.onEpochBegin(epoch);
            callback.onEpochEnd(epoch, Logs.of(Map.of("loss", losses[epoch])));
        }
        callback.onTrainEnd(Logs.EMPTY);
    }

    @Test
    void checkpointsAreNamedAsInPython() throws IOException {
        drive(
                new ModelCheckpoint(folder + "/m-{epoch:02d}-{loss:.2f}-{loss}.weights.h5")
                        .saveWeightsOnly(true),
                model(),
                0.125,
                1e-5);
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("m-01-0.12-0.125.weights.h5", "m-02-0.00-1e-05.weights.h5"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void theBestModelIsKept() throws IOException {
        drive(
                new ModelCheckpoint(folder + "/b-{epoch}.keras")
                        .monitor("loss")
                        .saveBestOnly(true)
                        .initialValueThreshold(0.9),
                model(),
                1,
                0.8,
                0.85,
                0.7);
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("b-2.keras", "b-4.keras"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void checkpointsNeedTheirEndingAndTheirValues() {
        var model = model();
        assertTrue(
                assertThrows(TensorException.class, () -> new ModelCheckpoint("m.h6").attach(model))
                        .getMessage()
                        .startsWith("The filepath of ModelCheckpoint must end in `.keras`"));
        var error =
                assertThrows(
                        TensorException.class,
                        () -> drive(new ModelCheckpoint("{val_acc:.3f}.keras"), model, 1));
        assertTrue(
                error.getMessage()
                        .startsWith(
                                "Failed to format this callback filepath: \"{val_acc:.3f}.keras\"."
                                        + " Reason: 'val_acc'"),
                error.getMessage());
    }

    @Test
    void theLearningRateFollowsASchedule() {
        var model = model();
        var history =
                model.fit(
                        X,
                        X,
                        f ->
                                f.epochs(3)
                                        .verbose(0)
                                        .callbacks(
                                                new LearningRateScheduler(
                                                        (epoch, rate) -> rate * 0.5)));
        assertEquals(0.00125, model.optimizer().learningRate().doubleValue(), 1e-9);
        assertEquals(0.005, history.get("learning_rate").getFirst(), 1e-9);
    }

    @Test
    void theLearningRateIsReducedOnAPlateau() {
        var model = model();
        drive(
                new ReduceLROnPlateau().monitor("loss").patience(2).factor(0.5).cooldown(1),
                model,
                1,
                1,
                1,
                1,
                1);
        // Halved after the third epoch; the fourth counts again since the cooldown is over by then,
        // so the fifth halves once more.
        assertEquals(0.0025, model.optimizer().learningRate().doubleValue(), 1e-9);
        assertThrows(TensorException.class, () -> new ReduceLROnPlateau().factor(1));
    }

    @Test
    void csvHasALinePerEpoch() throws IOException {
        var file = folder.resolve("log.csv");
        drive(new CSVLogger(file), model(), 1, 0.5);
        drive(new CSVLogger(file).append(true), model(), Double.NaN);
        assertEquals(
                "epoch,loss,val_loss\r\n0,1.0,NA\r\n1,0.5,NA\r\n0,nan,NA\r\n",
                Files.readString(file));
    }

    @Test
    void trainingStopsWhenTheLossIsNoNumber() {
        var model = model();
        var huge = X.times(1e30);
        var history =
                model.fit(huge, huge, f -> f.epochs(5).verbose(0).callbacks(new TerminateOnNaN()));
        assertEquals(1, history.epochs().size());
        assertThrows(
                IllegalStateException.class,
                () ->
                        model.fit(
                                huge,
                                huge,
                                f ->
                                        f.verbose(0)
                                                .callbacks(new TerminateOnNaN().raiseError(true))));
    }

    @Test
    void earlyStoppingPutsTheBestWeightsBack() {
        var model = model();
        var stop = new EarlyStopping().monitor("loss").patience(1).restoreBestWeights(true);
        stop.attach(model);
        stop.onTrainBegin();
        model.weights().forEach(weight -> weight.assign(weight.value().times(0).plus(1)));
        stop.onEpochEnd(0, Logs.of(Map.of("loss", 1.0)));
        model.weights().forEach(weight -> weight.assign(weight.value().times(5)));
        assertFalse(model.stopTraining());
        stop.onEpochEnd(1, Logs.of(Map.of("loss", 2.0)));
        assertTrue(model.stopTraining());
        stop.onTrainEnd(Logs.EMPTY);
        assertEquals(1, model.weights().getLast().reshape().doubleValue());
    }
}
