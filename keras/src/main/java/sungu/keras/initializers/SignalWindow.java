package sungu.keras.initializers;

import java.util.List;

/** Windows of signals by the names that SciPy has for them. */
final class SignalWindow {
    static final List<String> NAMES =
            List.of(
                    "barthann",
                    "bartlett",
                    "blackman",
                    "blackmanharris",
                    "bohman",
                    "boxcar",
                    "cosine",
                    "flattop",
                    "hamming",
                    "hann",
                    "lanczos",
                    "nuttall",
                    "parzen",
                    "triang");

    private SignalWindow() {}

    /**
     * The values of a window.
     *
     * @param periodic whether it continues itself; else its first and last value are equal
     */
    static double[] values(String name, int length, boolean periodic) {
        var values = new double[length];
        int n = periodic ? length + 1 : length;
        for (int i = 0; i < length; i++) {
            values[i] = n == 1 ? 1 : value(name, i, n);
        }
        return values;
    }

    private static double value(String name, int i, int n) {
        double turn = 2 * Math.PI * i / (n - 1);
        // From -1 to 1.
        double x = 2.0 * i / (n - 1) - 1;
        return switch (name) {
            case "boxcar" -> 1;
            case "hann" -> cosines(turn, 0.5, 0.5);
            case "hamming" -> cosines(turn, 0.54, 0.46);
            case "blackman" -> cosines(turn, 0.42, 0.5, 0.08);
            case "blackmanharris" -> cosines(turn, 0.35875, 0.48829, 0.14128, 0.01168);
            case "nuttall" -> cosines(turn, 0.3635819, 0.4891775, 0.1365995, 0.0106411);
            case "flattop" ->
                    cosines(turn, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);
            case "bartlett" -> 1 - Math.abs(x);
            case "barthann" -> 0.62 - 0.24 * Math.abs(x) + 0.38 * Math.cos(Math.PI * x);
            case "bohman" ->
                    i == 0 || i == n - 1
                            ? 0
                            : (1 - Math.abs(x)) * Math.cos(Math.PI * x)
                                    + Math.sin(Math.PI * Math.abs(x)) / Math.PI;
            case "cosine" -> Math.sin(Math.PI * (i + 0.5) / n);
            case "lanczos" -> x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            case "triang" -> {
                int k = Math.min(i, n - 1 - i) + 1;
                yield n % 2 == 0 ? (2 * k - 1.0) / n : 2.0 * k / (n + 1);
            }
            case "parzen" -> {
                double r = Math.abs(i - (n - 1) / 2.0) / (n / 2.0);
                yield r <= 0.5 * (n - 1) / n
                        ? 1 - 6 * r * r * (1 - r)
                        : 2 * (1 - r) * (1 - r) * (1 - r);
            }
            default -> throw new IllegalStateException(name);
        };
    }

    private static double cosines(double turn, double... weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += (k % 2 == 0 ? 1 : -1) * weights[k] * Math.cos(k * turn);
        }
        return sum;
    }
}
