package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Randoms;
import sungu.primitive.MatrixFactor;
import sungu.primitive.MatrixFactor.Task;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations of {@code keras.ops.image} that read images between their pixels: transforms,
 * coordinates.
 */
final class ResampleOps {
    private ResampleOps() {}

    static void declare(Operations.Table t) {
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
        t.op(
                "elastic_transform(images, | alpha=20.0, sigma=5.0, interpolation='bilinear',"
                        + " fill_mode='reflect', fill_value=0.0, seed=None, data_format=None)",
                ResampleOps::elastic);
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
        int order = a.size("order");
        if (order != 0 && order != 1) {
            throw a.refused("order", "must be 0 or 1");
        }
        return read(
                x,
                Movements.unstack(coordinates, 0),
                order,
                mode(a),
                Conversion.tensor(a.value("fill_value"), x.dtype()),
                0);
    }

    private static String mode(Given a) {
        var mode = a.text("fill_mode");
        if (!List.of("constant", "nearest", "wrap", "mirror", "reflect").contains(mode)) {
            throw a.refused(
                    "fill_mode", "must be 'constant', 'nearest', 'wrap', 'mirror' or 'reflect'");
        }
        return mode;
    }

    /**
     * The values at coordinates, one tensor of them for each dimension behind {@code batch} leading
     * ones, which both have. Trailing dimensions without coordinates are read whole.
     */
    private static Tensor read(
            Tensor x, List<Tensor> parts, int order, String mode, Tensor fill, int batch) {
        var places = new ArrayList<List<Place>>();
        for (int i = 0; i < parts.size(); i++) {
            places.add(places(parts.get(i), order, x.shape().dim(batch + i), mode));
        }
        int inner = x.rank() - batch - parts.size();
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
                throw new TensorException("map_coordinates: a scalar has no coordinates");
            }
            var found =
                    Conversion.cast(
                            Indexing.gatherNd(x, Movements.stack(indices, -1), batch),
                            weight.dtype());
            for (int i = 0; i < inner; i++) {
                weight = Movements.expandDims(weight, -1);
                valid = Movements.expandDims(valid, -1);
            }
            if (mode.equals("constant")) {
                found = Elements.select(valid, found, Conversion.cast(fill, weight.dtype()));
            }
            var share = weight.times(found);
            sum = sum == null ? share : sum.plus(share);
        }
        if (sum == null) {
            throw new TensorException("map_coordinates: a scalar has no coordinates");
        }
        return Conversion.cast(
                x.dtype().isInteger() && sum.dtype().isFloating() ? Elements.round(sum) : sum,
                x.dtype());
    }

    /** Pixels read at places moved by smooth noise (Simard, Steinkraus, Platt 2003). */
    private static Tensor elastic(Given a) {
        var images = ImageOps.images(a, "images");
        var x = images.batch();
        if (!x.dtype().isFloating()) {
            throw a.refused("images", "must be floating");
        }
        var interpolation = a.text("interpolation");
        if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
            throw a.refused("interpolation", "must be 'nearest' or 'bilinear'");
        }
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        double sigma = a.number("sigma");
        int size = 6 * (int) sigma | 1;
        var noise =
                Randoms.statelessNormal(
                                Shape.of(x.shape().dim(0), height, width, 1),
                                RandomOps.seed(a),
                                0,
                                1,
                                x.dtype())
                        .times(sigma);
        var sigmas = Movements.broadcastTo(Conversion.scalar(sigma, x.dtype()), Shape.of(2));
        // Keras draws both directions from one seed, so they are the same.
        var shift =
                Movements.squeeze(ImageOps.blur(noise, new int[] {size, size}, sigmas), -1)
                        .times(a.number("alpha"));
        var rows = Movements.reshape(Movements.iota(height, x.dtype()), Shape.of(height, 1));
        return images.back(
                read(
                        x,
                        List.of(shift.plus(rows), shift.plus(Movements.iota(width, x.dtype()))),
                        interpolation.equals("nearest") ? 0 : 1,
                        mode(a),
                        Conversion.tensor(a.value("fill_value"), x.dtype()),
                        1));
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
