package sungu.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as decimal text: the fewest digits that name the number in its dtype, as
 * NumPy prints them.
 */
final class Digits {
    private Digits() {}

    /** The decimal with the fewest digits that rounds to {@code value} in this dtype. */
    static BigDecimal shortest(DType dtype, double value) {
        return switch (dtype) {
            case FLOAT64, COMPLEX128 -> fewer(dtype, value, new BigDecimal(Double.toString(value)));
            case FLOAT32, COMPLEX64 ->
                    fewer(dtype, value, new BigDecimal(Float.toString((float) value)));
            default -> {
                var exact = new BigDecimal(value);
                for (int digits = 1; ; digits++) {
                    var rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
                    if (digits >= exact.precision() || same(dtype, rounded.doubleValue(), value)) {
                        yield rounded.stripTrailingZeros();
                    }
                }
            }
        };
    }

    /** Java gives two digits or more; one may do. */
    private static BigDecimal fewer(DType dtype, double value, BigDecimal given) {
        var text = given.stripTrailingZeros();
        if (text.precision() == 2) {
            var one = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
            return same(dtype.real(), one.doubleValue(), value) ? one.stripTrailingZeros() : text;
        }
        return text;
    }

    private static boolean same(DType dtype, double candidate, double value) {
        var one = HostTensor.newArray(dtype, Shape.SCALAR);
        Numbers.put(dtype, one, 0, candidate);
        return Numbers.get(dtype, one, 0) == value;
    }

    private static String sign(double value, boolean plus) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : plus ? "+" : "";
    }

    /**
     * Without exponent, at most {@code precision} digits after the point, none that are zeros at
     * the end: {@code 1.}, {@code 0.25}.
     */
    static String positional(DType dtype, double value, int precision, boolean plus) {
        var shortest = value == 0 ? BigDecimal.ZERO : shortest(dtype, Math.abs(value));
        if (shortest.scale() > precision) {
            shortest = new BigDecimal(Math.abs(value)).setScale(precision, RoundingMode.HALF_EVEN);
        }
        var text = shortest.signum() == 0 ? "0" : shortest.stripTrailingZeros().toPlainString();
        return sign(value, plus) + text + (text.indexOf('.') < 0 ? "." : "");
    }

    /**
     * With exponent, at most {@code precision} digits after the point and at least {@code digits};
     * the exponent has at least {@code width} digits.
     */
    static String scientific(
            DType dtype, double value, int precision, int digits, int width, boolean plus) {
        var shortest = value == 0 ? BigDecimal.ZERO : shortest(dtype, Math.abs(value));
        if (shortest.precision() > precision + 1) {
            shortest =
                    new BigDecimal(Math.abs(value))
                            .round(new MathContext(precision + 1, RoundingMode.HALF_EVEN))
                            .stripTrailingZeros();
        }
        if (shortest.signum() != 0 && shortest.precision() <= digits) {
            // Digits beyond those that tell the number apart are those of its exact value.
            shortest =
                    new BigDecimal(Math.abs(value))
                            .round(new MathContext(digits + 1, RoundingMode.HALF_EVEN))
                            .stripTrailingZeros();
        }
        int exponent = shortest.signum() == 0 ? 0 : shortest.precision() - shortest.scale() - 1;
        var all = shortest.signum() == 0 ? "0" : shortest.unscaledValue().toString();
        var fraction = new StringBuilder(all.substring(1));
        while (fraction.length() < digits) {
            fraction.append('0');
        }
        var power = Integer.toString(Math.abs(exponent));
        return sign(value, plus)
                + all.charAt(0)
                + "."
                + fraction
                + "e"
                + (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, width - power.length()))
                + power;
    }

    /** A number by itself: {@code 3.0}, {@code 1e-05}, {@code nan}. */
    static String alone(DType dtype, double value) {
        var text = unadorned(dtype, value, false);
        return Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0
                ? text + ".0"
                : text;
    }

    /**
     * As {@link #alone} without a fraction of zero, as in complex numbers: {@code 3}, {@code
     * 1e-05}.
     */
    static String unadorned(DType dtype, double value, boolean plus) {
        if (!Double.isFinite(value)) {
            return value != value
                    ? plus ? "+nan" : "nan"
                    : value < 0 ? "-inf" : plus ? "+inf" : "inf";
        }
        double size = Math.abs(value);
        if (size == 0
                || size >= 1e-4 && size < (dtype.real() == DType.FLOAT64 ? 1e16 : wide(dtype))) {
            var text = positional(dtype, value, Integer.MAX_VALUE, plus);
            return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        }
        return scientific(dtype, value, Integer.MAX_VALUE - 1, 0, 2, plus).replace(".e", "e");
    }

    /**
     * From where on numbers of a dtype are written with exponent: its digits do not reach the
     * point.
     */
    static double wide(DType dtype) {
        return switch (dtype.real()) {
            case FLOAT64 -> 1e8;
            case FLOAT32 -> 1e6;
            default -> 1e3;
        };
    }
}
