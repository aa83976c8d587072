package sungu.bench;

import org.jspecify.annotations.Nullable;

import sungu.keras.Input;
import sungu.keras.applications.Applications;
import sungu.keras.layers.Activation;
import sungu.keras.layers.Add;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Dropout;
import sungu.keras.layers.Flatten;
import sungu.keras.layers.GlobalAveragePooling2D;
import sungu.keras.layers.MaxPooling2D;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.SGD;
import sungu.tensor.Tensor;

import java.util.List;

/** Convolutional networks. */
final class ImageWorkloads {
    private ImageWorkloads() {}

    /** The MNIST convnet of keras.io, batch 128, adam. */
    static void mnistCnn(Measures measures) {
        int rows = 4000;
        var model =
                Sequential.of(
                        Input.shape(28, 28, 1),
                        new Conv2D(32, 3).activation("relu"),
                        new MaxPooling2D(2),
                        new Conv2D(64, 3).activation("relu"),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dropout(0.5),
                        new Dense(10).activation("softmax"));
        var samples = new Samples();
        model.compile(c ->
                c.optimizer("adam").loss("sparse_categorical_crossentropy").metrics("accuracy"));
        TrainingRun.fit(
                measures,
                model,
                samples.uniform(rows, 28, 28, 1),
                samples.integers(10, rows),
                128,
                4,
                1);
    }

    /** ResNet-20 on 32x32x3, batch 64, SGD with momentum. */
    static void resnet20(Measures measures) {
        int rows = 1024;
        var input = Input.shape(32, 32, 3).tensor();
        Tensor x = block(input, 16, 1, "relu");
        for (int filters : new int[] {16, 32, 64}) {
            for (int i = 0; i < 3; i++) {
                int stride = filters > 16 && i == 0 ? 2 : 1;
                var y = block(block(x, filters, stride, "relu"), filters, 1, null);
                if (stride == 2) {
                    x = new Conv2D(filters, 1).strides(2).padding("same").apply(x);
                }
                x = new Activation("relu").apply(new Add().apply(List.of(x, y)));
            }
        }
        var classes =
                new Dense(10).activation("softmax").apply(new GlobalAveragePooling2D().apply(x));
        var model = Model.of(input, classes);
        var samples = new Samples();
        model.compile(c ->
                c.optimizer(new SGD().learningRate(0.1).momentum(0.9))
                        .loss("sparse_categorical_crossentropy")
                        .metrics("accuracy"));
        TrainingRun.fit(
                measures,
                model,
                samples.uniform(rows, 32, 32, 3),
                samples.integers(10, rows),
                64,
                4,
                1);
    }

    private static Tensor block(Tensor x, int filters, int stride, @Nullable String activation) {
        var y = new Conv2D(filters, 3).strides(stride).padding("same").useBias(false).apply(x);
        y = new BatchNormalization().apply(y);
        return activation == null ? y : new Activation(activation).apply(y);
    }

    /** MobileNetV2 on 8 images of 224x224: {@code predictOnBatch}. */
    static void mobileNetV2(Measures measures) {
        var model = Applications.mobileNetV2(o -> o.inputShape(224, 224, 3).weights(null));
        var x = new Samples().uniform(8, 224, 224, 3);
        model.predictOnBatch(x).host();
        var seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            model.predictOnBatch(x).host();
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        measures.put("images_per_s", 8 / Measures.median(seconds));
    }
}
