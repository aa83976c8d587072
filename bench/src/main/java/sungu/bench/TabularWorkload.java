package sungu.bench;

import sungu.keras.Input;
import sungu.keras.layers.Concatenate;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.Flatten;
import sungu.keras.models.Model;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.ArrayList;

/** A model for tables, wide and deep. */
final class TabularWorkload {
    private TabularWorkload() {}

    /** 10 categories embedded, 13 numbers, an MLP, batch 256, adam, with the AUC. */
    static void tabular(Measures measures) {
        int rows = 20000;
        var samples = new Samples();
        var inputs = new ArrayList<Tensor>();
        var features = new ArrayList<Tensor>();
        var data = new ArrayList<Tensor>();
        for (int i = 0; i < 10; i++) {
            var category = Input.shape(1).dtype(DType.INT32).name("c" + i).tensor();
            inputs.add(category);
            features.add(new Flatten().apply(new Embedding(1000, 16).apply(category)));
            data.add(samples.integers(1000, rows, 1));
        }
        var numbers = Input.shape(13).name("num").tensor();
        inputs.add(numbers);
        features.add(numbers);
        data.add(samples.uniform(rows, 13));
        var x = new Concatenate().apply(features);
        for (int units : new int[] {256, 128}) {
            x = new Dense(units).activation("relu").apply(x);
        }
        var model = Model.of(inputs, new Dense(1).activation("sigmoid").apply(x));
        model.compile(c -> c.optimizer("adam").loss("binary_crossentropy").metrics("AUC"));
        TrainingRun.fit(measures, model, data, samples.integers(2, rows), 256, 4, 1);
    }
}
