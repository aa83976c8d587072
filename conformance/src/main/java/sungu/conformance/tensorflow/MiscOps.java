package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Histograms;
import sungu.ops.Indexing;
import sungu.ops.Norms;
import sungu.ops.Partitions;
import sungu.ops.Scattering;
import sungu.ops.Sorting;
import sungu.primitive.Scatter.Combine;
import sungu.sparse.EditDistance;
import sungu.sparse.IndexedSlices;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorShape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Partial shapes, indexed slices, segments, positions and what else stands beside structures. */
final class MiscOps {
    private MiscOps() {}

    static void rows(TfOperation.Table table) {
        shapes(table);
        slices(table);
        partitions(table);
        segments(table);
        positions(table);
    }

    // ---- partial shapes

    private static void shapes(TfOperation.Table table) {
        table.row(
                "tf.TensorShape(dims)",
                a ->
                        switch (a.value("dims")) {
                            case null -> TensorShape.UNKNOWN;
                            case TensorShape shape -> shape;
                            default -> partial(a, "dims");
                        });
        table.row("tf.TensorShape.rank(self)", a -> rank(shape(a, "self")));
        table.row("tf.TensorShape.ndims(self)", a -> rank(shape(a, "self")));
        table.row("tf.TensorShape.as_list(self)", a -> dims(shape(a, "self")));
        table.row("tf.TensorShape.num_elements(self)", a -> dim(shape(a, "self").elements()));
        table.row("tf.TensorShape.is_fully_defined(self)", a -> shape(a, "self").isFullyDefined());
        table.row(
                "tf.TensorShape.assert_is_fully_defined(self)",
                a -> nothing(shape(a, "self").require()));
        table.row(
                "tf.TensorShape.assert_has_rank(self, rank)",
                a -> nothing(shape(a, "self").withRank(a.integer("rank"))));
        table.row(
                "tf.TensorShape.with_rank(self, rank)",
                a -> shape(a, "self").withRank(a.integer("rank")));
        table.row(
                "tf.TensorShape.with_rank_at_least(self, rank)",
                a -> shape(a, "self").withRankAtLeast(a.integer("rank")));
        table.row(
                "tf.TensorShape.with_rank_at_most(self, rank)",
                a -> shape(a, "self").withRankAtMost(a.integer("rank")));
        table.row(
                "tf.TensorShape.concatenate(self, other)",
                a -> shape(a, "self").concatenate(shape(a, "other")));
        table.row(
                "tf.TensorShape.merge_with(self, other)",
                a -> shape(a, "self").mergeWith(shape(a, "other")));
        table.row(
                "tf.TensorShape.is_compatible_with(self, other)",
                a -> shape(a, "self").isCompatibleWith(shape(a, "other")));
        table.row(
                "tf.TensorShape.is_subtype_of(self, other)",
                a -> shape(a, "self").isSubtypeOf(shape(a, "other")));
        table.row(
                "tf.TensorShape.most_specific_compatible_shape(self, other)",
                a -> shape(a, "self").mostSpecificCompatible(shape(a, "other")));
        table.row(
                "tf.TensorShape.__eq__(self, other)",
                a -> shape(a, "self").equals(shape(a, "other")));
        table.row("tf.TensorShape.__getitem__(self, key)", MiscOps::item);
        table.row(
                "tf.broadcast_static_shape(shape_x, shape_y)",
                a -> TensorShape.broadcast(shape(a, "shape_x"), shape(a, "shape_y")));
        table.row(
                "tf.broadcast_dynamic_shape(shape_x, shape_y)",
                a ->
                        Tensor.of(
                                Shape.broadcast(
                                                Shape.of(a.integers("shape_x")),
                                                Shape.of(a.integers("shape_y")))
                                        .dims()));
    }

    private static TensorShape shape(TfArguments a, String name) {
        return a.value(name) instanceof TensorShape shape ? shape : partial(a, name);
    }

    private static TensorShape partial(TfArguments a, String name) {
        if (a.value(name) instanceof Tensor dims) {
            return TensorShape.of(dims.toInts());
        }
        var dims = a.value(name) instanceof Long dim ? List.of(dim) : a.list(name);
        return TensorShape.of(
                dims.stream()
                        .mapToInt(dim ->
                                switch (dim) {
                                    case null -> Shape.UNKNOWN;
                                    case Long known when known >= 0 -> Math.toIntExact(known);
                                    case Tensor known -> known.intValue();
                                    default -> throw a.wrong(name, "dimensions");
                                })
                        .toArray());
    }

    private static @Nullable Object rank(TensorShape shape) {
        return shape.hasRank() ? (Object) shape.rank() : null;
    }

