package sungu.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tensors as text: values as NumPy prints them - columns aligned, the fewest digits that tell
 * numbers apart but at most 8 after the point, the middle left out of more than 1000 elements -
 * with shape and dtype as TensorFlow shows them.
 */
final class TensorPrinter {
    private static final int SUMMARISED = 1000;
    private static final int EDGE = 3;
    private static final int LINE = 75;
    private static final int PRECISION = 8;

    private final HostTensor tensor;
    private final boolean summary;
    private IntFunction<String> format = i -> "";

    private TensorPrinter(HostTensor tensor) {
        this.tensor = tensor;
        summary = tensor.size() > SUMMARISED;
    }

    /**
     * {@code Tensor(3.0, shape=(), dtype=float32)}; values of rank 2 and more begin a line of their
     * own.
     */
    static String print(HostTensor tensor) {
        return "Tensor("
                + (tensor.rank() > 1 ? "\n" : "")
                + values(tensor)
                + ", "
                + type(tensor.type())
                + ")";
    }

    /** {@code Variable('w', shape=(2,), dtype=float32, value=[1. 2.])}. */
    static String print(String name, HostTensor value) {
        return "Variable('"
                + name
                + "', "
                + type(value.type())
                + ", value="
                + (value.rank() > 1 ? "\n" : "")
                + values(value)
                + ")";
    }

