package sungu.keras.models;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table drawn with box characters, of a fixed width: cells are wrapped at words, and words that
 * are too long end in an ellipsis. The layout is the one that Keras' summaries have.
 */
final class TextTable {
    /** Where the text of a column stands. */
    enum Align {
        LEFT,
        RIGHT,
        CENTER
    }

    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");
    private static final int PADDING = 2;

    private final List<Align> aligns;
    private final int[] widths;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table with a header.
     *
     * @param wanted the width of each column; all are reduced evenly so that padding and borders
     *     fit into {@code lineLength}
     */
    TextTable(List<String> header, List<Align> aligns, int[] wanted, int lineLength) {
        this.aligns = aligns;
        widths = reduced(wanted, lineLength);
        rows.add(header);
    }

    private static int[] reduced(int[] wanted, int lineLength) {
        int count = wanted.length;
        var widths = new int[count];
        int excess = count + 1 - lineLength;
        for (int i = 0; i < count; i++) {
            widths[i] = wanted[i] + PADDING;
            excess += widths[i];
        }
        for (int i = 0; i < count; i++) {
            // What is too much is shared by the columns that are left, with halves rounded to even.
            int share =
                    Math.min(
                            widths[i], (int) Math.rint((double) Math.max(excess, 0) / (count - i)));
            widths[i] = Math.max(widths[i] - share - PADDING, 1);
            excess -= share;
        }
        return widths;
    }

    void add(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        line(text, '┏', '━', '┳', '┓');
        row(text, rows.getFirst(), '┃');
        if (rows.size() == 1) {
            return line(text, '┡', '━', '╇', '┩')
                    .append("└")
                    .append(bars('─', '┴'))
                    .append("┘\n")
                    .toString();
        }
        line(text, '┡', '━', '╇', '┩');
        for (int i = 1; i < rows.size(); i++) {
            if (i > 1) {
                line(text, '├', '─', '┼', '┤');
            }
            row(text, rows.get(i), '│');
        }
        return line(text, '└', '─', '┴', '┘').toString();
    }

    private StringBuilder line(StringBuilder text, char left, char bar, char between, char right) {
        return text.append(left).append(bars(bar, between)).append(right).append('\n');
    }

    private String bars(char bar, char between) {
        var parts = new ArrayList<String>();
        for (int width : widths) {
            parts.add(String.valueOf(bar).repeat(width + PADDING));
        }
        return String.join(String.valueOf(between), parts);
    }

    private void row(StringBuilder text, List<String> cells, char border) {
        var wrapped = new ArrayList<List<String>>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            var lines = wrap(cells.get(i), widths[i]);
            wrapped.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int y = 0; y < height; y++) {
            text.append(border);
            for (int i = 0; i < widths.length; i++) {
                var lines = wrapped.get(i);
                text.append(' ')
                        .append(aligned(y < lines.size() ? lines.get(y) : "", i))
                        .append(' ')
                        .append(border);
            }
            text.append('\n');
        }
    }

    private String aligned(String line, int column) {
        int width = widths[column];
        var align = aligns.get(column);
        var cut = fit(align == Align.LEFT ? line : line.stripTrailing(), width);
        int free = width - cut.length();
        int before =
                switch (align) {
                    case LEFT -> 0;
                    case RIGHT -> free;
                    case CENTER -> free / 2;
                };
        return " ".repeat(before) + cut + " ".repeat(free - before);
    }

    /**
     * A line cut to the width: spaces at the end are dropped first, then the rest gives way to an
     * ellipsis.
     */
    private static String fit(String line, int width) {
        if (line.length() <= width) {
            return line;
        }
        var stripped = line.stripTrailing();
        return stripped.length() <= width ? stripped : line.substring(0, width - 1) + "…";
    }

    /**
     * Lines broken before the words that no longer fit; a word that fits on no line has one of its
     * own.
     */
    private static List<String> wrap(String cell, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        var words = WORD.matcher(cell);
        while (words.find()) {
            var word = words.group();
            if (!line.isEmpty() && line.length() + word.stripTrailing().length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
