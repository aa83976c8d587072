package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.primitive.Reduce.Fold;
import sungu.ragged.RaggedElements;
import sungu.ragged.RaggedIndexing;
import sungu.ragged.RaggedMath;
import sungu.ragged.RaggedReductions;
import sungu.ragged.RaggedShapes;
import sungu.ragged.RaggedTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorShape;

import java.util.ArrayList;
import java.util.List;

/** Functions of which an argument is ragged. */
final class RaggedOps {
    private static final Class<?> RAGGED = RaggedTensor.class;

    private RaggedOps() {}

    static void rows(TfOperation.Table table) {
        elementwise(table);
        reductions(table);
        indexing(table);
        shapes(table);
        math(table);
    }

    private static void elementwise(TfOperation.Table table) {
        ElementwiseOps.UNARY.forEach((signature, operation) -> {
            var name = ElementwiseOps.parameters(signature).getFirst();
            table.row(signature, RAGGED, a -> RaggedElements.map(operation, a.ragged(name)));
        });
        ElementwiseOps.BINARY.forEach((signature, operation) ->
                table.row(
                        signature,
                        RAGGED,
                        a -> RaggedElements.binary(operation, operand(a, "x"), operand(a, "y"))));
        table.row(
                "tf.RaggedTensor.__abs__(self)",
                a -> RaggedElements.map(Elements::abs, a.ragged("self")));
        table.row(
                "tf.RaggedTensor.__neg__(self)",
                a -> RaggedElements.map(Elements::negate, a.ragged("self")));
        table.row(
                "tf.RaggedTensor.__invert__(self)",
                a -> RaggedElements.map(Elements::logicalNot, a.ragged("self")));
        table.row(
                "tf.RaggedTensor.__mod__(self, y)",
                a ->
                        RaggedElements.binary(
                                Elements::floorMod, operand(a, "self"), operand(a, "y")));
        table.row(
                "tf.RaggedTensor.__truediv__(self, y)",
                a ->
                        RaggedElements.binary(
                                Elements::trueDivide, operand(a, "self"), operand(a, "y")));
        table.row(
                "tf.add_n(inputs)",
                RAGGED,
                a ->
                        a.list("inputs").stream()
                                .map(a::ragged)
                                .reduce(RaggedTensor::plus)
                                .orElseThrow());
        table.row(
                "tf.bitcast(input, type)",
                RAGGED,
                a -> a.ragged("input").map(x -> Elements.bitcast(x, a.dtype("type", x.dtype()))));
        table.row(
                "tf.cast(x, dtype)",
                RAGGED,
                a -> RaggedElements.cast(a.ragged("x"), a.dtype("dtype", DType.FLOAT32)));
        table.row(
                "tf.dtypes.saturate_cast(value, dtype)",
                RAGGED,
                a ->
                        a.ragged("value")
                                .map(x -> ElementwiseOps.saturate(x, a.dtype("dtype", x.dtype()))));
        table.row(
                "tf.clip_by_value(t, clip_value_min, clip_value_max)",
                RAGGED,
                a ->
                        a.ragged("t")
                                .map(x ->
                                        Elements.clip(
                                                x,
                                                a.tensor("clip_value_min", x.dtype()),
                                                a.tensor("clip_value_max", x.dtype()))));
        table.row(
                "tf.ragged.map_flat_values(op, args)",
                a -> {
                    var arguments = a.list("args");
                    var cut = new ArrayList<RaggedTensor>();
                    for (var argument : arguments) {
                        collect(argument, cut);
                    }
                    return RaggedElements.mapFlatValues(
                            flat -> a.call("op", replaced(arguments, flat.iterator())), cut);
                });
    }

    private static void collect(@Nullable Object argument, List<RaggedTensor> into) {
        switch (argument) {
            case RaggedTensor ragged -> into.add(ragged);
            case List<?> list -> list.forEach(item -> collect(item, into));
            case null, default -> {}
        }
    }

    private static List<@Nullable Object> replaced(
            List<?> arguments, java.util.Iterator<Tensor> flat) {
        var out = new ArrayList<@Nullable Object>();
        for (var argument : arguments) {
            out.add(
                    switch (argument) {
                        case RaggedTensor _ -> flat.next();
                        case List<?> list -> replaced(list, flat);
                        case null, default -> argument;
                    });
        }
        return out;
    }

    /** An operand; Python numbers take the dtype of the other one. */
    private static RaggedTensor operand(TfArguments a, String name) {
        return a.value(name) instanceof RaggedTensor ragged
                ? ragged
                : RaggedTensor.of(a.tensor(name, a.commonDtype("self", "x", "y")));
    }

