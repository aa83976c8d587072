package sungu.keras.callbacks;

import sungu.tensor.TensorException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in text as Python writes them: file names and tables then are the same as those of Keras.
 */
final class PythonText {
    private static final Pattern FIELD =
            Pattern.compile("\\{\\{|\\}\\}|\\{(\\w+)(?::(0?)(\\d*)(?:\\.(\\d+))?([dfe]?))?\\}");

    private PythonText() {}

    /** The shortest text that reads back as the same number. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            var plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        var mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa
                + "e"
                + (exponent < 0 ? "-" : "+")
                + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    /** A number with as many decimals. */
    static String decimals(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
                : of(value);
    }

    /**
     * A pattern such as {@code model-{epoch:02d}-{val_loss:.2f}.keras} with its fields filled in;
     * whole numbers are Longs.
     */
    static String fill(String pattern, Map<String, ? extends Number> values) {
        var text = new StringBuilder();
        var matcher = FIELD.matcher(pattern);
        while (matcher.find()) {
            matcher.appendReplacement(
                    text, Matcher.quoteReplacement(field(pattern, matcher, values)));
        }
        return matcher.appendTail(text).toString();
    }

    private static String field(
            String pattern, Matcher matcher, Map<String, ? extends Number> values) {
        var name = matcher.group(1);
        if (name == null) {
            return matcher.group().substring(1);
        }
        var value = values.get(name);
        if (value == null) {
            throw new TensorException(
                    "Failed to format this callback filepath: \""
                            + pattern
                            + "\". Reason: '"
                            + name
                            + "'",
                    "the values are " + values.keySet());
        }
        var precision = matcher.group(4);
        var type = matcher.group(5) == null ? "" : matcher.group(5);
        if (type.equals("d") && !(value instanceof Long)) {
            throw new TensorException(
                    "Failed to format this callback filepath: \""
                            + pattern
                            + "\". Reason: '"
                            + name
                            + "' is no integer");
        }
        var digits =
                switch (type) {
                    case "f" ->
                            decimals(
                                    value.doubleValue(),
                                    precision == null ? 6 : Integer.parseInt(precision));
                    case "e" ->
                            String.format(
                                    Locale.ROOT,
                                    "%." + (precision == null ? "6" : precision) + "e",
                                    value.doubleValue());
                    default -> value instanceof Long ? value.toString() : of(value.doubleValue());
                };
        var given = matcher.group(3);
        int width = given == null || given.isEmpty() ? 0 : Integer.parseInt(given);
        var fill = "0".equals(matcher.group(2)) ? "0" : " ";
        return fill.repeat(Math.max(width - digits.length(), 0)) + digits;
    }
}
