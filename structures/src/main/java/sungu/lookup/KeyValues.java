package sungu.lookup;

import sungu.strings.Strings;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a table starts with, or holds.
 *
 * @param keys the keys
 * @param values their values, in the same order along the first dimension
 */
public record KeyValues(Tensor keys, Tensor values) {
    /** Names a whole line as the column of a text file. */
    public static final int WHOLE_LINE = -2;

    /** Names the number of the line, from 0 on, as the column of a text file. */
    public static final int LINE_NUMBER = -1;

    /** Keys and values of a table. */
    public static KeyValues of(Tensor keys, Tensor values) {
        return new KeyValues(keys, values);
    }

    /** The lines of a text file as keys of their numbers: a vocabulary. */
    public static KeyValues vocabulary(Path file) {
        return ofTextFile(file, DType.STRING, WHOLE_LINE, DType.INT64, LINE_NUMBER, "\t");
    }

    /**
     * Keys and values from the lines of a text file, of which columns are cut by a delimiter.
     *
     * @param keyColumn the number of a column, {@link #WHOLE_LINE} or {@link #LINE_NUMBER}
     * @param valueColumn the number of a column, {@link #WHOLE_LINE} or {@link #LINE_NUMBER}
     */
    public static KeyValues ofTextFile(
            Path file,
            DType keyType,
            int keyColumn,
            DType valueType,
            int valueColumn,
            String delimiter) {
        var lines = lines(file);
        return new KeyValues(
                column(file, lines, keyColumn, keyType, delimiter),
                column(file, lines, valueColumn, valueType, delimiter));
    }

    /** The lines as bytes: a file of another encoding than UTF-8 stays as it is. */
    private static List<byte[]> lines(Path file) {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("table: can't read " + file, e);
        }
        var lines = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i < all.length ? all[i] == '\n' : from < i) {
                int to = i > from && all[i - 1] == '\r' ? i - 1 : i;
                lines.add(Arrays.copyOfRange(all, from, to));
                from = i + 1;
            }
        }
        return lines;
    }

    private static Tensor column(
            Path file, List<byte[]> lines, int number, DType dtype, String delimiter) {
        if (number == LINE_NUMBER) {
            if (dtype != DType.INT64) {
                throw new TensorException("table: numbers of lines are int64, not " + dtype);
            }
            var numbers = new long[lines.size()];
            Arrays.setAll(numbers, i -> i);
            return new HostTensor(DType.INT64, Shape.of(numbers.length), numbers);
        }
        var whole = Strings.of(Shape.of(lines.size()), lines.toArray(byte[][]::new));
        if (number == WHOLE_LINE) {
            return typed(whole, dtype);
        }
        var rows = Strings.split(whole, delimiter);
        var starts = rows.rowPartition().splits().toInts();
        var fields = rows.flatValues().host().bytes();
        var chosen = new byte[lines.size()][];
        for (int i = 0; i < chosen.length; i++) {
            if (number < 0 || number >= starts[i + 1] - starts[i]) {
                throw new TensorException(
                        "table: line " + (i + 1) + " of " + file + " has no column " + number);
            }
            chosen[i] = fields[starts[i] + number];
        }
        return typed(Strings.of(whole.shape(), chosen), dtype);
    }

    private static Tensor typed(Tensor strings, DType dtype) {
        return dtype == DType.STRING ? strings : Strings.toNumber(strings, dtype);
    }
}