    private static void reductions(TfOperation.Table table) {
        reduction(table, "tf.reduce_sum", RaggedReductions::sum);
        reduction(table, "tf.reduce_prod", RaggedReductions::product);
        reduction(table, "tf.reduce_max", RaggedReductions::max);
        reduction(table, "tf.reduce_min", RaggedReductions::min);
        reduction(table, "tf.reduce_mean", RaggedReductions::mean);
        reduction(table, "tf.reduce_any", RaggedReductions::any);
        reduction(table, "tf.reduce_all", RaggedReductions::all);
        reduction(table, "tf.math.reduce_variance", RaggedReductions::variance);
        reduction(table, "tf.math.reduce_std", RaggedReductions::standardDeviation);
        segment(table, "sum", (x, ids, n) -> RaggedReductions.segment(Fold.SUM, x, ids, n));
        segment(table, "prod", (x, ids, n) -> RaggedReductions.segment(Fold.PRODUCT, x, ids, n));
        segment(table, "max", (x, ids, n) -> RaggedReductions.segment(Fold.MAX, x, ids, n));
        segment(table, "min", (x, ids, n) -> RaggedReductions.segment(Fold.MIN, x, ids, n));
        segment(table, "mean", RaggedReductions::segmentMean);
        segment(table, "sqrt_n", RaggedReductions::segmentSqrtN);
    }

    private interface Reduction {
        RaggedTensor reduce(RaggedTensor x, boolean keep, int... axes);
    }

    private static void reduction(TfOperation.Table table, String name, Reduction reduction) {
        table.row(
                name + "(input_tensor, axis, keepdims)",
                RAGGED,
                a ->
                        reduction.reduce(
                                a.ragged("input_tensor"),
                                a.flag("keepdims", false),
                                a.integers("axis")));
    }

    private interface Segment {
        RaggedTensor fold(RaggedTensor data, RaggedTensor ids, int segments);
    }

    private static void segment(TfOperation.Table table, String name, Segment segment) {
        table.row(
                "tf.math.unsorted_segment_" + name + "(data, segment_ids, num_segments)",
                RAGGED,
                a ->
                        segment.fold(
                                a.ragged("data"),
                                a.ragged("segment_ids"),
                                a.integer("num_segments")));
    }

    private static void indexing(TfOperation.Table table) {
        table.row(
                "tf.RaggedTensor.__getitem__(self, key)",
                a -> RaggedIndexing.get(a.ragged("self"), slices(a)));
        table.row(
                "tf.gather(params, indices, axis, batch_dims)",
                a ->
                        RaggedIndexing.gather(
                                a.ragged("params"),
                                a.ragged("indices"),
                                a.integer("axis", a.integer("batch_dims", 0)),
                                a.integer("batch_dims", 0)));
        table.row(
                "tf.gather_nd(params, indices)",
                a -> RaggedIndexing.gatherNd(a.ragged("params"), a.ragged("indices")));
        table.row(
                "tf.ragged.boolean_mask(data, mask)",
                a -> RaggedIndexing.booleanMask(a.ragged("data"), a.ragged("mask")));
        table.row("tf.where(condition)", RAGGED, a -> RaggedIndexing.where(a.ragged("condition")));
        table.row(
                "tf.where(condition, x, y)",
                RAGGED,
                a ->
                        RaggedElements.select(
                                a.ragged("condition"), operand(a, "x"), operand(a, "y")));
    }

    private static List<Slice> slices(TfArguments a) {
        var key = a.value("key");
        var slices = new ArrayList<Slice>();
        for (var item : key instanceof List<?> list ? list : java.util.Arrays.asList(key)) {
            slices.add(
                    switch (item) {
                        case null -> Slice.NEW_AXIS;
                        case Slice slice -> slice;
                        case Long at -> Slice.at(Math.toIntExact(at));
                        case Tensor at -> Slice.at(at.intValue());
                        default ->
                                throw a.wrong("key", "integers, slices, newaxis or the ellipsis");
                    });
        }
        return slices;
    }

