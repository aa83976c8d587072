package sungu.keras.initializers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/**
 * The kernel of a convolution that computes the real or the imaginary part of a short-time Fourier
 * transform: shape [frame length, 1, fft length / 2 + 1].
 */
public final class STFT extends Initializer {
    static final Setting<String> SIDE =
            Setting.text("side").defaults("real").oneOf(List.of("real", "imag"));
    static final Setting<String> WINDOW =
            Setting.text("window").defaults("hann").optional().oneOf(SignalWindow.NAMES);
    static final Setting<String> SCALING =
            Setting.text("scaling")
                    .defaults("density")
                    .optional()
                    .oneOf(List.of("density", "spectrum"));
    static final Setting<Boolean> PERIODIC = Setting.flag("periodic").defaults(false);
    static final ObjectType<STFT> TYPE =
            ObjectType.of("keras.initializers", "STFT", STFT::new, SIDE, WINDOW, SCALING, PERIODIC);

    /** With Keras' defaults. */
    public STFT() {}

    /** Which part: {@code real} or {@code imag}. */
    public STFT side(String side) {
        set(SIDE, side);
        return this;
    }

    /** The window by SciPy's name; null for none. */
    public STFT window(@Nullable String window) {
        set(WINDOW, window);
        return this;
    }

    /**
     * What the window is divided by: {@code density} the root of the sum of squares, {@code
     * spectrum} the sum of absolute values, null for nothing.
     */
    public STFT scaling(@Nullable String scaling) {
        set(SCALING, scaling);
        return this;
    }

    /** Whether the window continues itself. */
    public STFT periodic(boolean periodic) {
        set(PERIODIC, periodic);
        return this;
    }

    @Override
    public ObjectType<STFT> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        if (shape.rank() != 3) {
            throw new TensorException("STFT: the weight must have 3 dimensions, got " + shape);
        }
        int length = shape.dim(0);
        int bands = shape.dim(2);
        var window = find(WINDOW);
        double[] weights =
                SignalWindow.values(window == null ? "boxcar" : window, length, get(PERIODIC));
        double scale = window == null ? 1 : scale(weights);
        var values = new double[length][shape.dim(1)][bands];
        boolean real = get(SIDE).equals("real");
        for (int t = 0; t < length; t++) {
            for (int k = 0; k < bands; k++) {
                double turn = -2 * Math.PI * t * k / (2.0 * (bands - 1));
                double wave = (real ? Math.cos(turn) : Math.sin(turn)) * weights[t] / scale;
                for (int c = 0; c < shape.dim(1); c++) {
                    values[t][c][k] = wave;
                }
            }
        }
        return shape.size() == 0 ? Tensor.zeros(shape, dtype) : Tensor.of(values).cast(dtype);
    }

    private double scale(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += Math.abs(weight);
            squares += weight * weight;
        }
        return switch (find(SCALING)) {
            case "density" -> Math.sqrt(squares);
            case "spectrum" -> sum;
            case null, default -> 1;
        };
    }
}
