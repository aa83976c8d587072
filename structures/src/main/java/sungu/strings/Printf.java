package sungu.strings;

import sungu.tensor.TensorException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C's {@code printf} writes them, to the last digit. */
final class Printf {
    private Printf() {}

    /** A whole number, given by its digits with sign. */
    static String integer(String digits, NumberStyle format) {
        boolean negative = digits.startsWith("-");
        return pad(negative, negative ? digits.substring(1) : digits, true, format);
    }

    /** A floating-point number. */
    static String floating(double x, NumberStyle format) {
        boolean negative = Double.doubleToRawLongBits(x) < 0 && !Double.isNaN(x);
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return pad(negative, Double.isNaN(x) ? "nan" : "inf", false, format);
        }
        int precision = format.precision() < 0 ? 6 : format.precision();
        var value = new BigDecimal(Math.abs(x));
        boolean point = format.fill() == '#';
        String digits;
        if (format.shortest()) {
            digits = general(value, Math.max(precision, 1), point);
        } else if (format.scientific()) {
            digits = scientific(value, precision, point);
        } else {
            digits = fixed(value, precision, point);
        }
        return pad(negative, digits, true, format);
    }

    /** As {@code %.Ng}. */
    static String general(double x, int significant) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Double.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
        }
        var digits = general(new BigDecimal(Math.abs(x)), significant, false);
        return Double.doubleToRawLongBits(x) < 0 ? "-" + digits : digits;
    }

    private static String fixed(BigDecimal value, int precision, boolean point) {
        var text = value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        return point && precision == 0 ? text + "." : text;
    }

    private static String scientific(BigDecimal value, int precision, boolean point) {
        var rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : exponent(rounded);
        var mantissa = fixed(rounded.scaleByPowerOfTen(-exponent), precision, point);
        int size = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /** Significant digits without trailing zeros, unless {@code point} keeps them. */
    private static String general(BigDecimal value, int significant, boolean point) {
        var rounded = value.round(new MathContext(significant, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : exponent(rounded);
        boolean plain = exponent >= -4 && exponent < significant;
        int decimals = plain ? significant - 1 - exponent : significant - 1;
        if (!point) {
            var stripped = rounded.stripTrailingZeros();
            int needed = plain ? stripped.scale() : stripped.precision() - 1;
            decimals = value.signum() == 0 ? 0 : Math.clamp(needed, 0, decimals);
        }
        return plain ? fixed(rounded, decimals, point) : scientific(rounded, decimals, point);
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String pad(boolean negative, String digits, boolean zeros, NumberStyle format) {
        char fill = format.fill();
        var sign = negative ? "-" : fill == '+' ? "+" : fill == ' ' ? " " : "";
        int missing = Math.max(0, format.width() - sign.length() - digits.length());
        return switch (fill) {
            case '-' -> sign + digits + " ".repeat(missing);
            case '0' ->
                    zeros
                            ? sign + "0".repeat(missing) + digits
                            : " ".repeat(missing) + sign + digits;
            default -> " ".repeat(missing) + sign + digits;
        };
    }

    /** Checks that a format fits numbers of a kind. */
    static void check(NumberStyle format, boolean floating, Object type) {
        if (format.scientific() && format.shortest()) {
            throw new TensorException("asString: scientific and shortest exclude each other");
        }
        if (!floating && (format.scientific() || format.shortest() || format.precision() >= 0)) {
            throw new TensorException(
                    "asString: precision, scientific and shortest are for floating-point numbers,"
                            + " got "
                            + type);
        }
    }
}
