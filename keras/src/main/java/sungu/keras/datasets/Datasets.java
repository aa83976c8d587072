package sungu.keras.datasets;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Small data sets that come with the library. Their sources are named in {@code SOURCES.md} beside
 * them.
 */
public final class Datasets {
    /**
     * Rows of inputs and their classes.
     *
     * @param x the inputs, float32
     * @param y the class of each row, int32
     * @param classes the names of the classes
     */
    public record Labelled(Tensor x, Tensor y, List<String> classes) {}

    private Datasets() {}

    /**
     * Fisher's iris flowers: 150 rows of 4 lengths in cm, in 3 classes of 50; shuffled in a fixed
     * order.
     */
    public static Labelled iris() {
        var rows = read("iris.csv", false);
        return labelled(shuffled(rows), Shape.of(4), List.of("setosa", "versicolor", "virginica"));
    }

    /** Handwritten digits: 1797 pictures of 8x8 grey values from 0 to 16, shape [1797, 8, 8, 1]. */
    public static Labelled digits() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            names.add(Integer.toString(i));
        }
        return labelled(read("digits.csv.gz", true), Shape.of(8, 8, 1), names);
    }

    private static List<float[]> read(String name, boolean zipped) {
        var stream = Datasets.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the data set " + name + " is missing from the jar");
        }
        try (var raw = stream;
                var reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        zipped ? new GZIPInputStream(raw) : raw,
                                        StandardCharsets.UTF_8))) {
            var rows = new ArrayList<float[]>();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var cells = line.split(",");
                var row = new float[cells.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Float.parseFloat(cells[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the data set " + name, e);
        }
    }

    /**
     * The file has the classes one after the other; a validation split from its end would hold one
     * class only.
     */
    private static List<float[]> shuffled(List<float[]> rows) {
        var mixed = new ArrayList<>(rows);
        java.util.Collections.shuffle(mixed, new java.util.Random(1936));
        return mixed;
    }

    private static Labelled labelled(List<float[]> rows, Shape row, List<String> classes) {
        int width = row.size();
        var x = new float[rows.size() * width];
        var y = new int[rows.size()];
        for (int i = 0; i < y.length; i++) {
            System.arraycopy(rows.get(i), 0, x, i * width, width);
            y[i] = (int) rows.get(i)[width];
        }
        return new Labelled(
                new HostTensor(DType.FLOAT32, row.insert(0, y.length), x),
                Tensor.ofInts(y),
                classes);
    }
}
