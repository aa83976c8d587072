package sungu.keras.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sungu.keras.Input;
import sungu.keras.layers.Add;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Dropout;
import sungu.keras.layers.Flatten;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.Adam;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class ModelFilesTest {
    @TempDir Path folder;

    private static Tensor ones(int... dims) {
        return Tensor.ones(Shape.of(dims), DType.FLOAT32);
    }

    private static Sequential trained() {
        var model =
                Sequential.of(
                        Input.shape(4, 4, 1),
                        new Conv2D(2, 3).activation("relu"),
                        new BatchNormalization(),
                        new Dropout(0.5),
                        new Flatten(),
                        new Dense(2).activation("softmax"));
        model.compile(c ->
                c.optimizer(new Adam().learningRate(0.01))
                        .loss("sparse_categorical_crossentropy")
                        .metrics("accuracy"));
        model.fit(
                ones(6, 4, 4, 1),
                Tensor.zeros(Shape.of(6), DType.INT32),
                f -> f.epochs(2).verbose(0));
        return model;
    }

    @Test
    void aTrainedModelComesBackAndTrainsOn() {
        var model = trained();
        var file = folder.resolve("model.keras");
        model.save(file);
        var loaded = Model.load(file);
        var x = ones(3, 4, 4, 1);
        assertArrayEquals(model.predict(x).toFloats(), loaded.predict(x).toFloats());
        assertEquals(model.name(), loaded.name());
        assertEquals(
                model.optimizer().iterations().longValue(),
                loaded.optimizer().iterations().longValue());
        var y = Tensor.zeros(Shape.of(6), DType.INT32);
        // Dropout draws from a saved seed: the next steps are the same, too.
        var a = model.fit(ones(6, 4, 4, 1), y, f -> f.verbose(0)).get("loss");
        var b = loaded.fit(ones(6, 4, 4, 1), y, f -> f.verbose(0)).get("loss");
        assertEquals(a, b);
    }

    @Test
    void aFunctionalModelComesBack() {
        var input = Input.shape(3);
        var dense = new Dense(3);
        var sum =
                new Add()
                        .apply(
                                List.of(
                                        dense.apply(input.tensor()),
                                        dense.apply(dense.apply(input.tensor()))));
        var model = Model.of(input, sum.times(2).plus(1)).name("shared");
        var file = folder.resolve("model.keras");
        model.save(file);
        assertArrayEquals(
                model.predict(ones(2, 3)).toFloats(),
                Model.load(file).predict(ones(2, 3)).toFloats());
    }

    @Test
    void weightsAloneComeBack() {
        var model = Sequential.of(Input.shape(3), new Dense(2), new Dense(1));
        var other = Sequential.of(Input.shape(3), new Dense(2), new Dense(1));
        var file = folder.resolve("model.weights.h5");
        model.saveWeights(file);
        other.loadWeights(file);
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(
                    model.weightValues().get(i).toFloats(), other.weightValues().get(i).toFloats());
        }
    }

    @Test
    void weightsOfOtherShapesChangeNothing() {
        var file = folder.resolve("model.weights.h5");
        Sequential.of(Input.shape(3), new Dense(2), new Dense(1)).saveWeights(file);
        var other = Sequential.of(Input.shape(3), new Dense(2), new Dense(4));
        var before = other.weightValues().getFirst().toFloats();
        var error = assertThrows(TensorException.class, () -> other.loadWeights(file));
        assertTrue(
                error.getMessage()
                        .contains("the weight file has shape [2, 1] at 'layers/dense_1/vars/0'"),
                error.getMessage());
        assertArrayEquals(before, other.weightValues().getFirst().toFloats());
    }

    @Test
    void aDamagedFileIsAnError() throws IOException {
        var model = trained();
        var file = folder.resolve("model.keras");
        model.save(file);
        var bytes = Files.readAllBytes(file);
        for (int cut : new int[] {0, 10, bytes.length / 2, bytes.length - 5}) {
            Files.write(file, java.util.Arrays.copyOf(bytes, cut));
            var error = assertThrows(TensorException.class, () -> Model.load(file));
            assertTrue(error.getMessage().contains("model.keras"), error.getMessage());
        }
        var weights = folder.resolve("model.weights.h5");
        Files.writeString(weights, "no HDF5 at all");
        assertThrows(TensorException.class, () -> model.loadWeights(weights));
    }

    @Test
    void codeAndUnknownClassesAreRefused() throws IOException {
        var lambda =
                """
                {"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [{"module": "keras.layers",
                 "class_name": "Dense", "config": {"units": 1, "activation": {"class_name": "__lambda__", "config": {"value": "4wEA"}}}}]}}
                """;
        var error = assertThrows(TensorException.class, () -> Model.load(zip(lambda)));
        assertTrue(
                error.getMessage()
                        .contains("the file holds Python code (a lambda), which is never run"),
                error.getMessage());

        var unknown =
                """
                {"module": "os", "class_name": "system", "config": {"command": "true"}, "registered_name": null}
                """;
        var refused = assertThrows(TensorException.class, () -> Model.load(zip(unknown)));
        assertTrue(
                refused.getMessage().startsWith("class 'system' of module 'os' is not known"),
                refused.getMessage());

        var nested =
                "{\"class_name\": \"Sequential\", \"config\": ".repeat(300) + "1" + "}".repeat(300);
        assertThrows(TensorException.class, () -> Model.load(zip(nested)));
        assertThrows(TensorException.class, () -> Model.load(zip("{not json")));
        assertThrows(TensorException.class, () -> Model.load(zip("[".repeat(100_000))));
    }

    @Test
    void whatUnpacksTooLargeIsRefused() throws IOException {
        var error =
                assertThrows(TensorException.class, () -> Model.load(zip(" ".repeat(20_000_000))));
        assertTrue(
                error.getMessage()
                        .contains("config.json unpacks to 20000000 bytes, which is refused"),
                error.getMessage());
    }

    private Path zip(String config) throws IOException {
        var file = folder.resolve("made.keras");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws IOException {
        var file = folder.resolve("model.keras");
        Files.writeString(file, "old");
        var model = Sequential.of(Input.shape(1), new Dense(1).activation(x -> x));
        model.compile(c -> c.optimizer("sgd").loss("mse").anyMetrics(List.of(new Object())));
        assertThrows(RuntimeException.class, () -> model.save(file));
        assertEquals("old", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void namesAndStateAreChecked() {
        var model = Sequential.of(new Dense(1)).name("open");
        assertEquals(
                "save: model 'open' is not built yet, so it has no weights\n"
                        + "  hint: call it on data first",
                assertThrows(TensorException.class, () -> model.save(folder.resolve("m.keras")))
                        .getMessage());
        assertTrue(
                assertThrows(TensorException.class, () -> model.save(folder.resolve("m.zip")))
                        .getMessage()
                        .startsWith("save: the file name must end in .keras"));
    }
}