    private static @Nullable Object dim(int dim) {
        return dim < 0 ? null : (Object) dim;
    }

    private static List<@Nullable Object> dims(TensorShape shape) {
        var dims = new ArrayList<@Nullable Object>();
        for (int dim : shape.dims()) {
            dims.add(dim(dim));
        }
        return dims;
    }

    private static @Nullable Object nothing(Object unused) {
        return null;
    }

    private static @Nullable Object item(TfArguments a) {
        var shape = shape(a, "self");
        return a.value("key") instanceof Slice.Range range
                ? shape.slice(range.start(), range.stop(), range.step())
                : dim(shape.dim(a.integer("key")));
    }

    // ---- indexed slices

    private static void slices(TfOperation.Table table) {
        table.row(
                "tf.IndexedSlices(values, indices, dense_shape)",
                a ->
                        new IndexedSlices(
                                a.tensor("values"),
                                a.tensor("indices"),
                                a.has("dense_shape") ? Shape.of(a.integers("dense_shape")) : null));
        table.row("tf.IndexedSlices.dtype(self)", a -> slices(a, "self").dtype());
        table.row(
                "tf.IndexedSlices.shape(self)",
                a -> new TensorShape(slices(a, "self").denseShape()));
        table.row(
                "tf.clip_by_value(t, clip_value_min, clip_value_max)",
                a ->
                        onValues(
                                a,
                                x ->
                                        Elements.clip(
                                                x,
                                                a.tensor("clip_value_min", x.dtype()),
                                                a.tensor("clip_value_max", x.dtype()))));
        table.row(
                "tf.clip_by_norm(t, clip_norm, axes)",
                a ->
                        onValues(
                                a,
                                x ->
                                        Norms.clipByNorm(
                                                x, a.number("clip_norm", 1), a.integers("axes"))));
        table.row(
                "tf.linalg.global_norm(t_list)",
                a ->
                        Norms.globalNorm(
                                a.list("t_list").stream()
                                        .map(item ->
                                                item instanceof IndexedSlices slices
                                                        ? slices.values()
                                                        : a.convert(item, null))
                                        .toList()));
    }

    private static IndexedSlices slices(TfArguments a, String name) {
        if (a.value(name) instanceof IndexedSlices slices) {
            return slices;
        }
        throw a.wrong(name, "indexed slices");
    }

    private static Object onValues(TfArguments a, UnaryOperator<Tensor> operation) {
        return a.value("t") instanceof IndexedSlices slices
                ? slices.map(operation)
                : operation.apply(a.tensor("t"));
    }

    // ---- partitions

    private static void partitions(TfOperation.Table table) {
        table.row(
                "tf.dynamic_partition(data, partitions, num_partitions)",
                a ->
                        Partitions.dynamicPartition(
                                a.tensor("data"),
                                a.tensor("partitions"),
                                a.integer("num_partitions")));
        table.row(
                "tf.dynamic_stitch(indices, data)",
                a -> Partitions.dynamicStitch(a.tensors("indices"), a.tensors("data")));
        table.row(
                "tf.math.invert_permutation(x)", a -> Partitions.invertPermutation(a.tensor("x")));
        table.row(
                "tf.unravel_index(indices, dims)",
                a -> Partitions.unravelIndex(a.tensor("indices"), Shape.of(a.integers("dims"))));
        table.row(
                "tf.sequence_mask(lengths, maxlen, dtype)",
                a -> {
                    if (a.value("maxlen") instanceof Tensor size && size.rank() > 0) {
                        throw a.wrong("maxlen", "a scalar");
                    }
                    return Partitions.sequenceMask(a.tensor("lengths"), a.integer("maxlen", -1))
                            .cast(a.dtype("dtype", DType.BOOL));
                });
        table.row(
                "tf.meshgrid(args, indexing)",
                a -> Partitions.meshgrid(a.tensors("args"), a.text("indexing", "xy").equals("ij")));
        table.row(
                "tf.histogram_fixed_width(values, value_range, nbins, dtype)",
                a ->
                        Histograms.fixedWidth(
                                a.tensor("values"),
                                a.tensor("value_range", a.tensor("values").dtype()),
                                a.integer("nbins", 100),
                                a.dtype("dtype", DType.INT32)));
        table.row(
                "tf.histogram_fixed_width_bins(values, value_range, nbins, dtype)",
                a ->
                        Histograms.fixedWidthBins(
                                a.tensor("values"),
                                a.tensor("value_range", a.tensor("values").dtype()),
                                a.integer("nbins", 100)));
        table.row(
                "tf.edit_distance(hypothesis, truth, normalize)",
                a ->
                        EditDistance.between(
                                a.sparse("hypothesis"),
                                a.sparse("truth"),
                                a.flag("normalize", true)));
        table.row(
                "tf.unique(x, out_idx)",
                a -> {
                    var found = Sorting.unique(vector(a), false);
                    var index = a.dtype("out_idx", DType.INT32);
                    return List.of(found.values(), found.inverse().cast(index));
                });
        table.row(
                "tf.unique_with_counts(x, out_idx)",
                a -> {
                    var found = Sorting.unique(vector(a), false);
                    var index = a.dtype("out_idx", DType.INT32);
                    return List.of(
                            found.values(),
                            found.inverse().cast(index),
                            found.counts().cast(index));
                });
    }

