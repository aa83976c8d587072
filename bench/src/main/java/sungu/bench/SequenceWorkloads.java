package sungu.bench;

import sungu.keras.Input;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.LSTM;
import sungu.keras.models.Sequential;
import sungu.tensor.DType;

/** Models of sequences. */
final class SequenceWorkloads {
    private SequenceWorkloads() {}

    /** Embedding(20000, 128) - LSTM(64) - Dense, length 80, batch 32, adam. */
    static void imdbLstm(Measures measures) {
        int rows = 512;
        var model =
                Sequential.of(
                        Input.shape(80).dtype(DType.INT32),
                        new Embedding(20000, 128),
                        new LSTM(64),
                        new Dense(1).activation("sigmoid"));
        model.compile(c -> c.optimizer("adam").loss("binary_crossentropy").metrics("accuracy"));
        var samples = new Samples();
        TrainingRun.fit(
                measures,
                model,
                samples.integers(20000, rows, 80),
                samples.integers(2, rows),
                32,
                4,
                1);
    }
}
