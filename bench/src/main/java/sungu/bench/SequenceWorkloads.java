package sungu.bench;

import sungu.keras.Arguments;
import sungu.keras.Input;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.LSTM;
import sungu.keras.layers.LayerNormalization;
import sungu.keras.layers.MultiHeadAttention;
import sungu.keras.losses.Losses;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.ops.Movements;
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

    /**
     * Two transformer blocks, width 256, 4 heads, length 80, vocabulary 2000, batch 32, adam; a
     * sample is a token.
     */
    static void miniGpt(Measures measures) {
        int words = 2000;
        int length = 80;
        int width = 256;
        int heads = 4;
        int rows = 256;
        var input = Input.shape(length).dtype(DType.INT32).tensor();
        var places = new Embedding(length, width).apply(Movements.iota(length, DType.INT32));
        var x = new Embedding(words, width).apply(input).plus(places);
        for (int block = 0; block < 2; block++) {
            var attention = new MultiHeadAttention(heads, width / heads);
            var seen = attention.apply(Arguments.of(x, x).with("use_causal_mask", true)).only();
            x = new LayerNormalization().epsilon(1e-6).apply(x.plus(seen));
            var wide = new Dense(4 * width).activation("gelu").apply(x);
            x = new LayerNormalization().epsilon(1e-6).apply(x.plus(new Dense(width).apply(wide)));
        }
        var model = Model.of(input, new Dense(words).apply(x));
        model.compile(c ->
                c.optimizer("adam").loss(Losses.sparseCategoricalCrossentropy().fromLogits(true)));
        var samples = new Samples();
        TrainingRun.fit(
                measures,
                model,
                samples.integers(words, rows, length),
                samples.integers(words, rows, length),
                32,
                4,
                length);
    }
}