    private static Tensor vector(TfArguments a) {
        var x = a.tensor("x");
        if (x.rank() != 1) {
            throw a.wrong("x", "a vector");
        }
        return x;
    }

    // ---- segments

    private static void segments(TfOperation.Table table) {
        var kinds = List.of(Combine.ADD, Combine.MULTIPLY, Combine.MIN, Combine.MAX);
        var names = List.of("sum", "prod", "min", "max");
        for (int i = 0; i < kinds.size(); i++) {
            var combine = kinds.get(i);
            table.row(
                    "tf.math.segment_" + names.get(i) + "(data, segment_ids)",
                    a -> Scattering.segment(combine, a.tensor("data"), a.tensor("segment_ids")));
            table.row(
                    "tf.math.unsorted_segment_"
                            + names.get(i)
                            + "(data, segment_ids, num_segments)",
                    Tensor.class,
                    a ->
                            Scattering.unsortedSegment(
                                    combine,
                                    a.tensor("data"),
                                    a.tensor("segment_ids"),
                                    a.integer("num_segments")));
        }
        table.row(
                "tf.math.segment_mean(data, segment_ids)",
                a -> Scattering.segmentMean(a.tensor("data"), a.tensor("segment_ids")));
        table.row(
                "tf.math.unsorted_segment_mean(data, segment_ids, num_segments)",
                a ->
                        Scattering.unsortedSegmentMean(
                                a.tensor("data"),
                                a.tensor("segment_ids"),
                                a.integer("num_segments")));
        table.row(
                "tf.math.unsorted_segment_sqrt_n(data, segment_ids, num_segments)",
                a ->
                        Scattering.unsortedSegmentSqrtN(
                                a.tensor("data"),
                                a.tensor("segment_ids"),
                                a.integer("num_segments")));
    }

    // ---- positions

    private static void positions(TfOperation.Table table) {
        table.row(
                "tf.gather(params, indices, axis, batch_dims)",
                a ->
                        Indexing.gather(
                                a.tensor("params"),
                                a.tensor("indices"),
                                a.integer("axis", 0),
                                a.integer("batch_dims", 0)));
        table.row(
                "tf.strided_slice(input_, begin, end, strides, begin_mask, end_mask,"
                        + " ellipsis_mask, new_axis_mask, shrink_axis_mask)",
                a -> {
                    var begin = a.integers("begin");
                    var ones = new int[begin.length];
                    Arrays.fill(ones, 1);
                    return Indexing.stridedSlice(
                            a.tensor("input_"),
                            begin,
                            a.integers("end"),
                            a.has("strides") ? a.integers("strides") : ones,
                            new Indexing.Masks(
                                    a.integer("begin_mask", 0),
                                    a.integer("end_mask", 0),
                                    a.integer("ellipsis_mask", 0),
                                    a.integer("new_axis_mask", 0),
                                    a.integer("shrink_axis_mask", 0)));
                });
        table.row(
                "tf.scatter_nd(indices, updates, shape)",
                a ->
                        Scattering.scatterNd(
                                a.tensor("indices"),
                                a.tensor("updates"),
                                Shape.of(a.integers("shape"))));
        scatter(table, "add", Combine.ADD);
        scatter(table, "max", Combine.MAX);
        scatter(table, "min", Combine.MIN);
        scatter(table, "update", Combine.UPDATE);
        table.row(
                "tf.tensor_scatter_nd_sub(tensor, indices, updates)",
                a ->
                        Scattering.tensorScatterSubtract(
                                a.tensor("tensor"), a.tensor("indices"), a.tensor("updates")));
    }

    private static void scatter(TfOperation.Table table, String name, Combine combine) {
        table.row(
                "tf.tensor_scatter_nd_" + name + "(tensor, indices, updates)",
                a ->
                        Scattering.tensorScatter(
                                combine,
                                a.tensor("tensor"),
                                a.tensor("indices"),
                                a.tensor("updates")));
    }
}
