package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.primitive.Fft;
import sungu.primitive.MatrixFactor;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.Context;

import java.util.List;

/** Fourier transforms, frames, correlations and distances. */
final class SignalOps {
    private SignalOps() {}

    static void declare(Operations.Table t) {
        t.op("fft(x)", a -> parts(fft(pair(a), false)));
        t.op("fft2(x)", a -> parts(plane(pair(a), false)));
        t.op(
                "ifft2(x)",
                a -> {
                    var x = pair(a);
                    double size = x.shape().dim(-1) * (double) x.shape().dim(-2);
                    var out = plane(x, true);
                    return List.of(Elements.real(out).div(size), Elements.imag(out).div(size));
                });
        t.op(
                "rfft(x, | fft_length=None)",
                a -> {
                    var x = a.floating("x");
                    return parts(
                            rfft(
                                    x,
                                    a.has("fft_length")
                                            ? a.positive("fft_length")
                                            : x.shape().dim(-1)));
                });
        t.op(
                "irfft(x, | fft_length=None)",
                a -> {
                    var x = pair(a);
                    return irfft(
                            x,
                            a.has("fft_length")
                                    ? a.positive("fft_length")
                                    : 2 * (x.shape().dim(-1) - 1));
                });
        t.op(
                "extract_sequences(x, | sequence_length, sequence_stride)",
                a ->
                        frames(
                                a.tensor("x"),
                                a.positive("sequence_length"),
                                a.positive("sequence_stride")));
        t.op(
                "stft(x, | sequence_length, sequence_stride, fft_length, window='hann',"
                        + " center=True)",
                SignalOps::stft);
        t.op(
                "istft(x, | sequence_length, sequence_stride, fft_length, length=None,"
                        + " window='hann', center=True)",
                SignalOps::istft);
        t.op(
                "cdist(x, y)",
                a -> {
                    var x = a.tensor("x");
                    var y = a.tensor("y");
                    if (x.rank() < 2 || y.rank() < 2 || x.shape().dim(-1) != y.shape().dim(-1)) {
                        throw a.refused(
                                "y",
                                "must be matrices with rows as long as those of x, " + x.type());
                    }
                    var both = Kind.promotedWith(List.of(Promotion.Weak.FLOAT), x, y);
                    var difference =
                            Movements.expandDims(both.get(0), -2)
                                    .minus(Movements.expandDims(both.get(1), -3));
                    return Elements.sqrt(Reductions.sum(difference.square(), false, -1));
                });
        t.op("corrcoef(x)", SignalOps::corrcoef);
        t.op("correlate(x1, x2, | mode='valid')", SignalOps::correlate);
    }

    // ---- Fourier transforms
    // ---------------------------------------------------------------------------------------------------

    private static Tensor fft(Tensor x, boolean inverse) {
        return Context.bind(new Fft(inverse), x);
    }

    private static Tensor plane(Tensor x, boolean inverse) {
        return MatrixFactor.turned(fft(MatrixFactor.turned(fft(x, inverse)), inverse));
    }

    /** The argument x, a pair of real and imaginary parts, as complex numbers. */
    private static Tensor pair(Given a) {
        if (!(a.value("x") instanceof List<?> list) || list.size() != 2) {
            throw a.refused("x", "must be a pair of tensors: the real and the imaginary part");
        }
        var parts = a.tensors("x");
        if (!parts.get(0).shape().equals(parts.get(1).shape())
                || !parts.get(0).dtype().isFloating()
                || !parts.get(1).dtype().isFloating()) {
            throw a.refused("x", "must be a pair of floating tensors of one shape");
        }
        return Elements.complex(parts.get(0), parts.get(1));
    }

    private static List<Tensor> parts(Tensor x) {
        return List.of(Elements.real(x), Elements.imag(x));
    }

    /** The last dimension cut or filled up with zeros. */
    private static Tensor fitted(Tensor x, int length) {
        int size = x.shape().dim(-1);
        if (size >= length) {
            return Movements.sliceAxis(x, -1, 0, length);
        }
        return padded(x, 0, length - size);
    }

