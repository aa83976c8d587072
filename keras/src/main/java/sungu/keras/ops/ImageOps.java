package sungu.keras.ops;

import sungu.keras.config.KerasConfig;
import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Windows;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Locale;

/** Operations of {@code keras.ops.image}: colours, cuts, filters. */
final class ImageOps {
    private ImageOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "rgb_to_grayscale(images, | data_format=None)",
                a -> {
                    var x = images(a, "images");
                    int channels = x.batch.shape().dim(-1);
                    if (channels != 1 && channels != 3) {
                        throw a.refused("images", "must have 1 or 3 channels");
                    }
                    if (channels == 1) {
                        return a.tensor("images");
                    }
                    var wide = Kind.floating(x.batch);
                    var weights =
                            Conversion.cast(
                                    Tensor.of((Object) new double[] {0.2989, 0.5870, 0.1140}),
                                    wide.dtype());
                    var gray = Contractions.tensordot(wide, weights, new int[] {-1}, new int[] {0});
                    return x.back(Conversion.cast(Movements.expandDims(gray, -1), x.batch.dtype()));
                });
        t.op(
                "rgb_to_hsv(images, | data_format=None)",
                a -> {
                    var x = floating(a);
                    return x.back(toHsv(x.batch));
                });
        t.op(
                "hsv_to_rgb(images, | data_format=None)",
                a -> {
                    var x = floating(a);
                    return x.back(toRgb(x.batch));
                });
        var sides =
                "top_%1$s=None, left_%1$s=None, bottom_%1$s=None, right_%1$s=None,"
                        + " target_height=None, target_width=None, data_format=None)";
        t.op(
                "crop_images(images, | " + sides.formatted("cropping"),
                a -> {
                    var x = images(a, "images");
                    int[] rows =
                            span(
                                    a,
                                    x.batch.shape().dim(1),
                                    "top_cropping",
                                    "bottom_cropping",
                                    "target_height",
                                    -1);
                    int[] columns =
                            span(
                                    a,
                                    x.batch.shape().dim(2),
                                    "left_cropping",
                                    "right_cropping",
                                    "target_width",
                                    -1);
                    return x.back(
                            Movements.sliceAxis(
                                    Movements.sliceAxis(x.batch, 1, rows[0], rows[0] + rows[1]),
                                    2,
                                    columns[0],
                                    columns[0] + columns[1]));
                });
        t.op(
                "pad_images(images, | " + sides.formatted("padding"),
                a -> {
                    var x = images(a, "images");
                    int height = x.batch.shape().dim(1);
                    int width = x.batch.shape().dim(2);
                    int[] rows =
                            span(a, height, "top_padding", "bottom_padding", "target_height", 1);
                    int[] columns =
                            span(a, width, "left_padding", "right_padding", "target_width", 1);
                    return x.back(
                            Movements.pad(
                                    x.batch,
                                    new int[] {0, rows[0], columns[0], 0},
                                    new int[] {
                                        0,
                                        rows[1] - rows[0] - height,
                                        columns[1] - columns[0] - width,
                                        0
                                    },
                                    Kind.weak(0, x.batch)));
                });
        t.op(
                "gaussian_blur(images, | #kernel_size=None, sigma=None, data_format=None)",
                a -> {
                    var x = images(a, "images");
                    int[] size = a.has("kernel_size") ? a.ints("kernel_size") : new int[] {3, 3};
                    var sigma =
                            a.has("sigma")
                                    ? Conversion.tensor(a.value("sigma"), x.batch.dtype())
                                    : Tensor.ones(Shape.of(2), x.batch.dtype());
                    if (size.length != 2 || size[0] < 1 || size[1] < 1) {
                        throw a.refused("kernel_size", "must be two positive integers");
                    }
                    if (!sigma.shape().equals(Shape.of(2))) {
                        throw a.refused("sigma", "must be two numbers");
                    }
                    return x.back(blur(x.batch, size, sigma));
                });
        t.op("sobel_edges(images, | data_format=None)", ImageOps::sobel);
        t.op(
                "ssim(image1, image2, | max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01,"
                        + " k2=0.03, data_format=None)",
                ImageOps::similarity);
    }

    /** Images as a batch with the channels last, and the way back. */
    record Images(Tensor batch, boolean single, boolean first) {
        Tensor back(Tensor out) {
            var moved = first ? Movements.transpose(out, 0, 3, 1, 2) : out;
            return single ? Movements.squeeze(moved, 0) : moved;
        }
    }

    static Images images(Given a, String name) {
        var x = a.tensor(name);
        if (x.rank() != 3 && x.rank() != 4) {
            throw a.refused(name, "must have 3 dimensions (an image) or 4 (a batch)");
        }
        boolean first = format(a).equals("channels_first");
        var batch = x.rank() == 3 ? Movements.expandDims(x, 0) : x;
        return new Images(
                first ? Movements.transpose(batch, 0, 2, 3, 1) : batch, x.rank() == 3, first);
    }

    static String format(Given a) {
        var format = a.textOrNone("data_format");
        if (format == null) {
            return KerasConfig.imageDataFormat();
        }
        var lower = format.toLowerCase(Locale.ROOT);
        if (!lower.equals("channels_last") && !lower.equals("channels_first")) {
            throw a.refused("data_format", "must be 'channels_last' or 'channels_first'");
        }
        return lower;
    }

    private static Images floating(Given a) {
        var x = images(a, "images");
        if (!x.batch.dtype().isFloating()) {
            throw a.refused("images", "must be floating");
        }
        if (x.batch.shape().dim(-1) != 3) {
            throw a.refused("images", "must have 3 channels");
        }
        return x;
    }

    private static Tensor channel(Tensor x, int i) {
        return Movements.sliceAxis(x, -1, i, i + 1);
    }

    /** Hue, saturation and value of Smith 1978, all from 0 to 1. */
    private static Tensor toHsv(Tensor x) {
        var r = channel(x, 0);
        var g = channel(x, 1);
        var b = channel(x, 2);
        // Among equal channels the first is the largest and the last the smallest, so that
        // gradients are TensorFlow's.
        var value = larger(r, larger(g, b));
        var range = value.minus(smaller(smaller(r, g), b));
        var zero = Elements.zerosLike(value);
        var saturation =
                Elements.select(value.greater(0), Elements.divideNoNan(range, value), zero);
        var norm = Elements.divideNoNan(Kind.weak(1 / 6.0, range), range);
        var hue =
                Elements.select(
                        Elements.equal(r, value),
                        norm.times(g.minus(b)),
                        Elements.select(
                                Elements.equal(g, value),
                                norm.times(b.minus(r)).plus(2 / 6.0),
                                norm.times(r.minus(g)).plus(4 / 6.0)));
        hue = Elements.select(range.greater(0), hue, zero);
        return Movements.concat(
                List.of(Elements.select(hue.less(0), hue.plus(1), hue), saturation, value), -1);
    }

    private static Tensor larger(Tensor x, Tensor y) {
        return Elements.select(Elements.greaterEqual(x, y), x, y);
    }

    private static Tensor smaller(Tensor x, Tensor y) {
        return Elements.select(Elements.less(x, y), x, y);
    }

    private static Tensor toRgb(Tensor x) {
        var h = channel(x, 0).times(6);
        var s = channel(x, 1);
        var v = channel(x, 2);
        var red = limited(Elements.abs(h.minus(3)).minus(1));
        var green = limited(Elements.negate(Elements.abs(h.minus(2))).plus(2));
        var blue = limited(Elements.negate(Elements.abs(h.minus(4))).plus(2));
        var rest = Elements.negate(s).plus(1);
        return Movements.concat(
                List.of(
                        red.times(s).plus(rest).times(v),
                        green.times(s).plus(rest).times(v),
                        blue.times(s).plus(rest).times(v)),
                -1);
    }

    private static Tensor limited(Tensor x) {
        return Elements.minimum(Elements.maximum(x, Kind.weak(0, x)), Kind.weak(1, x));
    }

    /**
     * Start and length: of the three arguments two are given. {@code sign} is -1 for cropping, 1
     * for padding.
     */
    private static int[] span(
            Given a, int size, String before, String after, String target, int sign) {
        int missing = (a.has(before) ? 0 : 1) + (a.has(after) ? 0 : 1) + (a.has(target) ? 0 : 1);
        if (missing != 1) {
            throw a.refused(
                    target,
                    "and two sides: exactly two of "
                            + before
                            + ", "
                            + after
                            + " and "
                            + target
                            + " must be given");
        }
        int start = a.has(before) ? a.size(before) : sign * (a.size(target) - size) - a.size(after);
        int length = a.has(target) ? a.size(target) : size + sign * (start + a.size(after));
        int end = sign * (length - size) - start;
        if (start < 0 || length < 0 || end < 0) {
            throw a.refused(
                    before, "and " + after + ", " + target + " must leave nothing negative");
        }
        return new int[] {start, length};
    }

    // ---- filters
    // --------------------------------------------------------------------------------------------------------------

    /** The values of a normal density around the middle, normalized. */
    private static Tensor bell(int size, Tensor sigma) {
        var x = Movements.iota(size, sigma.dtype()).minus((size - 1) / 2.0).div(sigma);
        var values = Elements.exp(x.square().times(-0.5));
        return values.div(Reductions.sum(values, true, 0));
    }

    static Tensor blur(Tensor x, int[] size, Tensor sigma) {
        int channels = x.shape().dim(-1);
        var each = Movements.unstack(sigma, 0);
        var rows = Movements.reshape(bell(size[1], each.get(1)), Shape.of(size[1], 1));
        var kernel =
                Movements.reshape(rows.times(bell(size[0], each.get(0))), size[0], size[1], 1, 1);
        var all = Movements.broadcastTo(kernel, Shape.of(size[0], size[1], channels, 1));
        return Windows.depthwiseConv(
                x, all, new int[] {1, 1}, "same", "channels_last", new int[] {1, 1});
    }

    private static Tensor sobel(Given a) {
        var x = images(a, "images");
        var channels = x.batch.shape().dim(-1);
        var padded = mirrored(mirrored(x.batch, 1), 2);
        var down = new float[][] {{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}};
        var kernel = Conversion.cast(Tensor.of((Object) down), x.batch.dtype());
        var both = Movements.stack(List.of(kernel, Movements.transpose(kernel)), -1);
        var each =
                Movements.broadcastTo(
                        Movements.reshape(both, 3, 3, 1, 2), Shape.of(3, 3, channels, 2));
        var edges =
                Windows.depthwiseConv(
                        padded, each, new int[] {1, 1}, "valid", "channels_last", new int[] {1, 1});
        var dims = x.batch.shape();
        var split = Movements.reshape(edges, dims.dim(0), dims.dim(1), dims.dim(2), channels, 2);
        var moved = x.first ? Movements.transpose(split, 0, 3, 1, 2, 4) : split;
        return x.single ? Movements.squeeze(moved, 0) : moved;
    }

    /** One more line on both sides: the second and the last but one. */
    private static Tensor mirrored(Tensor x, int axis) {
        int n = x.shape().dim(axis);
        return Movements.concat(
                List.of(
                        Movements.sliceAxis(x, axis, 1, 2),
                        x,
                        Movements.sliceAxis(x, axis, n - 2, n - 1)),
                axis);
    }

    /** Structural similarity of Wang, Bovik, Sheikh and Simoncelli 2004, the mean per image. */
    private static Tensor similarity(Given a) {
        var first = images(a, "image1");
        var second = images(a, "image2");
        var x = Kind.floating(first.batch);
        var y = Conversion.cast(second.batch, x.dtype());
        if (!x.shape().equals(y.shape())) {
            throw a.refused("image2", "must have the shape of image1");
        }
        int size = a.size("filter_size");
        var line = bell(size, Conversion.scalar(a.number("filter_sigma"), x.dtype()));
        double c1 = Math.pow(a.number("k1") * a.number("max_val"), 2);
        double c2 = Math.pow(a.number("k2") * a.number("max_val"), 2);
        var meanX = smooth(x, line);
        var meanY = smooth(y, line);
        var squareX = meanX.square();
        var squareY = meanY.square();
        var product = meanX.times(meanY);
        var varianceX = smooth(x.square(), line).minus(squareX);
        var varianceY = smooth(y.square(), line).minus(squareY);
        var covariance = smooth(x.times(y), line).minus(product);
        var above = product.times(2).plus(c1).times(covariance.times(2).plus(c2));
        var below = squareX.plus(squareY).plus(c1).times(varianceX.plus(varianceY).plus(c2));
        var found = Reductions.mean(Reductions.mean(above.div(below), false, 1, 2), false, -1);
        return Conversion.cast(
                first.single ? Movements.squeeze(found, 0) : found, first.batch.dtype());
    }

    private static Tensor smooth(Tensor x, Tensor line) {
        int n = line.size();
        var kernel = Movements.reshape(Movements.reshape(line, n, 1).times(line), n, n, 1, 1);
        var each = Movements.broadcastTo(kernel, Shape.of(n, n, x.shape().dim(-1), 1));
        return Windows.depthwiseConv(
                x, each, new int[] {1, 1}, "valid", "channels_last", new int[] {1, 1});
    }
}