    /** {@code shape=(2, 3), dtype=float32}. */
    private static String type(TensorType type) {
        var dims =
                IntStream.of(type.shape().dims())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", "));
        return "shape=("
                + dims
                + (type.shape().rank() == 1 ? "," : "")
                + "), dtype="
                + type.dtype();
    }

    /** The values alone. */
    static String values(HostTensor tensor) {
        return new TensorPrinter(tensor).text();
    }

    private String text() {
        if (tensor.size() == 0) {
            return "[]";
        }
        if (tensor.rank() == 0) {
            return alone();
        }
        var shown = new ArrayList<Integer>();
        collect(0, 0, shown);
        format =
                switch (tensor.dtype().arithmetic()) {
                    case FLOAT, DOUBLE ->
                            Column.of(
                                            tensor.dtype(),
                                            shown.stream().mapToDouble(tensor::number).toArray(),
                                            false,
                                            tensor::number)
                                    ::text;
                    case COMPLEX -> complex(shown);
                    default -> {
                        int width =
                                tensor.dtype() == DType.STRING
                                        ? 0
                                        : shown.stream()
                                                .mapToInt(i -> plain(i).length())
                                                .max()
                                                .orElse(0);
                        yield i -> " ".repeat(Math.max(0, width - plain(i).length())) + plain(i);
                    }
                };
        return block(0, 0, " ", LINE);
    }

    private String alone() {
        return switch (tensor.dtype().arithmetic()) {
            case FLOAT, DOUBLE -> Digits.alone(tensor.dtype(), tensor.number(0));
            case COMPLEX -> {
                double re = lane(0);
                var imaginary = Digits.unadorned(tensor.dtype(), lane(1), true) + "j";
                yield re == 0 && Double.doubleToRawLongBits(re) == 0
                        ? imaginary.startsWith("+") ? imaginary.substring(1) : imaginary
                        : "(" + Digits.unadorned(tensor.dtype(), re, false) + imaginary + ")";
            }
            default -> plain(0);
        };
    }

    private String plain(int i) {
        return switch (tensor.dtype()) {
            case BOOL -> tensor.integer(i) != 0 ? "true" : "false";
            case UINT64 -> Long.toUnsignedString(tensor.integer(i));
            case STRING -> quoted(tensor.string(i));
            default -> Long.toString(tensor.integer(i));
        };
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        case '\n' -> out.append("\\n");
                        case '\t' -> out.append("\\t");
                        case '\r' -> out.append("\\r");
                        default -> {
                            if (c < ' ') {
                                out.append(String.format("\\u%04x", c));
                            } else {
                                out.append((char) c);
                            }
                        }
                    }
                });
        return out.append('"').toString();
    }

    private double lane(int entry) {
        return tensor.array() instanceof float[] f ? f[entry] : ((double[]) tensor.array())[entry];
    }

    private IntFunction<String> complex(List<Integer> shown) {
        var re =
                Column.of(
                        tensor.dtype(),
                        shown.stream().mapToDouble(i -> lane(2 * i)).toArray(),
                        false,
                        i -> lane(2 * i));
        var im =
                Column.of(
                        tensor.dtype(),
                        shown.stream().mapToDouble(i -> lane(2 * i + 1)).toArray(),
                        true,
                        i -> lane(2 * i + 1));
        return i -> {
            var imaginary = im.text(i);
            int end = imaginary.stripTrailing().length();
            return re.text(i) + imaginary.substring(0, end) + "j" + imaginary.substring(end);
        };
    }

    /** The flat positions of what is printed, which alone decides widths. */
    private void collect(int level, int base, List<Integer> shown) {
        if (level == tensor.rank()) {
            shown.add(base);
            return;
        }
        int n = tensor.shape().dim(level);
        int width = tensor.shape().slice(level + 1, tensor.rank()).size();
        boolean cut = summary && n > 2 * EDGE;
        for (int i = 0; i < n; i++) {
            if (!cut || i < EDGE || i >= n - EDGE) {
                collect(level + 1, base + i * width, shown);
            }
        }
    }

    private String block(int level, int base, String indent, int width) {
        if (level == tensor.rank()) {
            return format.apply(base);
        }
        int n = tensor.shape().dim(level);
        int stride = tensor.shape().slice(level + 1, tensor.rank()).size();
        boolean cut = summary && n > 2 * EDGE;
        boolean row = level == tensor.rank() - 1;
        var out = new StringBuilder();
        var line = new StringBuilder(indent);
        for (int i = 0; i < n; i++) {
            boolean gap = cut && i == EDGE;
            if (gap) {
                i = n - EDGE;
            }
            if (row) {
                if (gap) {
                    extend(out, line, "...", width - 1, indent).append(' ');
                }
                extend(out, line, format.apply(base + i * stride), width - 1, indent);
                if (i < n - 1) {
                    line.append(' ');
                }
            } else {
                if (gap) {
                    out.append(indent).append("...").append("\n".repeat(tensor.rank() - level - 1));
                }
                out.append(indent)
                        .append(block(level + 1, base + i * stride, indent + " ", width - 1));
                if (i < n - 1) {
                    out.append("\n".repeat(tensor.rank() - level - 1));
                }
            }
        }
        if (row) {
            out.append(line);
        }
        return "[" + out.substring(indent.length()) + "]";
    }

    private static StringBuilder extend(
            StringBuilder out, StringBuilder line, String word, int width, String indent) {
        if (line.length() + word.length() > width && line.length() > indent.length()) {
            out.append(line.toString().stripTrailing()).append('\n');
            line.setLength(0);
            line.append(indent);
        }
        return line.append(word);
    }

    /**
     * How the floating-point numbers of one tensor are written so that their points stand in one
     * column.
     */
    private record Column(
            DType dtype,
            boolean exponents,
            int left,
            int right,
            int precision,
            int powers,
            boolean plus,
            IntFunction<Double> value) {
        static Column of(DType dtype, double[] values, boolean plus, IntFunction<Double> value) {
            double max = 0;
            double min = Double.POSITIVE_INFINITY;
            boolean special = false;
            boolean negative = false;
            for (double x : values) {
                double size = Math.abs(x);
                if (Double.isFinite(x)) {
                    max = Math.max(max, size);
                    min = size > 0 ? Math.min(min, size) : min;
                } else {
                    special = true;
                    negative |= x == Double.NEGATIVE_INFINITY;
                }
            }
            boolean exponents =
                    max > 0
                            && (max >= Digits.wide(dtype)
                                    || min < nearest(dtype, 0.0001)
                                    || nearest(dtype, max / min) > 1000);
            int left = 0;
            int right = 0;
            int powers = -1;
            for (double x : values) {
                if (!Double.isFinite(x)) {
                    continue;
                }
                var text =
                        exponents
                                ? Digits.scientific(dtype, x, PRECISION, 0, 2, plus)
                                : Digits.positional(dtype, x, PRECISION, plus);
                int point = text.indexOf('.');
                int end = exponents ? text.indexOf('e') : text.length();
                left = Math.max(left, point);
                right = Math.max(right, end - point - 1);
                powers = Math.max(powers, text.length() - end - 2);
            }
            int precision = right;
            if (exponents) {
                right += powers + 2;
            }
            if (special) {
                left = Math.max(left, 3 + (plus || negative ? 1 : 0) - right - 1);
                left = Math.max(left, 3 - right - 1);
            }
            return new Column(dtype, exponents, left, right, precision, powers, plus, value);
        }

        private static double nearest(DType dtype, double value) {
            return dtype.real() == DType.FLOAT64 ? value : (float) value;
        }

        String text(int i) {
            double x = value.apply(i);
            if (!Double.isFinite(x)) {
                var text = Digits.unadorned(dtype, x, plus);
                return " ".repeat(Math.max(0, left + right + 1 - text.length())) + text;
            }
            var text =
                    exponents
                            ? Digits.scientific(dtype, x, precision, precision, powers, plus)
                            : Digits.positional(dtype, x, precision, plus);
            var padded = " ".repeat(Math.max(0, left - text.indexOf('.'))) + text;
            return exponents
                    ? padded
                    : padded + " ".repeat(Math.max(0, left + 1 + right - padded.length()));
        }
    }
}
