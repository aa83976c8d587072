package sungu.strings;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** Tensors written into a template, in brackets as NumPy does. */
final class TensorText {
    private final HostTensor tensor;
    private final int ends;
    private final StringBuilder out;

    private TensorText(HostTensor tensor, int ends, StringBuilder out) {
        this.tensor = tensor;
        this.ends = ends;
        this.out = out;
    }

    static Tensor format(
            String template, String placeholder, int summarize, List<? extends Tensor> inputs) {
        var parts = template.split(java.util.regex.Pattern.quote(placeholder), -1);
        if (parts.length - 1 != inputs.size()) {
            throw new TensorException(
                    "format: the template has "
                            + (parts.length - 1)
                            + " places for tensors, given are "
                            + inputs.size());
        }
        var out = new StringBuilder(parts[0]);
        for (int i = 0; i < inputs.size(); i++) {
            append(inputs.get(i).host(), summarize, out);
            out.append(parts[i + 1]);
        }
        return new HostTensor(
                DType.STRING, Shape.SCALAR, new byte[][] {CodePoints.bytes(out.toString())});
    }

    private static void append(HostTensor tensor, int summarize, StringBuilder out) {
        int size = tensor.size();
        int ends = summarize < 0 ? size : Math.min(summarize, size);
        new TensorText(tensor, ends, out).dimension(0, 0);
    }

    private void dimension(int axis, int from) {
        if (axis == tensor.rank()) {
            out.append(element(from));
            return;
        }
        int count = tensor.shape().dim(axis);
        int step = tensor.shape().slice(axis + 1, tensor.rank()).size();
        out.append('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                space(axis);
            }
            if (i == ends && count > 2 * ends) {
                out.append("...");
                i = count - ends - 1;
                continue;
            }
            dimension(axis + 1, from + i * step);
        }
        out.append(']');
    }

    /** Between the parts of a dimension: a blank, or line ends and an indent for deeper ones. */
    private void space(int axis) {
        int deeper = tensor.rank() - axis - 1;
        out.repeat('\n', deeper).repeat(' ', deeper == 0 ? 1 : axis + 1);
    }

    private String element(int i) {
        var dtype = tensor.dtype();
        return switch (dtype.arithmetic()) {
            case NONE -> quoted(tensor.string(i));
            case UNSIGNED -> Long.toUnsignedString(tensor.integer(i));
            case BOOL, INT, LONG -> Long.toString(tensor.integer(i));
            case COMPLEX -> throw new TensorException("format: does not take " + tensor.type());
            case DOUBLE -> exact(tensor.number(i), 15, 17);
            case FLOAT -> exact(tensor.number(i), 6, 9);
        };
    }

    /** Few digits if they say the number exactly, else as many as that takes. */
    private static String exact(double x, int few, int all) {
        var text = Printf.general(x, few);
        boolean said =
                Double.isNaN(x)
                        || Double.isInfinite(x)
                        || (few < 15 ? Float.parseFloat(text) == x : Double.parseDouble(text) == x);
        return said ? text : Printf.general(x, all);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"', '\'', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        quoted.append(String.format("\\%03o", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
