package sungu.tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of an index, as between Python's brackets: a position, a range, a new axis or the
 * ellipsis.
 */
public sealed interface Slice {
    /** All dimensions that the other entries do not name: {@code ...}. */
    Slice ELLIPSIS = new Ellipsis();

    /** A new dimension of size 1: {@code newaxis}. */
    Slice NEW_AXIS = new NewAxis();

    /** A whole dimension: {@code :}. */
    Slice ALL = new Range(null, null, 1);

    /** One position; the dimension is dropped. Negative ones count from the end. */
    record At(int index) implements Slice {}

    /** A range with a step; null means from the start or to the end, as in Python. */
    record Range(@Nullable Integer start, @Nullable Integer stop, int step) implements Slice {}

    /** All dimensions not named otherwise. */
    record Ellipsis() implements Slice {}

    /** A new dimension. */
    record NewAxis() implements Slice {}

    /** {@code start:stop}. */
    static Slice of(int start, int stop) {
        return new Range(start, stop, 1);
    }

    /** {@code start:stop:step}. */
    static Slice of(int start, int stop, int step) {
        return new Range(start, stop, step);
    }

    /** {@code start:}. */
    static Slice from(int start) {
        return new Range(start, null, 1);
    }

    /** {@code :stop}. */
    static Slice to(int stop) {
        return new Range(null, stop, 1);
    }

    /** {@code ::step}. */
    static Slice by(int step) {
        return new Range(null, null, step);
    }

    /** One position. */
    static Slice at(int index) {
        return new At(index);
    }

    /** A list of positions. */
    static List<Slice> at(int[] index) {
        var slices = new ArrayList<Slice>(index.length);
        for (int i : index) {
            slices.add(new At(i));
        }
        return slices;
    }

    /** What Python writes between the brackets. */
    static String text(List<Slice> index) {
        var parts = new ArrayList<String>(index.size());
        for (var entry : index) {
            parts.add(
                    switch (entry) {
                        case At at -> Integer.toString(at.index());
                        case Range range ->
                                (range.start() == null ? "" : range.start())
                                        + ":"
                                        + (range.stop() == null ? "" : range.stop())
                                        + (range.step() == 1 ? "" : ":" + range.step());
                        case Ellipsis all -> "...";
                        case NewAxis none -> "newaxis";
                    });
        }
        return "[" + String.join(", ", parts) + "]";
    }

    /** Reads what Python writes between the brackets: {@code "1, :, 2:-1, ..., newaxis, ::-1"}. */
    static List<Slice> parse(String text) {
        var slices = new ArrayList<Slice>();
        for (var part : text.split(",", -1)) {
            var item = part.trim();
            if (item.isEmpty() && text.trim().endsWith(",") && !slices.isEmpty()) {
                continue;
            }
            slices.add(
                    switch (item) {
                        case "..." -> ELLIPSIS;
                        case "newaxis", "None" -> NEW_AXIS;
                        default -> entry(item, text);
                    });
        }
        return slices;
    }

    private static Slice entry(String item, String text) {
        try {
            if (!item.contains(":")) {
                return new At(Integer.parseInt(item));
            }
            var parts = item.split(":", -1);
            if (parts.length > 3) {
                throw new NumberFormatException(item);
            }
            Integer step = parts.length == 3 ? number(parts[2]) : null;
            return new Range(number(parts[0]), number(parts[1]), step == null ? 1 : step);
        } catch (NumberFormatException e) {
            throw new TensorException(
                    "index '" + text + "': can't read '" + item + "'",
                    "write it as in Python: \"1, :, 2:-1, ..., newaxis, ::-1\"");
        }
    }

    private static @Nullable Integer number(String text) {
        return text.isBlank() ? null : Integer.valueOf(text.trim());
    }
}
