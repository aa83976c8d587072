package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Other shapes, other orders, joins and parts. */
final class ShapeOps {
    private ShapeOps() {}

    static void declare(Operations.Table t) {
        t.op("reshape(x, | #newshape)", a -> Movements.reshape(a.tensor("x"), a.ints("newshape")));
        t.op("ravel(x)", a -> flat(a.tensor("x")));
        t.op(
                "transpose(x, | axes=None)",
                a -> {
                    var x = a.tensor("x");
                    var axes = a.axes("axes");
                    if (axes == null || axes.length == 0) {
                        return Movements.transpose(x);
                    }
                    ReductionOps.axes(axes, x);
                    return Movements.transpose(x, axes);
                });
        t.op("broadcast_to(x, | #shape)", a -> broadcastTo(a.tensor("x"), a.shape("shape")));
        t.op(
                "expand_dims(x, | axis)",
                a -> {
                    var x = a.tensor("x");
                    var axes = a.ints("axis");
                    int rank = x.rank() + axes.length;
                    var normal =
                            Arrays.stream(axes).map(i -> axis("axis", i, rank)).sorted().toArray();
                    for (int axis : normal) {
                        x = Movements.expandDims(x, axis);
                    }
                    return x;
                });
        t.op(
                "squeeze(x, | axis=None)",
                a -> {
                    var axes = a.axes("axis");
                    return axes != null && axes.length == 0
                            ? a.tensor("x")
                            : Movements.squeeze(a.tensor("x"), axes == null ? new int[0] : axes);
                });
        t.op(
                "swapaxes(x, | axis1, axis2)",
                a -> {
                    var x = a.tensor("x");
                    int i = axis("axis1", a.size("axis1"), x.rank());
                    int j = axis("axis2", a.size("axis2"), x.rank());
                    var order = IntStream.range(0, x.rank()).toArray();
                    order[i] = j;
                    order[j] = i;
                    return order.length == 0 ? x : Movements.transpose(x, order);
                });
        t.op(
                "moveaxis(x, | source, destination)",
                a -> moveAxis(a.tensor("x"), a.ints("source"), a.ints("destination")));
        t.op(
                "flip(x, | axis=None)",
                a -> {
                    var x = a.tensor("x");
                    return Movements.reverse(x, ReductionOps.axes(a, x));
                });
        t.op("fliplr(x)", a -> Movements.reverse(a.tensor("x"), 1));
        t.op("flipud(x)", a -> Movements.reverse(a.tensor("x"), 0));
        t.op("rot90(array, | k=1, axes=None)", ShapeOps::rot90);
        t.op("roll(x, | shift, axis=None)", ShapeOps::roll);
        t.op("tile(x, | #repeats)", a -> tile(a.tensor("x"), a.ints("repeats")));
        t.op("repeat(x, | #repeats, axis=None)", ShapeOps::repeat);
        t.op("concatenate(xs, | axis=0)", a -> concat(a.tensors("xs"), a.size("axis")));
        t.op("stack(x, | axis=0)", a -> stack(a.items("x"), a.size("axis")));
        t.op(
                "append(x1, x2, | axis=None)",
                a -> {
                    var axis = a.axis("axis");
                    var xs = Kind.together(List.of(a.tensor("x1"), a.tensor("x2")));
                    return axis == null
                            ? Movements.concat(List.of(flat(xs.get(0)), flat(xs.get(1))), 0)
                            : concat(xs, axis);
                });
        t.op(
                "hstack(xs)",
                a -> {
                    var xs = atLeast(a.tensors("xs"), 1);
                    if (xs.isEmpty()) {
                        throw a.refused("xs", "must hold a tensor");
                    }
                    return concat(xs, xs.getFirst().rank() == 1 ? 0 : 1);
                });
        t.op("vstack(xs)", a -> concat(a.tensors("xs"), 0));
        t.op(
                "dstack(xs)",
                a ->
                        concat(
                                a.tensors("xs").stream()
                                        .map(x ->
                                                switch (x.rank()) {
                                                    case 0 -> Movements.reshape(x, 1, 1, 1);
                                                    case 1 ->
                                                            Movements.reshape(
                                                                    x, Shape.of(1, x.size(), 1));
                                                    case 2 -> Movements.expandDims(x, 2);
                                                    default -> x;
                                                })
                                        .toList(),
                                2));
        t.op(
                "column_stack(xs)",
                a ->
                        concat(
                                a.tensors("xs").stream()
                                        .map(x ->
                                                x.rank() < 2
                                                        ? Movements.reshape(
                                                                x, Shape.of(x.size(), 1))
                                                        : x)
                                        .toList(),
                                1));
        t.op("split(x, | #indices_or_sections, axis=0)", a -> split(a, a.size("axis"), false));
        t.op("array_split(x, | #indices_or_sections, axis=0)", a -> split(a, a.size("axis"), true));
        t.op(
                "hsplit(x, | #indices_or_sections)",
                a -> split(a, a.tensor("x").rank() == 1 ? 0 : 1, false));
        t.op("vsplit(x, | #indices_or_sections)", a -> split(a, 0, false));
        t.op("dsplit(x, | #indices_or_sections)", a -> split(a, 2, false));
        t.op(
                "unstack(x, | num=None, axis=0)",
                a -> {
                    var parts = Movements.unstack(a.tensor("x"), a.size("axis"));
                    if (a.has("num") && a.size("num") != parts.size()) {
                        throw a.refused("num", "must be the size of the axis, " + parts.size());
                    }
                    return parts;
                });
        t.op("pad(x, | pad_width, mode='constant', +constant_values=None)", a -> PadOps.pad(a));
        t.op("meshgrid(*x, | indexing='xy')", ShapeOps::meshgrid);
        t.op("copy(x)", a -> a.tensor("x"));
    }

