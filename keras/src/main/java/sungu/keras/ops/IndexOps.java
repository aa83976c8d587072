package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.ops.Sorting;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Parts at positions, orders, sets. */
final class IndexOps {
    private IndexOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "take(x, indices, | axis=None)",
                a -> {
                    var x = a.tensor("x");
                    var axis = a.axis("axis");
                    return axis == null
                            ? Indexing.gather(
                                    ShapeOps.flat(x), positions(a, "indices", x.size()), 0)
                            : Indexing.gather(
                                    x, positions(a, "indices", x.shape().dim(axis)), axis);
                });
        t.op(
                "take_along_axis(x, indices, | axis=None)",
                a -> {
                    var x = a.tensor("x");
                    var axis = a.axis("axis");
                    if (axis == null) {
                        if (a.tensor("indices").rank() != 1) {
                            throw a.refused("indices", "must be a vector when axis is None");
                        }
                        return Indexing.takeAlongAxis(
                                ShapeOps.flat(x), positions(a, "indices", x.size()), 0);
                    }
                    return Indexing.takeAlongAxis(
                            x, positions(a, "indices", x.shape().dim(axis)), axis);
                });
        t.op("get_item(x, | key)", a -> getItem(a.tensor("x"), a.value("key")));
        t.op("nonzero(x)", a -> nonzero(a.tensor("x"))).dynamic();
        t.op(
                "sort(x, | axis=-1)",
                a -> {
                    var x = a.tensor("x");
                    var axis = a.axis("axis");
                    if (x.dtype() == DType.BOOL) {
                        return Elements.cast(sort(Elements.cast(x, DType.INT8), axis), DType.BOOL);
                    }
                    return sort(x, axis);
                });
        t.op(
                "argsort(x, | axis=-1)",
                a -> {
                    var x = a.tensor("x");
                    if (x.rank() == 0) {
                        return Tensor.ofInts(0);
                    }
                    var y = x.dtype() == DType.BOOL ? Elements.cast(x, DType.UINT8) : x;
                    var axis = a.axis("axis");
                    return axis == null
                            ? Sorting.argsort(ShapeOps.flat(y), 0)
                            : Sorting.argsort(y, axis);
                });
        t.op(
                "argpartition(x, | kth, axis=-1)",
                a -> {
                    var x = a.tensor("x");
                    var axis = a.axis("axis");
                    return axis == null
                            ? partition(ShapeOps.flat(x), a.size("kth"), 0)
                            : partition(x, a.size("kth"), x.shape().axis(axis));
                });
        t.op(
                "searchsorted(sorted_sequence, values, | side='left')",
                a -> {
                    var sorted = a.tensor("sorted_sequence");
                    if (sorted.rank() != 1) {
                        throw a.refused("sorted_sequence", "must be a vector");
                    }
                    var side = a.text("side");
                    if (!side.equals("left") && !side.equals("right")) {
                        throw a.refused("side", "must be 'left' or 'right'");
                    }
                    return Sorting.searchSorted(sorted, a.tensor("values"), side.equals("right"));
                });
        t.op(
                "digitize(x, | bins)",
                a -> {
                    var x = a.tensor("x");
                    var wide =
                            x.dtype() == DType.FLOAT64
                                            || x.dtype() == DType.INT64
                                            || x.dtype() == DType.INT32
                                            || x.dtype() == DType.UINT32
                                    ? DType.FLOAT64
                                    : DType.FLOAT32;
                    return Sorting.searchSorted(
                            Elements.cast(Elements.cast(a.tensor("bins"), DType.FLOAT32), wide),
                            Conversion.cast(x, wide),
                            true);
                });
        t.op(
                "isin(x1, x2, | assume_unique=False, invert=False)",
                a -> {
                    var xs = Kind.together(List.of(a.tensor("x1"), a.tensor("x2")));
                    var x = xs.get(0);
                    if (x.size() == 0 || xs.get(1).size() == 0) {
                        return Tensor.zeros(x.shape(), DType.BOOL);
                    }
                    var hits =
                            Reductions.any(
                                    Elements.equal(
                                            Movements.reshape(x, Shape.of(x.size(), 1)),
                                            ShapeOps.flat(xs.get(1))),
                                    false,
                                    1);
                    return Movements.reshape(
                            a.flag("invert") ? Elements.logicalNot(hits) : hits, x.shape());
                });
        t.op(
                        "unique(x, | sorted=True, return_index=False, return_inverse=False,"
                                + " return_counts=False, axis=None, size=None, fill_value=None)",
                        IndexOps::unique)
                .dynamicUnless("size");
        t.op("bincount(x, weights=None, | minlength=0, sparse=False)", IndexOps::bincount)
                .dynamic();
        t.op(
                "unravel_index(indices, | shape)",
                a -> {
                    var shape = a.shape("shape");
                    var rest = a.tensor("indices");
                    var negative = Elements.less(rest, Elements.zerosLike(rest));
                    rest = Elements.select(negative, rest.plus(shape.size()), rest);
                    var parts = new ArrayList<Tensor>();
                    for (int i = shape.rank() - 1; i >= 0; i--) {
                        var dim = Conversion.scalar((long) shape.dim(i), rest.dtype());
                        parts.addFirst(Elements.floorMod(rest, dim));
                        rest = Elements.floorDivide(rest, dim);
                    }
                    return parts;
                });
        t.op(
                "select(condlist, choicelist, default=0)",
                a -> {
                    var conditions = a.tensors("condlist");
                    var choices = a.items("choicelist");
                    if (conditions.size() != choices.size() || choices.isEmpty()) {
                        throw a.refused("choicelist", "must have a choice for each condition");
                    }
                    var all = new ArrayList<@Nullable Object>(choices);
                    all.add(a.value("default"));
                    var values = Kind.promoted(all.toArray());
                    var result = values.getLast();
                    for (int i = choices.size() - 1; i >= 0; i--) {
                        result = Elements.select(conditions.get(i), values.get(i), result);
                    }
                    return result;
                });
    }

    /** Indices that count from 0: negative ones count from the end. */
    static Tensor positions(Given a, String name, int size) {
        var indices = a.tensor(name);
        if (!indices.dtype().isInteger()) {
            if (indices.size() > 0) {
                indices = Elements.cast(indices, DType.INT32);
            } else {
                return Elements.cast(indices, DType.INT32);
            }
        }
        if (indices.dtype().isUnsigned()) {
            return indices;
        }
        var wide = indices.dtype().bytes() < 4 ? Elements.cast(indices, DType.INT32) : indices;
        return Elements.select(
                Elements.less(wide, Elements.zerosLike(wide)), wide.plus((long) size), wide);
    }

    /** Positions of the smallest in ascending order, then of the rest in descending order. */
    private static Tensor partition(Tensor x, int kth, int axis) {
        int n = x.shape().dim(axis);
        int count = Math.clamp(kth, 0, Math.max(n - 1, 0)) + 1;
        var order = Sorting.argsort(x, axis);
        if (count >= n) {
            return order;
        }
        var rest = Movements.sliceAxis(order, axis, count, n);
        var turned = Sorting.argsort(Indexing.takeAlongAxis(x, rest, axis), axis, true);
        return Movements.concat(
                List.of(
                        Movements.sliceAxis(order, axis, 0, count),
                        Indexing.takeAlongAxis(rest, turned, axis)),
                axis);
    }

    private static Tensor sort(Tensor x, @Nullable Integer axis) {
        return axis == null ? Sorting.sort(ShapeOps.flat(x), 0) : Sorting.sort(x, axis);
    }

    /** The positions of what is not zero, one vector per dimension. */
    static List<Tensor> nonzero(Tensor x) {
        var vectors = Elements.cast(Indexing.where(x), DType.INT32);
        return IntStream.range(0, x.rank())
                .mapToObj(i -> Movements.squeeze(Movements.sliceAxis(vectors, 1, i, i + 1), 1))
                .toList();
    }

    private static Tensor getItem(Tensor x, @Nullable Object key) {
        if (key instanceof Tensor mask && mask.dtype() == DType.BOOL && mask.rank() > 0) {
            return Indexing.booleanMask(x, mask);
        }
        var entries = key instanceof List<?> list ? list : java.util.Arrays.asList(key);
        var slices = new ArrayList<Slice>();
        for (var entry : entries) {
            slices.add(
                    switch (entry) {
                        case null -> Slice.NEW_AXIS;
                        case Slice slice -> slice;
                        case Number number -> Slice.at(number.intValue());
                        case Map<?, ?> map
                                when map.containsKey("start") || map.containsKey("stop") ->
                                new Slice.Range(
                                        whole(map.get("start")),
                                        whole(map.get("stop")),
                                        java.util.Objects.requireNonNullElse(
                                                whole(map.get("step")), 1));
                        case Tensor index
                                when index.size() == 1
                                        && index.dtype().isInteger()
                                        && index.rank() == 0 ->
                                Slice.at(index.intValue());
                        default -> null;
                    });
        }
        if (slices.contains(null)) {
            if (entries.size() == 1 && entries.getFirst() instanceof Tensor index) {
                return Indexing.gather(x, index, 0);
            }
            throw new TensorException(
                    "argument 'key' must be made of integers, slices, None and the ellipsis, got "
                            + key);
        }
        return Indexing.get(x, slices);
    }

    private static @Nullable Integer whole(@Nullable Object number) {
        return number instanceof Number n ? (Integer) n.intValue() : null;
    }

    private static Object unique(Given a) {
        var x = a.tensor("x");
        var axis = a.axis("axis");
        var values = axis == null ? ShapeOps.flat(x) : x;
        int along = axis == null ? 0 : x.shape().axis(axis);
        var found =
                Sorting.unique(
                        values, along, a.flag("sorted"), a.has("size") ? a.size("size") : -1);
        var distinct = found.values();
        var first = found.first();
        var counts = found.counts();
        if (a.has("size") && first.size() > 0) {
            var more = Elements.less(first, Tensor.of(0));
            var fill =
                    a.has("fill_value")
                            ? Conversion.tensor(a.value("fill_value"), x.dtype())
                            : Movements.sliceAxis(distinct, along, 0, 1);
            var places = new int[distinct.rank()];
            Arrays.fill(places, 1);
            places[along] = first.size();
            distinct = Elements.select(Movements.reshape(more, places), fill, distinct);
            first = Elements.select(more, Movements.sliceAxis(first, 0, 0, 1), first);
        }
        var results = new ArrayList<Tensor>();
        results.add(distinct);
        if (a.flag("return_index")) {
            results.add(first);
        }
        if (a.flag("return_inverse")) {
            results.add(
                    axis == null ? Movements.reshape(found.inverse(), x.shape()) : found.inverse());
        }
        if (a.flag("return_counts")) {
            results.add(counts);
        }
        return results.size() == 1 ? results.getFirst() : results;
    }

    private static Tensor bincount(Given a) {
        var x = a.tensor("x");
        var numbers =
                x.dtype() == DType.INT32 || x.dtype() == DType.INT64
                        ? x
                        : Conversion.cast(x, DType.INT32);
        var weights = a.optional("weights");
        var dtype = weights == null ? DType.INT32 : Promotion.result(x.dtype(), weights.dtype());
        int length =
                Math.max(
                        a.size("minlength"),
                        numbers.size() == 0 ? 0 : numbers.max().intValue() + 1);
        var hot = Indexing.oneHot(numbers, length, -1, dtype);
        if (weights != null) {
            hot = hot.times(Movements.expandDims(Conversion.cast(weights, dtype), -1));
        }
        return Reductions.sum(hot, false, -2);
    }

    static Combine combine(@Nullable String reduction) {
        return switch (reduction) {
            case null -> Combine.UPDATE;
            case "add" -> Combine.ADD;
            case "max" -> Combine.MAX;
            case "min" -> Combine.MIN;
            case "mul" -> Combine.MULTIPLY;
            default ->
                    throw new TensorException(
                            "argument 'reduction' must be None, 'add', 'max', 'min' or 'mul', got '"
                                    + reduction
                                    + "'");
        };
    }

    static Tensor scatterUpdate(Given a) {
        var x = a.tensor("inputs");
        return Scattering.tensorScatter(
                combine(a.textOrNone("reduction")),
                x,
                a.tensor("indices"),
                Conversion.tensor(a.value("updates")));
    }
}
