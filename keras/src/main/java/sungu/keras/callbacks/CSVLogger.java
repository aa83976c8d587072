package sungu.keras.callbacks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a line with the values of each epoch into a file. */
public final class CSVLogger extends Callback {
    private final Path file;
    private String separator = ",";
    private boolean append;

    private @Nullable Writer writer;
    private @Nullable List<String> keys;
    private boolean header;

    /** Writes the file anew when training begins. */
    public CSVLogger(Path file) {
        this.file = file;
    }

    /** Writes the file anew when training begins. */
    public CSVLogger(String file) {
        this(Path.of(file));
    }

    /** What stands between values. */
    public CSVLogger separator(String text) {
        separator = text;
        return this;
    }

    /** Whether lines are added to what the file holds. */
    public CSVLogger append(boolean on) {
        append = on;
        return this;
    }

    @Override
    public void onTrainBegin() {
        close();
        keys = null;
        try {
            header = !append || !Files.exists(file) || Files.size(file) == 0;
            writer =
                    append
                            ? Files.newBufferedWriter(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                            : Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("CSVLogger can't write " + file, e);
        }
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        var columns = keys;
        if (columns == null) {
            columns = columns(logs);
            keys = columns;
            if (header) {
                var names = new ArrayList<>(columns);
                names.addFirst("epoch");
                line(names);
            }
        }
        var cells = new ArrayList<String>();
        cells.add(String.valueOf(epoch));
        for (var key : columns) {
            var value = logs.get(key);
            cells.add(value == null ? "NA" : PythonText.of(value));
        }
        line(cells);
    }

    /**
     * The names in the logs; without validation in the first epoch, columns are kept for it
     * nevertheless: it may come later.
     */
    private static List<String> columns(Logs logs) {
        var names = new ArrayList<>(logs.values().keySet());
        if (names.stream().noneMatch(name -> name.startsWith("val_"))) {
            names.addAll(names.stream().map(name -> "val_" + name).toList());
        }
        return names;
    }

    private void line(List<String> cells) {
        var open = writer;
        if (open == null) {
            throw new IllegalStateException("CSVLogger: training has not begun");
        }
        try {
            open.write(String.join(separator, cells.stream().map(this::quoted).toList()));
            open.write("\r\n");
            open.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("CSVLogger can't write " + file, e);
        }
    }

    private String quoted(String cell) {
        return cell.contains(separator) || cell.contains("\"")
                ? "\"" + cell.replace("\"", "\"\"") + "\""
                : cell;
    }

    @Override
    public void onTrainEnd(Logs logs) {
        close();
    }

    private void close() {
        var open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("CSVLogger can't write " + file, e);
            }
        }
    }
}
