package sungu.strings;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers in strings: reading and writing. */
final class Numerals {
    /** Whole text only; each part can match in one way, so this takes linear time. */
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+");

    private static final Pattern HEXADECIMAL =
            Pattern.compile(
                    "[+-]?0[xX](?:[0-9a-fA-F]++(?:\\.[0-9a-fA-F]*+)?+|\\.[0-9a-fA-F]++)"
                            + "(?:[pP][+-]?[0-9]++)?+");

    private static final Pattern SPECIAL =
            Pattern.compile("[+-]?(?:inf|infinity|nan|nan\\([a-z0-9_]*+\\))");

    private Numerals() {}

    static Tensor toNumber(Tensor x, DType dtype) {
        if (dtype != DType.FLOAT32
                && dtype != DType.FLOAT64
                && dtype != DType.INT32
                && dtype != DType.INT64) {
            throw new TensorException(
                    "toNumber: no numbers of type " + dtype,
                    "read float32, float64, int32 or int64, then cast");
        }
        return MapStrings.bind(
                "to_number",
                dtype,
                (n, inputs, out) -> {
                    var strings = inputs[0].bytes();
                    for (int i = 0; i < n; i++) {
                        read(CodePoints.utf8(strings[i]), dtype, out, i);
                    }
                },
                MapStrings.strings("toNumber", x));
    }

    /** Reads a number into an array. */
    static void read(String text, DType dtype, Object out, int at) {
        var digits = trim(text);
        try {
            switch (dtype) {
                case FLOAT32 -> ((float[]) out)[at] = Float.parseFloat(floating(digits));
                case FLOAT64 -> ((double[]) out)[at] = Double.parseDouble(floating(digits));
                case INT32 -> ((int[]) out)[at] = Integer.parseInt(ascii(digits));
                default -> ((long[]) out)[at] = Long.parseLong(ascii(digits));
            }
        } catch (NumberFormatException e) {
            throw new TensorException("toNumber: '" + text + "' is no number of type " + dtype);
        }
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** C's white space. */
    static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** Java would read digits of other scripts, too. */
    private static String ascii(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 0x7f) {
                throw new NumberFormatException();
            }
        }
        return digits;
    }

    /** What Java's parser reads. */
    private static String floating(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return text;
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return text.indexOf('p') < 0 && text.indexOf('P') < 0 ? text + "p0" : text;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        if (!SPECIAL.matcher(lower).matches()) {
            throw new NumberFormatException();
        }
        return lower.contains("nan") ? "NaN" : lower.startsWith("-") ? "-Infinity" : "Infinity";
    }

    static Tensor asString(Tensor x, NumberStyle format) {
        var dtype = x.dtype();
        if (dtype != DType.STRING) {
            Printf.check(format, dtype.isDifferentiable(), x.type());
        }
        return MapStrings.bind(
                "as_string",
                DType.STRING,
                (n, inputs, out) -> {
                    var texts = (byte[][]) out;
                    for (int i = 0; i < n; i++) {
                        texts[i] = write(inputs[0], i, format);
                    }
                },
                x);
    }

    private static byte[] write(HostTensor x, int i, NumberStyle format) {
        var dtype = x.dtype();
        if (dtype == DType.STRING) {
            return widen(x.bytes()[i], format);
        }
        return CodePoints.bytes(
                switch (dtype.arithmetic()) {
                    case BOOL -> x.integer(i) != 0 ? "true" : "false";
                    case INT, LONG -> Printf.integer(Long.toString(x.integer(i)), format);
                    case UNSIGNED -> Printf.integer(Long.toUnsignedString(x.integer(i)), format);
                    case COMPLEX -> {
                        var part = dtype.real();
                        yield "("
                                + Printf.floating(Numbers.get(part, x.array(), 2 * i), format)
                                + ","
                                + Printf.floating(Numbers.get(part, x.array(), 2 * i + 1), format)
                                + ")";
                    }
                    default -> Printf.floating(x.number(i), format);
                });
    }

    private static byte[] widen(byte[] s, NumberStyle format) {
        int missing = format.width() - s.length;
        if (missing <= 0) {
            return s;
        }
        var wide = new byte[format.width()];
        java.util.Arrays.fill(wide, (byte) ' ');
        System.arraycopy(s, 0, wide, format.fill() == '-' ? 0 : missing, s.length);
        return wide;
    }
}
