package sungu.bench;

import sungu.keras.ops.Ops;
import sungu.ops.Elements;
import sungu.ops.Nets;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How far functions of float32 are from the same functions of float64, in units in the last place
 * of the true value: the greatest distance over all 2^32 arguments, or every n-th of them. A result
 * that is NaN where the other is not, or a zero with the other sign, is infinitely far away.
 */
public final class Accuracy {
    private static final int CHUNK = 1 << 16;

    private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("sqrt", Elements::sqrt);
        FUNCTIONS.put("rsqrt", Elements::rsqrt);
        FUNCTIONS.put("exp", Elements::exp);
        FUNCTIONS.put("exp2", x -> Elements.pow(Elements.weak(2, x), x));
        FUNCTIONS.put("expm1", Elements::expm1);
        FUNCTIONS.put("log", Elements::log);
        FUNCTIONS.put("log1p", Elements::log1p);
        FUNCTIONS.put("log2", x -> logarithm(2, x));
        FUNCTIONS.put("log10", x -> logarithm(10, x));
        FUNCTIONS.put("cbrt", Ops::cbrt);
        FUNCTIONS.put("sin", Elements::sin);
        FUNCTIONS.put("cos", Elements::cos);
        FUNCTIONS.put("tan", Elements::tan);
        FUNCTIONS.put("asin", Elements::asin);
        FUNCTIONS.put("acos", Elements::acos);
        FUNCTIONS.put("atan", Elements::atan);
        FUNCTIONS.put("sinh", Elements::sinh);
        FUNCTIONS.put("cosh", Elements::cosh);
        FUNCTIONS.put("tanh", Elements::tanh);
        FUNCTIONS.put("asinh", Elements::asinh);
        FUNCTIONS.put("acosh", Elements::acosh);
        FUNCTIONS.put("atanh", Elements::atanh);
        FUNCTIONS.put("sigmoid", Elements::sigmoid);
        FUNCTIONS.put("erf", Elements::erf);
        FUNCTIONS.put("erfc", Elements::erfc);
        FUNCTIONS.put("erfinv", Elements::erfinv);
        FUNCTIONS.put("lgamma", Elements::lgamma);
        FUNCTIONS.put("digamma", Elements::digamma);
        FUNCTIONS.put("trigamma", Elements::trigamma);
        FUNCTIONS.put("softplus", Elements::softplus);
        FUNCTIONS.put("silu", Nets::silu);
    }

    private double worst;
    private float at;

    private Accuracy() {}

    /**
     * Prints a line of a table for each function named, or for all.
     *
     * @param arguments names, and {@code --step N} to try every N-th argument only
     */
    static void main(List<String> arguments) {
        long step = 1;
        var chosen = new LinkedHashMap<String, UnaryOperator<Tensor>>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--step")) {
                step = Long.parseLong(arguments.get(++i));
                continue;
            }
            var function = FUNCTIONS.get(arguments.get(i));
            if (function == null) {
                throw new IllegalArgumentException(
                        "no function " + arguments.get(i) + "; there are " + FUNCTIONS.keySet());
            }
            chosen.put(arguments.get(i), function);
        }
        System.out.println("| function | greatest error in ULP | at |\n|---|---|---|");
        for (var entry : (chosen.isEmpty() ? FUNCTIONS : chosen).entrySet()) {
            var accuracy = new Accuracy();
            accuracy.measure(entry.getValue(), step);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %s |%n",
                    entry.getKey(),
                    accuracy.worst,
                    accuracy.at);
        }
    }

    private static Tensor logarithm(double base, Tensor x) {
        return Elements.log(x).div(Elements.log(Elements.weak(base, x)));
    }

    private void measure(UnaryOperator<Tensor> function, long step) {
        var x = new float[CHUNK];
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += step * CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                x[i] = Float.intBitsToFloat((int) Math.min(bits + i * step, Integer.MAX_VALUE));
            }
            var tensor = new HostTensor(DType.FLOAT32, Shape.of(CHUNK), x.clone());
            var y = function.apply(tensor).toFloats();
            var expected = function.apply(tensor.cast(DType.FLOAT64)).toDoubles();
            for (int i = 0; i < CHUNK; i++) {
                double distance = distance(y[i], expected[i]);
                if (distance > worst) {
                    worst = distance;
                    at = x[i];
                }
            }
        }
    }

    /** The distance of a float from a true value, in units in the last place of that value. */
    private static double distance(float y, double expected) {
        float rounded = (float) expected;
        if (Float.compare(y, rounded) == 0 && !Float.isFinite(y)) {
            // Overflow has come at the right place.
            return 0;
        }
        if (Float.isNaN(y) != Float.isNaN(rounded)
                || y == rounded && Float.compare(y, rounded) != 0) {
            return Double.POSITIVE_INFINITY;
        }
        int exponent = Math.clamp(Math.getExponent(expected), -126, 127);
        return Math.abs(finite(y) - finite(expected)) / Math.scalb(1.0, exponent - 23);
    }

    /** Infinities count as the power of two above the greatest float. */
    private static double finite(double x) {
        return Math.clamp(x, -0x1p128, 0x1p128);
    }
}
