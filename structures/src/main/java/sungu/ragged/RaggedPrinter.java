package sungu.ragged;

import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ragged tensors as text, as TensorFlow prints them: rows of different lengths follow one another,
 * wrapped at 75 columns; rows of one length are NumPy's array, a line for each.
 */
final class RaggedPrinter {
    private static final int LINE = 74;
    private static final int LONG = 1000;
    private static final int EDGE = 3;
    private static final String LEFT_OUT = "...";

    private RaggedPrinter() {}

    /** {@code <tf.RaggedTensor [[1, 2], []]>}; without values in a trace the type only. */
    static String print(RaggedTensor x) {
        if (x.raggedRank() == 0) {
            return x.flatValues().toString();
        }
        boolean known =
                x.flatValues() instanceof HostTensor
                        && x.partitions().stream().allMatch(p -> p.splits() instanceof HostTensor);
        return known
                ? "<tf.RaggedTensor " + text(x) + ">"
                : "RaggedTensor(" + x.dtype().code() + x.shape() + ")";
    }

    private static String text(RaggedTensor x) {
        var equal = new boolean[x.raggedRank()];
        for (int level = 0; level < equal.length; level++) {
            var partition = x.partitions().get(level);
            equal[level] =
                    partition.values() > 0
                            && partition.values()
                                    == Math.multiplyExact(partition.rows(), partition.longest());
        }
        return array(x, equal, 0);
    }

    /**
     * What lies below some levels, as the array that NumPy would hold it in: one of numbers where
     * all rows of the whole tensor from there on have one length, else one of arrays.
     */
    private static String array(RaggedTensor x, boolean[] equal, int level) {
        int rows = level;
        while (rows < equal.length && equal[rows]) {
            rows++;
        }
        if (rows == equal.length) {
            var dense = x.toTensor().host();
            return block(dense, 0, dense.shape(), " ", LINE);
        }
        return arrays(x, equal, level, rows - level, " ", LINE);
    }

    private static String arrays(
            RaggedTensor x, boolean[] equal, int level, int depth, String indent, int width) {
        var items = new ArrayList<String>();
        for (int i : shown(x.rows(), x.rows() > LONG)) {
            if (i < 0) {
                items.add(LEFT_OUT);
            } else if (depth == 0) {
                items.add(array(x.get(i), equal, level + 1));
            } else {
                items.add(arrays(x.get(i), equal, level + 1, depth - 1, indent + " ", width - 1));
            }
        }
        return depth == 0
                ? wrapped(items, indent, width)
                : "[" + String.join("," + "\n".repeat(depth) + indent, items) + "]";
    }

    /** Which of {@code count} entries are shown; -1 for what is left out. */
    private static int[] shown(int count, boolean summary) {
        var shown = new Indices();
        for (int i = 0; i < count; i++) {
            boolean edge = !summary || count <= 2 * EDGE || i < EDGE || i >= count - EDGE;
            if (edge) {
                shown.accept(i);
            } else if (i == EDGE) {
                shown.accept(-1);
            }
        }
        return shown.toArray();
    }

    /** The part of a dense tensor that begins at an element and has this shape. */
    private static String block(HostTensor x, int start, Shape shape, String indent, int width) {
        if (shape.rank() == 0) {
            return element(x, start);
        }
        if (shape.size() == 0 && shape.rank() == 1) {
            return "[]";
        }
        var inner = shape.slice(1, shape.rank());
        var items = new ArrayList<String>();
        for (int i : shown(shape.dim(0), x.size() > LONG)) {
            items.add(
                    i < 0
                            ? LEFT_OUT
                            : block(x, start + i * inner.size(), inner, indent + " ", width - 1));
        }
        if (inner.rank() == 0) {
            return wrapped(items, indent, width);
        }
        return "[" + String.join("," + "\n".repeat(inner.rank()) + indent, items) + "]";
    }

    /** An element as Python prints it by itself. */
    private static String element(HostTensor x, int i) {
        if (x.dtype() == DType.STRING) {
            return quoted(x.bytes()[i]);
        }
        if (x.dtype() == DType.BOOL) {
            return x.integer(i) != 0 ? "True" : "False";
        }
        Tensor scalar =
                Movements.reshape(
                        Movements.slice(Movements.reshape(x, -1), new int[] {i}, new int[] {1}),
                        Shape.SCALAR);
        var text = scalar.toString();
        return text.substring(text.indexOf('(') + 1, text.lastIndexOf(", shape="));
    }

    private static String quoted(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder("b").append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ' || c > '~') {
                        out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                    } else {
                        out.append(c == quote ? "\\" : "").append(c);
                    }
                }
            }
        }
        return out.append(quote).toString();
    }

    /** Items between brackets, on as many lines as they take; an item may have lines itself. */
    private static String wrapped(List<String> items, String indent, int width) {
        var done = new StringBuilder();
        var line = new StringBuilder(indent);
        for (int i = 0; i < items.size(); i++) {
            var lines = items.get(i).split("\n", -1);
            int longest = 0;
            for (var part : lines) {
                longest = Math.max(longest, part.length());
            }
            if (line.length() + longest > width && line.length() > indent.length()) {
                flush(line, done);
                line.append(indent);
            }
            var margin = " ".repeat(line.length());
            line.append(lines[0]);
            for (int k = 1; k < lines.length; k++) {
                flush(line, done);
                line.append(margin).append(lines[k]);
            }
            line.append(i < items.size() - 1 ? ", " : "");
        }
        return "[" + done.append(line).substring(indent.length()) + "]";
    }

    private static void flush(StringBuilder line, StringBuilder done) {
        done.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
    }
}
