package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Contractions;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.primitive.MatrixFactor;
import sungu.primitive.MatrixFactor.Task;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Operations of {@code keras.ops.image} that read images between their pixels: resizing,
 * transforms, coordinates.
 */
final class ResampleOps {
    private ResampleOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "resize(images, | size, interpolation='bilinear', antialias=False,"
                        + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,"
                        + " fill_mode='constant', fill_value=0.0, data_format=None)",
                ResampleOps::resize);
        t.op(
                "scale_and_translate(images, scale, translation, | output_shape, spatial_dims,"
                        + " method, antialias=True)",
                ResampleOps::scaleAndTranslate);
        t.op(
                "affine_transform(images, transform, | interpolation='bilinear',"
                        + " fill_mode='constant', fill_value=0, data_format=None)",
                a -> {
                    var x = ImageOps.images(a, "images");
                    var transform = Conversion.tensor(a.value("transform"), DType.FLOAT32);
                    if (transform.rank() != 1 && transform.rank() != 2) {
                        throw a.refused("transform", "must have 1 or 2 dimensions");
                    }
                    var mode = a.text("fill_mode");
                    if (!List.of("constant", "nearest", "wrap", "reflect").contains(mode)) {
                        throw a.refused(
                                "fill_mode", "must be 'constant', 'nearest', 'wrap' or 'reflect'");
                    }
                    return x.back(
                            project(
                                    a,
                                    x.batch(),
                                    transform.rank() == 1
                                            ? Movements.expandDims(transform, 0)
                                            : transform,
                                    mode));
                });
        t.op(
                "perspective_transform(images, start_points, end_points, |"
                        + " interpolation='bilinear', fill_value=0, data_format=None)",
                a -> {
                    var x = ImageOps.images(a, "images");
                    var start = points(a, "start_points");
                    var end = points(a, "end_points");
                    if (!start.shape().equals(end.shape())) {
                        throw a.refused("end_points", "must have the shape of start_points");
                    }
                    return x.back(project(a, x.batch(), homography(start, end), "constant"));
                });
        t.op(
                "map_coordinates(inputs, coordinates, | order, fill_mode='constant',"
                        + " fill_value=0.0)",
                ResampleOps::mapCoordinates);
    }

    // ---- resizing by weight matrices
    // ------------------------------------------------------------------------------------------

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
    private static Tensor along(Tensor x, double[][] weights, int axis) {
        var matrix = Conversion.cast(Tensor.of((Object) weights), x.dtype());
        return ShapeOps.moveAxis(
                Contractions.tensordot(x, matrix, new int[] {axis}, new int[] {0}),
                new int[] {-1},
                new int[] {axis});
    }

    private static double[][] weights(String method, boolean antialias, int in, int out) {
        double scale = in / (double) out;
        if (method.equals("area")) {
            return area(in, out, scale);
        }
        if (!antialias && !method.startsWith("lanczos")) {
            return method.equals("bilinear") ? linear(in, out, scale) : cubic(in, out, scale);
        }
        return spread(kernel(method), in, out, 1 / scale, 0, antialias, radius(method));
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
        var keys = kernel("bicubic");
        for (int j = 0; j < out; j++) {
            double x = (j + 0.5) * scale - 0.5;
            int low = (int) Math.floor(x);
            double fraction = Math.rint((x - low) * 1024) / 1024;
            double sum = 0;
            for (int k = -1; k <= 2; k++) {
                sum +=
                        low + k >= 0 && low + k < in
                                ? keys.applyAsDouble(Math.abs(k - fraction))
                                : 0;
            }
            for (int k = -1; k <= 2; k++) {
                if (low + k >= 0 && low + k < in) {
                    weights[low + k][j] = keys.applyAsDouble(Math.abs(k - fraction)) / sum;
                }
            }
        }
        return weights;
    }

    /**
     * Weights of a kernel around each output's place in the input, normalized; 0 where the place
     * lies outside.
     */
    private static double[][] spread(
            DoubleUnaryOperator kernel,
            int in,
            int out,
            double scale,
            double translation,
            boolean antialias,
            double radius) {
        var weights = new double[in][out];
        double inverse = 1 / scale;
        double wide = antialias ? Math.max(inverse, 1) : 1;
        for (int j = 0; j < out; j++) {
            double x = (j + 0.5) * inverse - translation * inverse - 0.5;
            if (x < -0.5 || x > in - 0.5) {
                continue;
            }
            double sum = 0;
            for (int i = Math.max(0, (int) Math.floor(x - radius * wide));
                    i < Math.min(in, Math.ceil(x + radius * wide) + 1);
                    i++) {
                weights[i][j] = kernel.applyAsDouble(Math.abs(x - i) / wide);
                sum += weights[i][j];
            }
            for (int i = 0; i < in; i++) {
                weights[i][j] = Math.abs(sum) > 1000 * Math.ulp(1f) ? weights[i][j] / sum : 0;
            }
        }
        return weights;
    }

    private static double radius(String method) {
        return switch (method) {
            case "linear", "bilinear", "trilinear" -> 1;
            case "cubic", "bicubic", "tricubic" -> 2;
            case "lanczos3" -> 3;
            default -> 5;
        };
    }

    private static DoubleUnaryOperator kernel(String method) {
        double radius = radius(method);
        return switch ((int) radius) {
            case 1 -> x -> Math.max(0, 1 - x);
            case 2 ->
                    x ->
                            x >= 2
                                    ? 0
                                    : x >= 1
                                            ? ((-0.5 * x + 2.5) * x - 4) * x + 2
                                            : (1.5 * x - 2.5) * x * x + 1;
            default ->
                    x ->
                            x > radius
                                    ? 0
                                    : x <= 1e-3
                                            ? 1
                                            : radius
                                                    * Math.sin(Math.PI * x)
                                                    * Math.sin(Math.PI * x / radius)
                                                    / (Math.PI * Math.PI * x * x);
        };
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
        var scale = a.tensor("scale").toDoubles();
        var translation = a.tensor("translation").toDoubles();
        for (int i = 0; i < axes.length; i++) {
            int axis = x.shape().axis(axes[i]);
            out =
                    along(
                            out,
                            spread(
                                    kernel(method),
                                    x.shape().dim(axis),
                                    size[axis],
                                    scale[i],
                                    translation[i],
                                    a.flag("antialias"),
                                    radius(method)),
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

    // ---- transforms
    // -----------------------------------------------------------------------------------------------------------

    private static Tensor points(Given a, String name) {
        var points = Conversion.tensor(a.value(name), DType.FLOAT32);
        int rank = points.rank();
        if (rank != 2 && rank != 3 || points.shape().dim(-2) != 4 || points.shape().dim(-1) != 2) {
            throw a.refused(name, "must have the shape [4,2] or [n,4,2]");
        }
        return rank == 2 ? Movements.expandDims(points, 0) : points;
    }

    /** The 8 parameters that map the end points to the start points. */
    private static Tensor homography(Tensor start, Tensor end) {
        var rows = new ArrayList<Tensor>();
        var targets = new ArrayList<Tensor>();
        for (int i = 0; i < 4; i++) {
            var x = entry(end, i, 0);
            var y = entry(end, i, 1);
            var one = Elements.onesLike(x);
            var zero = Elements.zerosLike(x);
            for (int j = 0; j < 2; j++) {
                var target = entry(start, i, j);
                var left = List.of(x, y, one);
                var none = List.of(zero, zero, zero);
                var row = new ArrayList<Tensor>(j == 0 ? left : none);
                row.addAll(j == 0 ? none : left);
                row.add(Elements.negate(target.times(x)));
                row.add(Elements.negate(target.times(y)));
                rows.add(Movements.stack(row, -1));
                targets.add(target);
            }
        }
        var right = Movements.expandDims(Movements.stack(targets, -1), -1);
        return Movements.squeeze(
                Context.bind(new MatrixFactor(Task.SOLVE), Movements.stack(rows, 1), right), -1);
    }

    private static Tensor entry(Tensor points, int i, int j) {
        return Movements.squeeze(
                Movements.sliceAxis(Movements.sliceAxis(points, 1, i, i + 1), 2, j, j + 1), 1, 2);
    }

    /**
     * Images read where a projective transform says. As in TensorFlow the gradient by the images is
     * the cotangent read where the inverse transform says, and none goes to the transform.
     */
    private static Tensor project(Given a, Tensor x, Tensor transform, String mode) {
        var interpolation = a.text("interpolation");
        if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
            throw a.refused("interpolation", "must be 'nearest' or 'bilinear'");
        }
        var fixed = Controls.stopGradient(transform);
        double fill = a.number("fill_value");
        return Controls.customGradient(
                inputs ->
                        new Controls.WithGradient(
                                new Tensor[] {project(inputs[0], fixed, interpolation, mode, fill)},
                                cotangents ->
                                        new Tensor[] {
                                            project(
                                                    some(cotangents[0], inputs[0]),
                                                    inverted(fixed),
                                                    interpolation,
                                                    mode,
                                                    0)
                                        }),
                x)[0];
    }

    private static Tensor some(@Nullable Tensor cotangent, Tensor like) {
        return cotangent == null ? Elements.zerosLike(like) : cotangent;
    }

    /** The parameters of the inverse transforms. */
    private static Tensor inverted(Tensor transform) {
        int count = transform.shape().dim(0);
        var full =
                Movements.concat(
                        List.of(transform, Tensor.ones(Shape.of(count, 1), transform.dtype())), 1);
        var inverse =
                Movements.reshape(
                        MatrixFactor.inverse(Movements.reshape(full, count, 3, 3)), count, 9);
        return Movements.sliceAxis(inverse.div(Movements.sliceAxis(inverse, 1, 8, 9)), 1, 0, 8);
    }

    private static Tensor project(
            Tensor x, Tensor transform, String interpolation, String mode, double fill) {
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        var column = Conversion.cast(Movements.iota(width, DType.INT32), DType.FLOAT32);
        var row =
                Movements.reshape(
                        Conversion.cast(Movements.iota(height, DType.INT32), DType.FLOAT32),
                        height,
                        1);
        var k = new Tensor[8];
        for (int i = 0; i < 8; i++) {
            k[i] = Movements.expandDims(Movements.sliceAxis(transform, 1, i, i + 1), -1);
        }
        var depth = k[6].times(column).plus(k[7].times(row)).plus(1);
        var flat = Elements.equal(depth, Elements.zerosLike(depth));
        var safe = Elements.select(flat, Elements.onesLike(depth), depth);
        var outside = Kind.weak(-2 - Math.max(height, width), depth);
        var across =
                Elements.select(
                        flat,
                        outside,
                        k[0].times(column).plus(k[1].times(row)).plus(k[2]).div(safe));
        var down =
                Elements.select(
                        flat,
                        outside,
                        k[3].times(column).plus(k[4].times(row)).plus(k[5]).div(safe));
        var shape = Shape.of(x.shape().dim(0), height, width);
        across = Movements.broadcastTo(bounded(across, width, mode), shape);
        down = Movements.broadcastTo(bounded(down, height, mode), shape);
        if (interpolation.equals("nearest")) {
            return pick(x, halfAway(down), halfAway(across), fill);
        }
        var top = Elements.floor(down);
        var left = Elements.floor(across);
        var right = Movements.expandDims(across.minus(left), -1);
        var bottom = Movements.expandDims(down.minus(top), -1);
        var wide = Conversion.cast(x, x.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
        var p = Conversion.cast(right, wide.dtype());
        var q = Conversion.cast(bottom, wide.dtype());
        var one = Elements.onesLike(p);
        var upper =
                pick(wide, top, left, fill)
                        .times(one.minus(p))
                        .plus(pick(wide, top, left.plus(1), fill).times(p));
        var lower =
                pick(wide, top.plus(1), left, fill)
                        .times(one.minus(p))
                        .plus(pick(wide, top.plus(1), left.plus(1), fill).times(p));
        return Conversion.cast(upper.times(one.minus(q)).plus(lower.times(q)), x.dtype());
    }

    private static Tensor halfAway(Tensor x) {
        return Elements.sign(x).times(Elements.floor(Elements.abs(x).plus(0.5)));
    }

    /** Coordinates outside of the image moved into it as the mode says. */
    private static Tensor bounded(Tensor x, int size, String mode) {
        if (mode.equals("constant")) {
            return x;
        }
        var moved = x;
        var zero = Elements.zerosLike(x);
        if (mode.equals("reflect") && size > 1) {
            double two = 2.0 * size;
            var negative = Elements.truncate(Elements.negate(x).div(two)).times(two).plus(x);
            negative =
                    Elements.select(
                            negative.less(-size),
                            negative.plus(two),
                            Elements.negate(negative).minus(1));
            var beyond = x.minus(Elements.truncate(x.div(two)).times(two));
            beyond =
                    Elements.select(
                            beyond.less(size), beyond, Elements.negate(beyond).plus(two - 1));
            moved =
                    Elements.select(
                            x.less(0), negative, Elements.select(x.greater(size - 1), beyond, x));
        } else if (mode.equals("wrap") && size > 1) {
            var negative =
                    x.plus(
                            Elements.truncate(Elements.negate(x).div(size - 1.0))
                                    .plus(1)
                                    .times((double) size));
            var beyond = x.minus(Elements.truncate(x.div(size - 1.0)).times((double) size));
            moved =
                    Elements.select(
                            x.less(0), negative, Elements.select(x.greater(size - 1), beyond, x));
        } else if (!mode.equals("nearest")) {
            moved = zero;
        }
        return Elements.minimum(Elements.maximum(moved, zero), Kind.weak(size - 1, x));
    }

    /** The pixels at whole coordinates of each image; the fill value outside. */
    private static Tensor pick(Tensor x, Tensor rows, Tensor columns, double fill) {
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        var inside =
                Elements.and(
                        Elements.and(
                                Elements.greaterEqual(rows, Kind.weak(0, rows)), rows.less(height)),
                        Elements.and(
                                Elements.greaterEqual(columns, Kind.weak(0, columns)),
                                columns.less(width)));
        var flat =
                Elements.cast(
                        Elements.select(
                                inside,
                                rows.times((double) width).plus(columns),
                                Elements.zerosLike(rows)),
                        DType.INT32);
        var dims = x.shape().dims();
        var pixels = Movements.reshape(x, dims[0], height * width, dims[3]);
        var found = Indexing.gather(pixels, Movements.reshape(flat, dims[0], height * width), 1, 1);
        return Elements.select(
                Movements.expandDims(inside, -1),
                Movements.reshape(found, dims),
                Kind.weak(fill, x));
    }

    // ---- coordinates
    // ----------------------------------------------------------------------------------------------------------

    /** A place in one dimension: its index, whether it lies inside, its share. */
    private record Place(Tensor index, Tensor valid, Tensor weight) {}

    private static Tensor mapCoordinates(Given a) {
        var x = a.tensor("inputs");
        var coordinates = a.tensor("coordinates");
        if (coordinates.rank() < 2 || coordinates.shape().dim(0) != x.rank()) {
            throw a.refused(
                    "coordinates",
                    "must have 2 or more dimensions, the first as large as the rank of the inputs, "
                            + x.rank());
        }
        var mode = a.text("fill_mode");
        if (!List.of("constant", "nearest", "wrap", "mirror", "reflect").contains(mode)) {
            throw a.refused(
                    "fill_mode", "must be 'constant', 'nearest', 'wrap', 'mirror' or 'reflect'");
        }
        int order = a.size("order");
        if (order != 0 && order != 1) {
            throw a.refused("order", "must be 0 or 1");
        }
        var parts = Movements.unstack(coordinates, 0);
        var places = new ArrayList<List<Place>>();
        for (int i = 0; i < parts.size(); i++) {
            places.add(places(parts.get(i), order, x.shape().dim(i), mode));
        }
        @Nullable Tensor sum = null;
        for (int corner = 0; corner < 1 << (order * parts.size()); corner++) {
            var indices = new ArrayList<Tensor>();
            @Nullable Tensor weight = null;
            @Nullable Tensor valid = null;
            for (int i = 0; i < parts.size(); i++) {
                var place = places.get(i).get(order == 0 ? 0 : corner >> i & 1);
                indices.add(place.index);
                weight = weight == null ? place.weight : weight.times(place.weight);
                valid = valid == null ? place.valid : Elements.and(valid, place.valid);
            }
            if (weight == null || valid == null) {
                throw a.refused("inputs", "must have a dimension");
            }
            var found =
                    Conversion.cast(
                            Indexing.gatherNd(x, Movements.stack(indices, -1)), weight.dtype());
            if (mode.equals("constant")) {
                found =
                        Elements.select(
                                valid,
                                found,
                                Conversion.cast(
                                        Conversion.tensor(a.value("fill_value"), x.dtype()),
                                        weight.dtype()));
            }
            var share = weight.times(found);
            sum = sum == null ? share : sum.plus(share);
        }
        if (sum == null) {
            throw a.refused("inputs", "must have a dimension");
        }
        return Conversion.cast(
                x.dtype().isInteger() && sum.dtype().isFloating() ? Elements.round(sum) : sum,
                x.dtype());
    }

    private static List<Place> places(Tensor x, int order, int size, String mode) {
        if (order == 0) {
            return List.of(
                    place(
                            Elements.cast(
                                    x.dtype().isInteger() ? x : Elements.round(x), DType.INT32),
                            Elements.onesLike(x),
                            size,
                            mode));
        }
        var wide = Kind.floating(x);
        var low = Elements.floor(wide);
        var share = wide.minus(low);
        var index = Elements.cast(low, DType.INT32);
        return List.of(
                place(index, Elements.onesLike(share).minus(share), size, mode),
                place(index.plus(1L), share, size, mode));
    }

    private static Place place(Tensor index, Tensor weight, int size, String mode) {
        var valid =
                Elements.and(
                        Elements.greaterEqual(index, Tensor.of(0)),
                        Elements.less(index, Tensor.of(size)));
        var inside =
                switch (mode) {
                    case "mirror", "reflect" -> {
                        var within = Elements.floorMod(Elements.abs(index), Tensor.of(2 * size));
                        var back =
                                Elements.negate(within)
                                        .plus(mode.equals("reflect") ? 2L * size - 1 : 2L * size);
                        yield Elements.select(Elements.less(within, Tensor.of(size)), within, back);
                    }
                    case "wrap" -> Elements.floorMod(index, Tensor.of(size));
                    default ->
                            Elements.minimum(
                                    Elements.maximum(index, Tensor.of(0)), Tensor.of(size - 1));
                };
        return new Place(inside, valid, weight);
    }
}