    private static Tensor padded(Tensor x, int before, int after) {
        var low = new int[x.rank()];
        var high = new int[x.rank()];
        low[x.rank() - 1] = before;
        high[x.rank() - 1] = after;
        return Movements.pad(x, low, high, Tensor.zeros(Shape.SCALAR, x.dtype()));
    }

    private static Tensor rfft(Tensor x, int length) {
        var real = fitted(x, length);
        return Movements.sliceAxis(
                fft(Elements.complex(real, Elements.zerosLike(real)), false),
                -1,
                0,
                length / 2 + 1);
    }

    /** The missing half is the conjugate of the given one, mirrored. */
    private static Tensor irfft(Tensor x, int length) {
        var half = fitted(x, length / 2 + 1);
        var mirrored =
                Movements.reverse(
                        Elements.conj(Movements.sliceAxis(half, -1, 1, (length + 1) / 2)),
                        x.rank() - 1);
        return Elements.real(fft(Movements.concat(List.of(half, mirrored), -1), true)).div(length);
    }

    /** Overlapping pieces of the last dimension. */
    private static Tensor frames(Tensor x, int length, int stride) {
        int samples = x.shape().dim(-1);
        int count = samples < length ? 0 : (samples - length) / stride + 1;
        var starts =
                Movements.reshape(
                        Movements.iota(count, DType.INT32).times((long) stride),
                        Shape.of(count, 1));
        var positions =
                starts.plus(
                        Movements.reshape(
                                Movements.iota(length, DType.INT32), Shape.of(1, length)));
        return Indexing.gather(x, positions, -1);
    }

    private static @Nullable Tensor window(Given a, DType dtype) {
        int length = a.positive("sequence_length");
        int size = a.positive("fft_length");
        if (size < length) {
            throw a.refused("fft_length", "must be at least sequence_length");
        }
        Tensor window;
        switch (a.value("window")) {
            case null -> {
                return null;
            }
            case String name -> {
                double middle =
                        switch (name) {
                            case "hann" -> 0.5;
                            case "hamming" -> 0.54;
                            default ->
                                    throw a.refused(
                                            "window",
                                            "must be 'hann', 'hamming', None or a tensor");
                        };
                // Windows of odd length are symmetric for TensorFlow, also the periodic ones of
                // length 1.
                double period = length == 1 ? 1 : length;
                var values = new double[length];
                for (int i = 0; i < length; i++) {
                    values[i] =
                            length == 1
                                    ? 1
                                    : middle - (1 - middle) * Math.cos(2 * Math.PI * i / period);
                }
                window = Elements.cast(Tensor.of((Object) values), dtype);
            }
            default -> window = Conversion.tensor(a.value("window"), dtype);
        }
        if (window.rank() != 1 || window.size() != length) {
            throw a.refused("window", "must be a vector of sequence_length elements");
        }
        int left = (size - length) / 2;
        return padded(window, left, size - length - left);
    }

    private static Object stft(Given a) {
        var x = a.tensor("x");
        if (x.dtype() != DType.FLOAT32 && x.dtype() != DType.FLOAT64) {
            throw a.refused("x", "must be float32 or float64");
        }
        int size = a.positive("fft_length");
        var window = window(a, x.dtype());
        if (a.flag("center")) {
            int side = size / 2;
            int last = x.rank() - 1;
            int samples = x.shape().dim(-1);
            if (side >= samples) {
                throw a.refused("x", "must be longer than half of fft_length to be centered");
            }
            var before = Movements.reverse(Movements.sliceAxis(x, -1, 1, side + 1), last);
            var after =
                    Movements.reverse(
                            Movements.sliceAxis(x, -1, samples - side - 1, samples - 1), last);
            x = Movements.concat(List.of(before, x, after), -1);
        }
        var frames = frames(x, size, a.positive("sequence_stride"));
        return parts(rfft(window == null ? frames : frames.times(window), size));
    }

