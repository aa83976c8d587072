package sungu.keras.ops;

import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Locale;

/** Operations of {@code keras.ops.image} that scale images, by weights along each dimension. */
final class ResizeOps {
    private ResizeOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "resize(images, | size, interpolation='bilinear', antialias=False,"
                        + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,"
                        + " fill_mode='constant', fill_value=0.0, data_format=None)",
                ResizeOps::resize);
        t.op(
                "scale_and_translate(images, scale, translation, | output_shape, spatial_dims,"
                        + " method, antialias=True)",
                ResizeOps::scaleAndTranslate);
    }

    private static Tensor resize(Given a) {
        var method = a.text("interpolation");
        if (!List.of("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area")
                .contains(method)) {
            throw a.refused(
                    "interpolation",
                    "must be 'bilinear', 'nearest', 'lanczos3', 'lanczos5', 'bicubic' or 'area'");
        }
        if (!a.text("fill_mode").equals("constant")) {
            throw a.refused("fill_mode", "must be 'constant'");
        }
        if (a.flag("crop_to_aspect_ratio") && a.flag("pad_to_aspect_ratio")) {
            throw a.refused(
                    "pad_to_aspect_ratio", "can't be True together with crop_to_aspect_ratio");
        }
        int[] size = a.ints("size");
        if (size.length != 2 || size[0] <= 0 || size[1] <= 0) {
            throw a.refused("size", "must be a positive height and width");
        }
        var images = ImageOps.images(a, "images");
        var x = images.batch();
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        int fitHeight = (int) ((float) (width * size[0]) / size[1]);
        int fitWidth = (int) ((float) (height * size[1]) / size[0]);
        if (a.flag("crop_to_aspect_ratio")) {
            int h = Math.max(Math.min(height, fitHeight), 1);
            int w = Math.max(Math.min(width, fitWidth), 1);
            int top = (int) ((height - h) / 2f);
            int left = (int) ((width - w) / 2f);
            x = Movements.sliceAxis(Movements.sliceAxis(x, 1, top, top + h), 2, left, left + w);
        } else if (a.flag("pad_to_aspect_ratio")) {
            int top = (int) ((Math.max(height, fitHeight) - height) / 2f);
            int left = (int) ((Math.max(width, fitWidth) - width) / 2f);
            var around = new int[] {0, top, left, 0};
            x = Movements.pad(x, around, around, Kind.weak(a.number("fill_value"), x));
        }
        var dtype = x.dtype();
        if (method.equals("nearest")) {
            return images.back(
                    Indexing.gather(
                            Indexing.gather(x, nearest(x.shape().dim(1), size[0]), 1),
                            nearest(x.shape().dim(2), size[1]),
                            2));
        }
        var compute = dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        var out = Conversion.cast(x, compute);
        for (int i = 0; i < 2; i++) {
            out =
                    along(
                            out,
                            weights(method, a.flag("antialias"), out.shape().dim(i + 1), size[i]),
                            i + 1);
        }
        return images.back(dtype.isFloating() ? Conversion.cast(out, dtype) : rounded(out, dtype));
    }

    /** Rounded and limited to what an integer dtype holds. */
    private static Tensor rounded(Tensor x, DType dtype) {
        int bits = Math.min(8 * dtype.bytes(), 31);
        double high = Math.pow(2, dtype.isUnsigned() ? bits : bits - 1) - 1;
        double low = dtype.isUnsigned() ? 0 : -high - 1;
        return Conversion.cast(
                Elements.minimum(
                        Elements.maximum(Elements.round(x), Kind.weak(low, x)), Kind.weak(high, x)),
                dtype);
    }

    private static Tensor nearest(int in, int out) {
        var positions = new int[out];
        float scale = in / (float) out;
        for (int i = 0; i < out; i++) {
            positions[i] = Math.min((int) Math.floor((i + 0.5f) * scale), in - 1);
        }
        return Tensor.ofInts(positions);
    }

    /**
     * A dimension replaced by weighted sums over it; {@code weights[i][j]} is the share of input i
     * in output j.
     */
    private static Tensor along(Tensor x, Tensor weights, int axis) {
        var matrix = Conversion.cast(weights, x.dtype());
        return ShapeOps.moveAxis(
                Contractions.tensordot(x, matrix, new int[] {axis}, new int[] {0}),
                new int[] {-1},
                new int[] {axis});
    }

    private static Tensor weights(String method, boolean antialias, int in, int out) {
        double scale = in / (double) out;
        if (method.equals("area")) {
            return Tensor.of((Object) area(in, out, scale));
        }
        if (!antialias && !method.startsWith("lanczos")) {
            return Tensor.of(
                    (Object)
                            (method.equals("bilinear")
                                    ? linear(in, out, scale)
                                    : cubic(in, out, scale)));
        }
        return spread(
                method,
                in,
                out,
                Conversion.scalar(1 / scale, DType.FLOAT64),
                Conversion.scalar(0.0, DType.FLOAT64),
                antialias);
    }

    private static double[][] area(int in, int out, double scale) {
        var weights = new double[in][out];
        for (int j = 0; j < out; j++) {
            double from = j * scale;
            double to = (j + 1) * scale;
            for (int i = (int) from; i < Math.min(Math.ceil(to), in); i++) {
                weights[i][j] = (Math.min(i + 1, to) - Math.max(i, from)) / scale;
            }
        }
        return weights;
    }

    private static double[][] linear(int in, int out, double scale) {
        var weights = new double[in][out];
        for (int j = 0; j < out; j++) {
            // In float32, as TensorFlow: that decides on which pixel a place falls.
            float x = (j + 0.5f) * (float) scale - 0.5f;
            int low = (int) Math.floor(x);
            weights[Math.max(low, 0)][j] += 1 - (x - low);
            weights[Math.min(low + 1, in - 1)][j] += x - low;
        }
        return weights;
    }

    /**
     * Keys' cubic; what lies outside has no weight. TensorFlow reads it from a table of 1024 steps.
     */
    private static double[][] cubic(int in, int out, double scale) {
        var weights = new double[in][out];
        for (int j = 0; j < out; j++) {
            double x = (j + 0.5) * scale - 0.5;
            int low = (int) Math.floor(x);
            double fraction = Math.rint((x - low) * 1024) / 1024;
            double sum = 0;
            for (int k = -1; k <= 2; k++) {
                sum += low + k >= 0 && low + k < in ? keys(Math.abs(k - fraction)) : 0;
            }
            for (int k = -1; k <= 2; k++) {
                if (low + k >= 0 && low + k < in) {
                    weights[low + k][j] = keys(Math.abs(k - fraction)) / sum;
                }
            }
        }
        return weights;
    }

    private static double keys(double x) {
        return x >= 2
                ? 0
                : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
    }

    /**
     * Weights of a kernel around each output's place in the input, normalized; 0 where the place
     * lies outside. The scale and the translation may be traced and have gradients.
     */
    private static Tensor spread(
            String method, int in, int out, Tensor scale, Tensor translation, boolean antialias) {
        var one = Elements.onesLike(scale);
        var inverse = one.div(scale);
        var wide = antialias ? Elements.maximum(inverse, one) : one;
        var place =
                Movements.iota(out, DType.FLOAT64)
                        .plus(0.5)
                        .times(inverse)
                        .minus(translation.times(inverse))
                        .minus(0.5);
        var pixel = Movements.reshape(Movements.iota(in, DType.FLOAT64), Shape.of(in, 1));
        var weights = kernel(method, Elements.abs(place.minus(pixel)).div(wide));
        var sum = Reductions.sum(weights, true, 0);
        var zero = Elements.zerosLike(sum);
        var none =
                Elements.or(
                        Elements.lessEqual(Elements.abs(sum), Kind.weak(1000 * Math.ulp(1f), sum)),
                        Elements.or(place.less(-0.5), place.greater(in - 0.5)));
        return Elements.select(
                none, zero, weights.div(Elements.select(none, Elements.onesLike(sum), sum)));
    }

    /** The value of a kernel at distances that are not negative. */
    private static Tensor kernel(String method, Tensor x) {
        var zero = Elements.zerosLike(x);
        if (!method.startsWith("lanczos")) {
            boolean cubic = method.endsWith("cubic");
            return cubic ? keys(x) : Elements.maximum(zero, Elements.onesLike(x).minus(x));
        }
        double radius = method.equals("lanczos3") ? 3 : 5;
        var near = Elements.lessEqual(x, Kind.weak(1e-3, x));
        var safe = Elements.select(near, Elements.onesLike(x), x);
        var turn = safe.times(Math.PI);
        var wave =
                Elements.sin(turn)
                        .times(Elements.sin(turn.div(radius)))
                        .times(radius)
                        .div(turn.times(turn));
        return Elements.select(
                x.greater(radius), zero, Elements.select(near, Elements.onesLike(x), wave));
    }

    /** Keys' cubic convolution kernel with a = -1/2. */
    private static Tensor keys(Tensor x) {
        var outer = x.times(-0.5).plus(2.5).times(x).minus(4).times(x).plus(2);
        var inner = x.times(1.5).minus(2.5).times(x).times(x).plus(1);
        return Elements.select(
                x.less(1), inner, Elements.select(x.less(2), outer, Elements.zerosLike(x)));
    }

    private static Tensor scaleAndTranslate(Given a) {
        var method = a.text("method").toLowerCase(Locale.ROOT);
        if (!List.of(
                        "linear",
                        "bilinear",
                        "trilinear",
                        "cubic",
                        "bicubic",
                        "tricubic",
                        "lanczos3",
                        "lanczos5")
                .contains(method)) {
            throw a.refused("method", "must be 'linear', 'cubic', 'lanczos3' or 'lanczos5'");
        }
        var x = a.tensor("images");
        var out = x.dtype().isFloating() ? x : Conversion.cast(x, DType.FLOAT32);
        int[] size = a.ints("output_shape");
        int[] axes = a.ints("spatial_dims");
        if (size.length != x.rank()) {
            throw a.refused("output_shape", "must have a size for each dimension of " + x.type());
        }
        var scale = each(a, "scale", axes.length);
        var translation = each(a, "translation", axes.length);
        for (int i = 0; i < axes.length; i++) {
            int axis = x.shape().axis(axes[i]);
            out =
                    along(
                            out,
                            spread(
                                    method,
                                    x.shape().dim(axis),
                                    size[axis],
                                    scale.get(i),
                                    translation.get(i),
                                    a.flag("antialias")),
                            axis);
        }
        if (x.dtype().isFloating()) {
            return out;
        }
        var low = Conversion.cast(Reductions.min(x, false), out.dtype());
        var high = Conversion.cast(Reductions.max(x, false), out.dtype());
        return Conversion.cast(
                Elements.minimum(Elements.maximum(Elements.round(out), low), high), x.dtype());
    }

    /** A number for each of the dimensions. */
    private static List<Tensor> each(Given a, String name, int count) {
        var numbers = a.tensor(name);
        if (!numbers.shape().equals(Shape.of(count))) {
            throw a.refused(name, "must have a number for each of the spatial_dims");
        }
        return Movements.unstack(Conversion.cast(numbers, DType.FLOAT64), 0);
    }
}