    static int axis(String argument, int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new TensorException(
                    "argument '" + argument + "' is out of range: " + axis + " for rank " + rank);
        }
        return axis < 0 ? axis + rank : axis;
    }

    static Tensor flat(Tensor x) {
        return Movements.reshape(x, Shape.of(x.size()));
    }

    static Tensor broadcastTo(Tensor x, Shape shape) {
        if (!Shape.broadcast(x.shape(), shape).equals(shape)) {
            throw new TensorException(
                    "argument 'shape': " + x.type() + " does not stretch to " + shape);
        }
        return Movements.broadcastTo(x, shape);
    }

    private static List<Tensor> atLeast(List<Tensor> xs, int rank) {
        return xs.stream()
                .map(x ->
                        x.rank() >= rank
                                ? x
                                : rank == 1 ? flat(x) : Movements.reshape(x, Shape.of(1, x.size())))
                .toList();
    }

    static Tensor concat(List<Tensor> xs, int axis) {
        if (xs.isEmpty()) {
            throw new TensorException("argument 'xs' must not be empty");
        }
        if (xs.getFirst().rank() == 0) {
            throw new TensorException(
                    "argument 'xs': scalars can't be joined along an axis", "use stack");
        }
        axis("axis", axis, xs.getFirst().rank());
        return Movements.concat(Kind.together(xs), axis);
    }

    static Tensor stack(List<@Nullable Object> items, int axis) {
        if (items.isEmpty()) {
            throw new TensorException("argument 'x' must not be empty");
        }
        var kinds = items.stream().map(Conversion::kind).distinct().toList();
        var tensors = new ArrayList<Tensor>();
        for (var item : items) {
            tensors.add(
                    kinds.size() > 1
                            ? Conversion.tensor(item, Promotion.result(kinds))
                            : Conversion.tensor(item));
        }
        axis("axis", axis, tensors.getFirst().rank() + 1);
        return Movements.stack(tensors, axis);
    }

    static Tensor moveAxis(Tensor x, int[] source, int[] destination) {
        if (source.length != destination.length) {
            throw new TensorException(
                    "arguments 'source' and 'destination' must name equally many axes: "
                            + Arrays.toString(source)
                            + " and "
                            + Arrays.toString(destination));
        }
        var from = Arrays.stream(source).map(i -> axis("source", i, x.rank())).toArray();
        var to = Arrays.stream(destination).map(i -> axis("destination", i, x.rank())).toArray();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < x.rank(); i++) {
            int axis = i;
            if (Arrays.stream(from).noneMatch(f -> f == axis)) {
                order.add(axis);
            }
        }
        IntStream.range(0, to.length)
                .boxed()
                .sorted((p, q) -> Integer.compare(to[p], to[q]))
                .forEach(i -> order.add(to[i], from[i]));
        return x.rank() == 0
                ? x
                : Movements.transpose(x, order.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Tensor rot90(Given a) {
        var x = a.tensor("array");
        var axes = a.has("axes") ? a.ints("axes") : new int[] {0, 1};
        if (x.rank() < 2) {
            throw a.refused("array", "must have two dimensions or more");
        }
        if (axes.length != 2
                || axis("axes", axes[0], x.rank()) == axis("axes", axes[1], x.rank())) {
            throw a.refused("axes", "must be two different axes");
        }
        int p = axis("axes", axes[0], x.rank());
        int q = axis("axes", axes[1], x.rank());
        var order = IntStream.range(0, x.rank()).toArray();
        order[p] = q;
        order[q] = p;
        return switch (Math.floorMod(a.size("k"), 4)) {
            case 0 -> x;
            case 1 -> Movements.reverse(Movements.transpose(x, order), p);
            case 2 -> Movements.reverse(x, p, q);
            default -> Movements.transpose(Movements.reverse(x, p), order);
        };
    }

    private static Tensor roll(Given a) {
        var x = a.tensor("x");
        var axes = a.axes("axis");
        var shift = a.ints("shift");
        if (shift.length == 0) {
            throw a.refused("shift", "must have an entry");
        }
        if (axes == null) {
            return Movements.reshape(roll(flat(x), shift[0], 0), x.shape());
        }
        if (shift.length != axes.length && shift.length != 1) {
            throw a.refused("shift", "must have an entry for each axis");
        }
        for (int i = 0; i < axes.length; i++) {
            x = roll(x, shift[shift.length == 1 ? 0 : i], x.shape().axis(axes[i]));
        }
        return x;
    }

    static Tensor roll(Tensor x, int shift, int axis) {
        int size = x.shape().dim(axis);
        int by = size == 0 ? 0 : Math.floorMod(shift, size);
        return by == 0
                ? x
                : Movements.concat(
                        List.of(
                                Movements.sliceAxis(x, axis, size - by, size),
                                Movements.sliceAxis(x, axis, 0, size - by)),
                        axis);
    }

    static Tensor tile(Tensor x, int[] repeats) {
        int rank = Math.max(repeats.length, x.rank());
        var times = new int[rank];
        Arrays.fill(times, 1);
        System.arraycopy(repeats, 0, times, rank - repeats.length, repeats.length);
        var dims = new int[rank];
        Arrays.fill(dims, 1);
        System.arraycopy(x.shape().dims(), 0, dims, rank - x.rank(), x.rank());
        if (Arrays.stream(times).anyMatch(i -> i < 0)) {
            throw new TensorException(
                    "argument 'repeats' must not be negative: " + Arrays.toString(repeats));
        }
        return rank == 0 ? x : Movements.tile(Movements.reshape(x, Shape.of(dims)), times);
    }

    private static Tensor repeat(Given a) {
        var x = a.tensor("x");
        var repeats = a.ints("repeats");
        if (Arrays.stream(repeats).anyMatch(count -> count < 0)) {
            throw a.refused("repeats", "must not be negative");
        }
        var named = a.axis("axis");
        if (named == null) {
            x = flat(x);
        }
        int axis = named == null ? 0 : x.shape().axis(named);
        int size = x.shape().dim(axis);
        if (repeats.length == 1) {
            var wide = Movements.expandDims(x, axis + 1);
            var stretched = Movements.broadcastTo(wide, wide.shape().with(axis + 1, repeats[0]));
            return Movements.reshape(stretched, x.shape().with(axis, size * repeats[0]));
        }
        if (repeats.length != size) {
            throw a.refused("repeats", "must have one entry or " + size);
        }
        var positions =
                IntStream.range(0, size)
                        .flatMap(i -> IntStream.generate(() -> i).limit(repeats[i]))
                        .toArray();
        return Indexing.gather(x, Tensor.ofInts(positions), axis);
    }

    private static List<Tensor> split(Given a, int axis, boolean uneven) {
        var x = a.tensor("x");
        int along = axis("axis", axis, x.rank());
        int size = x.shape().dim(along);
        var value = a.value("indices_or_sections");
        if (value instanceof List<?>
                || value instanceof int[]
                || value instanceof Tensor tensor && tensor.rank() > 0) {
            var cuts = a.ints("indices_or_sections");
            var parts = new ArrayList<Tensor>();
            int from = 0;
            for (int i = 0; i <= cuts.length; i++) {
                int to =
                        i == cuts.length
                                ? size
                                : cuts[i] < 0
                                        ? Math.max(cuts[i] + size, 0)
                                        : Math.min(cuts[i], size);
                parts.add(Movements.sliceAxis(x, along, Math.min(from, size), Math.max(to, from)));
                from = to;
            }
            return parts;
        }
        int sections = a.size("indices_or_sections");
        if (sections <= 0 || !uneven && size % sections != 0) {
            throw a.refused(
                    "indices_or_sections",
                    "must divide axis " + axis + " of " + x.type() + " evenly");
        }
        var sizes =
                IntStream.range(0, sections)
                        .map(i -> size / sections + (i < size % sections ? 1 : 0))
                        .toArray();
        return Movements.split(x, sizes, along);
    }

    private static List<Tensor> meshgrid(Given a) {
        var xs = a.tensors("x");
        var indexing = a.text("indexing");
        if (!indexing.equals("xy") && !indexing.equals("ij")) {
            throw a.refused("indexing", "must be 'xy' or 'ij'");
        }
        int n = xs.size();
        boolean swap = indexing.equals("xy") && n > 1;
        var dims = new int[n];
        for (int i = 0; i < n; i++) {
            dims[place(i, swap)] = xs.get(i).size();
        }
        var grids = new ArrayList<Tensor>();
        for (int i = 0; i < n; i++) {
            var line = new int[n];
            Arrays.fill(line, 1);
            line[place(i, swap)] = xs.get(i).size();
            grids.add(
                    Movements.broadcastTo(
                            Movements.reshape(xs.get(i), Shape.of(line)), Shape.of(dims)));
        }
        return grids;
    }

    private static int place(int i, boolean swap) {
        return swap && i < 2 ? 1 - i : i;
    }

    /** The numbers from 0 on in an integer dtype, for positions. */
    static Tensor range(int size) {
        return Movements.iota(size, DType.INT32);
    }

    static Tensor ones(Tensor like) {
        return Elements.onesLike(like);
    }
}