    private static Tensor istft(Given a) {
        var x = pair(a);
        int size = a.positive("fft_length");
        int stride = a.positive("sequence_stride");
        var frames = irfft(x, size);
        var window = window(a, frames.dtype());
        if (window != null) {
            frames = frames.times(inverse(window, stride));
        }
        int count = frames.shape().dim(-2);
        int total = size + stride * (count - 1);
        Tensor sum = Tensor.zeros(Shape.SCALAR, frames.dtype());
        for (int i = 0; i < count; i++) {
            var frame = Movements.squeeze(Movements.sliceAxis(frames, -2, i, i + 1), -2);
            sum = sum.plus(padded(frame, i * stride, total - i * stride - size));
        }
        int start = a.flag("center") ? size / 2 : 0;
        int end =
                a.has("length")
                        ? start + a.size("length")
                        : a.flag("center") ? total - size / 2 : total;
        return Movements.sliceAxis(sum, -1, start, Math.min(end, total));
    }

    /** The window divided by the sum of the squares of all windows that overlap at a place. */
    private static Tensor inverse(Tensor window, int stride) {
        int size = window.size();
        int overlaps = (size + stride - 1) / stride;
        var squares =
                Movements.reshape(
                        padded(window.square(), 0, overlaps * stride - size), overlaps, stride);
        var sums = Reductions.sum(squares, true, 0);
        var all =
                Movements.reshape(
                        Movements.broadcastTo(sums, Shape.of(overlaps, stride)), overlaps * stride);
        return Elements.divideNoNan(window, Movements.sliceAxis(all, 0, 0, size));
    }

    // ---- correlations
    // ---------------------------------------------------------------------------------------------------------

    private static Tensor corrcoef(Given a) {
        var given = a.tensor("x");
        var x = given.dtype().isDifferentiable() ? given : Conversion.cast(given, Kind.floatx());
        if (x.rank() == 0) {
            return Conversion.scalar(Double.NaN, Kind.floatx());
        }
        var centred = x.minus(Reductions.mean(x, true, -1));
        var rows = x.rank() == 1 ? Movements.expandDims(centred, 0) : centred;
        var covariance =
                Contractions.matmul(rows, MatrixFactor.turned(Elements.conj(rows)))
                        .div(x.shape().dim(-1) - 1.0);
        int n = covariance.shape().dim(-1);
        var deviation =
                Elements.sqrt(
                        Reductions.sum(
                                Elements.real(covariance)
                                        .times(MatrixFactor.identity(n, x.dtype().real())),
                                false,
                                -1));
        var scale = Movements.expandDims(deviation, -1).times(Movements.expandDims(deviation, -2));
        var correlation = covariance.div(Conversion.cast(scale, covariance.dtype()));
        var real = Elements.real(correlation);
        var clipped =
                Elements.minimum(Elements.maximum(real, Kind.weak(-1, real)), Kind.weak(1, real));
        return x.rank() == 1 ? Movements.reshape(clipped, Shape.SCALAR) : clipped;
    }

    private static Tensor correlate(Given a) {
        var x = a.tensor("x1");
        var y = a.tensor("x2");
        if (x.rank() != 1 || y.rank() != 1) {
            throw a.refused("x2", "and x1 must be vectors");
        }
        var dtype =
                switch (Promotion.result(x.dtype(), y.dtype())) {
                    case INT64, FLOAT64 -> DType.FLOAT64;
                    case BFLOAT16 -> DType.BFLOAT16;
                    case FLOAT16 -> DType.FLOAT16;
                    default -> DType.FLOAT32;
                };
        var left = Conversion.cast(x, dtype);
        var right = Conversion.cast(y, dtype);
        int n = x.size();
        int m = y.size();
        return switch (a.text("mode")) {
            case "valid" -> sliding(left, right);
            case "full" -> sliding(padded(left, m - 1, m - 1), right);
            case "same" -> {
                int length = Math.max(n, m);
                int start = (n + m - 1 - length) / 2;
                yield Movements.sliceAxis(
                        sliding(padded(left, m - 1, m - 1), right), 0, start, start + length);
            }
            default -> throw a.refused("mode", "must be 'full', 'same' or 'valid'");
        };
    }

    private static Tensor sliding(Tensor x, Tensor y) {
        return Contractions.dotGeneral(
                frames(x, y.size(), 1), y, Ints.of(), Ints.of(), Ints.of(1), Ints.of(0));
    }
}
