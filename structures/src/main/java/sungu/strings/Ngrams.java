package sungu.strings;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How neighbours are joined.
 *
 * @param widths how many at a time; those of each width in turn
 * @param separator between them
 * @param before what fills up rows at their start; null for no filling
 * @param after what fills up rows at their end; null for no filling
 * @param padding how much is filled up at most; -1 for as much as the width takes
 * @param keepShort whether a row too short for any width is joined as a whole
 */
public record Ngrams(
        List<Integer> widths,
        String separator,
        @Nullable String before,
        @Nullable String after,
        int padding,
        boolean keepShort) {

    public Ngrams {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(w -> w < 1)) {
            throw new TensorException("ngrams: widths must be positive, got " + widths);
        }
        if (padding == 0 || padding < -1) {
            throw new TensorException("ngrams: the padding must be positive, got " + padding);
        }
        if (padding > 0 && before == null) {
            throw new TensorException("ngrams: padding " + padding + " without a string for it");
        }
    }

    /** Neighbours of these widths with a blank between them, rows not filled up. */
    public static Ngrams of(int... widths) {
        return new Ngrams(IntStream.of(widths).boxed().toList(), " ", null, null, -1, false);
    }

    /** The same with another separator. */
    public Ngrams separator(String text) {
        return new Ngrams(widths, text, before, after, padding, keepShort);
    }

    /** The same with rows filled up by these strings, as much as each width takes. */
    public Ngrams pad(String left, String right) {
        return new Ngrams(widths, separator, left, right, padding, keepShort);
    }

    /** The same with rows filled up by these strings, so many at each end at most. */
    public Ngrams pad(String left, String right, int most) {
        return new Ngrams(widths, separator, left, right, most, keepShort);
    }

    /** The same, with too short rows joined as a whole or left out. */
    public Ngrams keepShort(boolean kept) {
        return new Ngrams(widths, separator, before, after, padding, kept);
    }

    /** The n-grams of one row. */
    List<byte[]> of(List<byte[]> row) {
        var out = new ArrayList<byte[]>();
        for (int width : widths) {
            var filled = fill(row, pads(width));
            for (int i = 0; i + width <= filled.size(); i++) {
                out.add(join(filled.subList(i, i + width)));
            }
        }
        if (out.isEmpty() && keepShort && !row.isEmpty()) {
            out.add(join(fill(row, Math.max(padding, 0))));
        }
        return out;
    }

    private int pads(int width) {
        return before == null ? 0 : padding < 0 ? width - 1 : Math.min(padding, width - 1);
    }

    private List<byte[]> fill(List<byte[]> row, int count) {
        if (count == 0 || before == null || after == null) {
            return row;
        }
        var filled = new ArrayList<byte[]>(row.size() + 2 * count);
        filled.addAll(java.util.Collections.nCopies(count, CodePoints.bytes(before)));
        filled.addAll(row);
        filled.addAll(java.util.Collections.nCopies(count, CodePoints.bytes(after)));
        return filled;
    }

    private byte[] join(List<byte[]> parts) {
        return Bytes.join(parts, CodePoints.bytes(separator));
    }
}