    private static void shapes(TfOperation.Table table) {
        table.row(
                "tf.concat(values, axis)",
                RAGGED,
                a -> RaggedShapes.concat(raggeds(a, "values"), a.integer("axis")));
        table.row(
                "tf.stack(values, axis)",
                RAGGED,
                a -> RaggedShapes.stack(raggeds(a, "values"), a.integer("axis", 0)));
        table.row(
                "tf.ragged.stack(values, axis)",
                a -> RaggedShapes.stack(raggeds(a, "values"), a.integer("axis", 0)));
        table.row(
                "tf.expand_dims(input, axis)",
                RAGGED,
                a -> RaggedShapes.expandDims(a.ragged("input"), a.integer("axis")));
        table.row(
                "tf.squeeze(input, axis)",
                RAGGED,
                a -> RaggedShapes.squeeze(a.ragged("input"), a.integers("axis")));
        table.row(
                "tf.tile(input, multiples)",
                RAGGED,
                a -> RaggedShapes.tile(a.ragged("input"), a.integers("multiples")));
        table.row(
                "tf.reverse(tensor, axis)",
                RAGGED,
                a -> RaggedShapes.reverse(a.ragged("tensor"), a.integers("axis")));
        table.row(
                "tf.split(value, num_or_size_splits, axis)",
                RAGGED,
                a ->
                        a.value("num_or_size_splits") instanceof Long parts
                                ? RaggedShapes.split(
                                        a.ragged("value"), parts.intValue(), a.integer("axis", 0))
                                : RaggedShapes.split(
                                        a.ragged("value"),
                                        a.integers("num_or_size_splits"),
                                        a.integer("axis", 0)));
        table.row(
                "tf.reshape(tensor, shape)",
                RAGGED,
                a -> {
                    var x = a.ragged("tensor");
                    if (a.integers("shape").length != 1) {
                        throw a.wrong("shape", "[-1] for a ragged tensor");
                    }
                    return RaggedShapes.mergeDims(x, 0, x.rank() - 1)
                            .flatValues()
                            .reshape(a.integers("shape"));
                });
        table.row("tf.rank(input)", RAGGED, a -> Tensor.of(a.ragged("input").rank()));
        table.row(
                "tf.size(input, out_type)",
                RAGGED,
                a ->
                        Tensor.of(a.ragged("input").flatValues().size())
                                .cast(a.dtype("out_type", DType.INT32)));
    }

    private static List<RaggedTensor> raggeds(TfArguments a, String name) {
        return a.list(name).stream().map(a::ragged).toList();
    }

    private static void math(TfOperation.Table table) {
        table.row(
                "tf.matmul(a, b, transpose_a, transpose_b)",
                RAGGED,
                a ->
                        RaggedMath.matmul(
                                a.ragged("a"),
                                a.ragged("b"),
                                a.flag("transpose_a", false),
                                a.flag("transpose_b", false)));
        table.row("tf.nn.softmax(logits)", RAGGED, a -> RaggedMath.softmax(a.ragged("logits")));
        table.row(
                "tf.cumsum(x, axis, exclusive, reverse)",
                RAGGED,
                a ->
                        RaggedMath.cumulativeSum(
                                a.ragged("x"),
                                a.integer("axis", 0),
                                a.flag("exclusive", false),
                                a.flag("reverse", false)));
        table.row(
                "tf.one_hot(indices, depth, on_value, off_value, axis, dtype)",
                RAGGED,
                a -> {
                    if (a.integer("axis", -1) != -1) {
                        throw a.wrong("axis", "-1 for ragged indices");
                    }
                    var dtype = a.dtype("dtype", DType.FLOAT32);
                    return RaggedMath.oneHot(
                            a.ragged("indices"),
                            a.integer("depth"),
                            Tensor.full(Shape.SCALAR, a.number("on_value", 1), dtype),
                            Tensor.full(Shape.SCALAR, a.number("off_value", 0), dtype));
                });
        table.row(
                "tf.ragged.range(starts, limits, deltas, dtype, row_splits_dtype)",
                a -> {
                    var wanted = a.has("dtype") ? a.dtype("dtype", DType.INT32) : null;
                    var starts = a.tensor("starts", wanted);
                    var dtype = starts.dtype();
                    var zero = Tensor.zeros(Shape.SCALAR, dtype);
                    return RaggedMath.range(
                            a.has("limits") ? starts : zero,
                            a.has("limits") ? a.tensor("limits", dtype) : starts,
                            a.has("deltas")
                                    ? a.tensor("deltas", dtype)
                                    : Tensor.ones(Shape.SCALAR, dtype),
                            a.dtype("row_splits_dtype", DType.INT64));
                });
        table.row(
                "tf.ragged.stack_dynamic_partitions(data, partitions, num_partitions)",
                a ->
                        RaggedMath.stackDynamicPartitions(
                                a.ragged("data"),
                                a.tensor("partitions"),
                                a.integer("num_partitions")));
    }

    /** A recorded shape, unknown dimensions included; null for None. */
    static @Nullable Shape shape(TfArguments a, String name) {
        var value = a.value(name);
        if (value == null || value instanceof TensorShape) {
            return value instanceof TensorShape shape ? shape.known() : null;
        }
        if (value instanceof Tensor tensor) {
            return Shape.of(tensor.toInts());
        }
        if (!(value instanceof List<?> list)) {
            throw new TensorException("argument '" + name + "' is no shape");
        }
        return Shape.of(
                list.stream()
                        .mapToInt(dim -> dim == null ? Shape.UNKNOWN : ((Number) dim).intValue())
                        .toArray());
    }
}
