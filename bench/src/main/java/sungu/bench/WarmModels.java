package sungu.bench;

import sungu.keras.Arguments;
import sungu.keras.Input;
import sungu.keras.layers.AveragePooling2D;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.DepthwiseConv2D;
import sungu.keras.layers.Dropout;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.Flatten;
import sungu.keras.layers.GRU;
import sungu.keras.layers.GlobalAveragePooling1D;
import sungu.keras.layers.LSTM;
import sungu.keras.layers.LayerNormalization;
import sungu.keras.layers.MaxPooling2D;
import sungu.keras.layers.MultiHeadAttention;
import sungu.keras.layers.PReLU;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/**
 * Small models of all kinds of layers, whose warm training steps leave nothing to the collector.
 */
enum WarmModels {
    DENSE(4) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(4), new Dense(4).activation("relu"), new Dense(OUTPUTS));
        }
    },
    /** Products that are shared out among threads, and random numbers. */
    WIDE(256) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(256),
                    new Dense(512).activation("relu"),
                    new Dropout(0.2),
                    new Dense(512).activation("gelu"),
                    new Dense(OUTPUTS));
        }
    },
    CONVOLUTION(12, 12, 1) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(12, 12, 1),
                    new Conv2D(8, 3).activation("relu"),
                    new MaxPooling2D(2),
                    new Conv2D(8, 3).padding("same"),
                    new Flatten(),
                    new Dense(OUTPUTS));
        }
    },
    BATCH_NORMALIZATION(8, 8, 3) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(8, 8, 3),
                    new Conv2D(16, 3).padding("same"),
                    new BatchNormalization(),
                    new Conv2D(32, 3).padding("same").strides(2),
                    new DepthwiseConv2D(3),
                    new BatchNormalization(),
                    new AveragePooling2D(2),
                    new Flatten(),
                    new Dense(OUTPUTS));
        }
    },
    LSTM(6, 4) {
        @Override
        Model layers() {
            return Sequential.of(Input.shape(6, 4), new LSTM(8), new Dense(OUTPUTS));
        }
    },
    GRU(6, 4) {
        @Override
        Model layers() {
            return Sequential.of(Input.shape(6, 4), new GRU(8), new Dense(OUTPUTS));
        }
    },
    EMBEDDING(6) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(6), new Embedding(20, 8), new Flatten(), new Dense(OUTPUTS));
        }
    },
    LAYER_NORMALIZATION(4) {
        @Override
        Model layers() {
            return Sequential.of(
                    Input.shape(4), new PReLU(), new LayerNormalization(), new Dense(OUTPUTS));
        }
    },
    ATTENTION(16, 32) {
        @Override
        Model layers() {
            var input = Input.shape(16, 32).tensor();
            var x = new MultiHeadAttention(4, 8).apply(Arguments.of(input, input)).only();
            x = new Dense(64).activation("relu").apply(new LayerNormalization().apply(x));
            x = new GlobalAveragePooling1D().apply(x);
            return Model.of(input, new Dense(OUTPUTS).activation("softmax").apply(x));
        }
    };

    /** Columns of the targets. */
    static final int OUTPUTS = 3;

    private final Shape row;

    WarmModels(int... row) {
        this.row = Shape.of(row);
    }

    abstract Model layers();

    /** The model, compiled: Adam, squared error and a metric. */
    Model compiled() {
        var model = layers();
        model.compile(c -> c.optimizer("adam").loss("mse").metrics("mae"));
        return model;
    }

    /** So many rows of input. */
    Tensor inputs(int rows) {
        return Tensor.ones(row.insert(0, rows), DType.FLOAT32);
    }

    /** So many rows of targets. */
    static Tensor targets(int rows) {
        return Tensor.ones(Shape.of(rows, OUTPUTS), DType.FLOAT32);
    }
}
