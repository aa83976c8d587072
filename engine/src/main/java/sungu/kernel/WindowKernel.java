package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Reduce.Fold;
import sungu.primitive.Window;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

/**
 * Folds over windows. Float32, and the smaller floats widened to it, go row by row, the other types
 * element by element.
 */
public final class WindowKernel {
    private static final int CHUNK = 1 << 14;

    private final Window window;

    /** Floats row by row; null for other types, and where there are no windows. */
    private final @Nullable FloatWindows floats;

    /**
     * Makes folds ready for inputs of a type; they run in one thread at a time, which may share out
     * the work.
     *
     * @param windows the shape with one element per window
     */
    public WindowKernel(Window window, TensorType input, Shape windows) {
        this.window = window;
        boolean rows =
                input.size() > 0
                        && windows.size() > 0
                        && input.dtype().arithmetic() == DType.Arithmetic.FLOAT;
        floats = rows ? new FloatWindows(window, input.shape(), windows) : null;
    }

    /** Sums or maxima of the windows; floats are summed in double. */
    public void fold(Fold fold, HostTensor x, HostTensor out) {
        if (out.size() == 0) {
            return;
        }
        if (floats != null) {
            var result = result(out);
            floats.fold(fold, floats(x), result);
            store(result, out);
            return;
        }
        var map = new WindowMap(window, x.shape(), out.shape());
        int channels = x.shape().dim(-1);
        int batch = x.shape().dim(0);
        Parallel.loop(
                batch * map.outputs,
                Math.max(1, CHUNK / (map.taps * channels)),
                (from, to) -> {
                    var taps = new int[map.taps];
                    for (int w = from; w < to; w++) {
                        map.taps(w % map.outputs, taps);
                        int start = w / map.outputs * map.inputs;
                        anyType(
                                fold,
                                x.dtype(),
                                x.array(),
                                start,
                                taps,
                                channels,
                                out.array(),
                                w * channels);
                    }
                });
    }

    private static float[] floats(HostTensor x) {
        return x.dtype() == DType.FLOAT32 ? (float[]) x.array() : ConvolutionKernel.widen(x);
    }

    private static float[] result(HostTensor out) {
        return out.dtype() == DType.FLOAT32 ? (float[]) out.array() : new float[out.size()];
    }

    private static void store(float[] result, HostTensor out) {
        if (out.dtype() != DType.FLOAT32) {
            Blocks.store(out.dtype(), result, out.array(), 0, result.length);
        }
    }

    private static void anyType(
            Fold fold,
            DType dtype,
            Object x,
            int start,
            int[] taps,
            int channels,
            Object out,
            int to) {
        for (int c = 0; c < channels; c++) {
            if (fold == Fold.MAX) {
                int best = first(dtype, x, start, taps, channels, c);
                if (best < 0) {
                    Numbers.put(dtype, out, to + c, Double.NEGATIVE_INFINITY);
                } else {
                    System.arraycopy(x, best, out, to + c, 1);
                }
            } else if (dtype.isFloating()) {
                double sum = 0;
                for (int tap : taps) {
                    if (tap >= 0) {
                        sum += Numbers.get(dtype, x, (start + tap) * channels + c);
                    }
                }
                Numbers.put(dtype, out, to + c, sum);
            } else {
                long sum = 0;
                for (int tap : taps) {
                    if (tap >= 0) {
                        sum += Numbers.getLong(dtype, x, (start + tap) * channels + c);
                    }
                }
                Numbers.putLong(dtype, out, to + c, sum);
            }
        }
    }

    /**
     * The index of the first largest element (or first NaN) that a window sees in a channel; -1 if
     * it sees padding only.
     */
    private static int first(
            DType dtype, Object x, int start, int[] taps, int channels, int channel) {
        int best = -1;
        for (int tap : taps) {
            if (tap >= 0) {
                int at = (start + tap) * channels + channel;
                if (best < 0 || larger(dtype, x, at, best)) {
                    best = at;
                }
            }
        }
        return best;
    }

    private static boolean larger(DType dtype, Object x, int i, int j) {
        return switch (dtype.arithmetic()) {
            case FLOAT, DOUBLE -> {
                double a = Numbers.get(dtype, x, i);
                double b = Numbers.get(dtype, x, j);
                yield a > b || a != a && b == b;
            }
            case UNSIGNED ->
                    Long.compareUnsigned(Numbers.getLong(dtype, x, i), Numbers.getLong(dtype, x, j))
                            > 0;
            default -> Numbers.getLong(dtype, x, i) > Numbers.getLong(dtype, x, j);
        };
    }

    /**
     * Adds the elements of {@code d}, one per window, at the first maximum of each window of {@code
     * x}.
     */
    public void scatter(HostTensor x, HostTensor d, HostTensor out) {
        if (floats != null) {
            var result = result(out);
            floats.scatter(floats(x), floats(d), result);
            store(result, out);
            return;
        }
        var map = new WindowMap(window, x.shape(), d.shape());
        int channels = x.shape().dim(-1);
        int image = map.inputs * channels;
        var dtype = x.dtype();
        // One task per example, since windows of one may overlap; the sums of the small floats are
        // rounded once.
        Parallel.loop(
                x.size() == 0 ? 0 : x.shape().dim(0),
                1,
                (from, to) -> {
                    var taps = new int[map.taps];
                    for (int n = from; n < to; n++) {
                        var sums = new double[image];
                        for (int w = 0; w < map.outputs; w++) {
                            map.taps(w, taps);
                            for (int c = 0; c < channels; c++) {
                                int best =
                                        first(dtype, x.array(), n * map.inputs, taps, channels, c);
                                if (best >= 0) {
                                    sums[best - n * image] +=
                                            Numbers.get(
                                                    dtype,
                                                    d.array(),
                                                    (n * map.outputs + w) * channels + c);
                                }
                            }
                        }
                        for (int i = 0; i < image; i++) {
                            Numbers.put(dtype, out.array(), n * image + i, sums[i]);
                        }
                    }
                });
    }

    /**
     * Takes per window the element of {@code values} at the first maximum of the window of {@code
     * x}.
     */
    public static void select(Window window, HostTensor x, HostTensor values, HostTensor out) {
        if (out.size() == 0) {
            return;
        }
        var map = new WindowMap(window, x.shape(), out.shape());
        int channels = x.shape().dim(-1);
        var taps = new int[map.taps];
        for (int w = 0; w < x.shape().dim(0) * map.outputs; w++) {
            map.taps(w % map.outputs, taps);
            for (int c = 0; c < channels; c++) {
                int best =
                        first(
                                x.dtype(),
                                x.array(),
                                w / map.outputs * map.inputs,
                                taps,
                                channels,
                                c);
                if (best >= 0) {
                    System.arraycopy(values.array(), best, out.array(), w * channels + c, 1);
                } else {
                    Numbers.put(x.dtype(), out.array(), w * channels + c, 0);
                }
            }
        }
    }
}
