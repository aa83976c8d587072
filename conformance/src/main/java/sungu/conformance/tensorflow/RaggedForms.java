package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ragged.RaggedTensor;
import sungu.ragged.RowPartition;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorShape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Factories and accessors of ragged tensors, and their other forms. */
final class RaggedForms {
    private static final String CLASS = "tf.RaggedTensor.";

    private RaggedForms() {}

    static void rows(TfOperation.Table table) {
        factories(table);
        accessors(table);
        forms(table);
    }

    private static void factories(TfOperation.Table table) {
        table.row(
                CLASS + "from_row_splits(values, row_splits)",
                a -> RaggedTensor.fromRowSplits(a.ragged("values"), a.tensor("row_splits")));
        table.row(
                CLASS + "from_row_lengths(values, row_lengths)",
                a -> RaggedTensor.fromRowLengths(a.ragged("values"), a.tensor("row_lengths")));
        table.row(
                CLASS + "from_row_starts(values, row_starts)",
                a -> RaggedTensor.fromRowStarts(a.ragged("values"), a.tensor("row_starts")));
        table.row(
                CLASS + "from_row_limits(values, row_limits)",
                a -> RaggedTensor.fromRowLimits(a.ragged("values"), a.tensor("row_limits")));
        table.row(
                CLASS + "from_value_rowids(values, value_rowids, nrows)",
                a ->
                        RaggedTensor.fromRowIds(
                                a.ragged("values"),
                                a.tensor("value_rowids"),
                                a.has("nrows") ? (Long) a.whole("nrows") : null));
        table.row(
                CLASS + "from_uniform_row_length(values, uniform_row_length, nrows)",
                a ->
                        RaggedTensor.fromUniformRowLength(
                                a.ragged("values"),
                                a.integer("uniform_row_length"),
                                a.has("nrows") ? (Integer) a.integer("nrows") : null));
        table.row(
                CLASS + "from_nested_row_splits(flat_values, nested_row_splits)",
                a ->
                        RaggedTensor.fromNestedRowSplits(
                                a.tensor("flat_values"), a.tensors("nested_row_splits")));
        table.row(
                CLASS + "from_nested_row_lengths(flat_values, nested_row_lengths)",
                a ->
                        RaggedTensor.fromNestedRowLengths(
                                a.tensor("flat_values"), a.tensors("nested_row_lengths")));
        table.row(
                CLASS + "from_nested_value_rowids(flat_values, nested_value_rowids)",
                a ->
                        RaggedTensor.fromNestedRowIds(
                                a.tensor("flat_values"), a.tensors("nested_value_rowids")));
        table.row(
                CLASS + "from_tensor(tensor, lengths, padding, ragged_rank, row_splits_dtype)",
                a -> {
                    if (a.has("lengths") && a.has("padding")) {
                        throw a.wrong("padding", "None where lengths are given");
                    }
                    var x = a.tensor("tensor");
                    int rank = a.integer("ragged_rank", 1);
                    RaggedTensor cut;
                    if (a.value("lengths") instanceof List<?> list
                            && !list.isEmpty()
                            && !(list.getFirst() instanceof Long)) {
                        cut = RaggedTensor.fromTensor(x, a.tensors("lengths"));
                    } else if (a.has("lengths")) {
                        cut = RaggedTensor.fromTensor(x, a.tensor("lengths", DType.INT64), rank);
                    } else if (a.has("padding")) {
                        cut = RaggedTensor.fromPadded(x, a.tensor("padding", x.dtype()), rank);
                    } else {
                        cut = RaggedTensor.fromTensor(x, rank);
                    }
                    return cut.withRowSplitsDtype(a.dtype("row_splits_dtype", DType.INT64));
                });
        table.row(
                CLASS + "from_sparse(st_input, row_splits_dtype)",
                a ->
                        RaggedTensor.fromSparse(a.sparse("st_input"))
                                .withRowSplitsDtype(a.dtype("row_splits_dtype", DType.INT64)));
        table.row(
                "tf.ragged.constant(pylist, dtype, ragged_rank, inner_shape, row_splits_dtype)",
                a -> {
                    var items = a.list("pylist");
                    var dtype = a.has("dtype") ? a.dtype("dtype", DType.FLOAT32) : natural(items);
                    var java = java(items);
                    var cut =
                            a.has("ragged_rank")
                                    ? RaggedTensor.ofLists(java, dtype, a.integer("ragged_rank"))
                                    : RaggedTensor.ofLists(java, dtype);
                    return cut.withRowSplitsDtype(a.dtype("row_splits_dtype", DType.INT64));
                });
        table.row(
                "tf.ragged.row_splits_to_segment_ids(splits, out_type)",
                a -> {
                    var splits = a.tensor("splits", DType.INT64);
                    return RowPartition.idsOfSplits(splits)
                            .cast(a.dtype("out_type", splits.dtype()));
                });
        table.row(
                "tf.ragged.segment_ids_to_row_splits(segment_ids, num_segments, out_type)",
                a -> {
                    var ids = a.tensor("segment_ids", DType.INT64);
                    return RowPartition.splitsOfIds(
                                    ids,
                                    a.has("num_segments") ? (Long) a.whole("num_segments") : null)
                            .cast(a.dtype("out_type", ids.dtype()));
                });
    }

    /** Python's numbers as TensorFlow takes them: float32 if one is a float, else int32. */
    private static DType natural(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> {
                var all = list.stream().map(RaggedForms::natural).toList();
                yield all.contains(DType.STRING)
                        ? DType.STRING
                        : all.contains(DType.BOOL)
                                ? DType.BOOL
                                : all.contains(DType.FLOAT32) && !empty(list)
                                        ? DType.FLOAT32
                                        : all.contains(DType.INT32) ? DType.INT32 : DType.FLOAT32;
            }
            case Long _ -> DType.INT32;
            case Boolean _ -> DType.BOOL;
            case String _ -> DType.STRING;
            case byte[] _ -> DType.STRING;
            case null, default -> DType.FLOAT32;
        };
    }

    private static boolean empty(List<?> list) {
        return list.stream()
                .noneMatch(item ->
                        item instanceof List<?> inner
                                ? !empty(inner) && hasFloat(inner)
                                : item instanceof Double);
    }

    private static boolean hasFloat(List<?> list) {
        return list.stream()
                .anyMatch(item ->
                        item instanceof List<?> inner ? hasFloat(inner) : item instanceof Double);
    }

    private static List<?> java(List<?> list) {
        var out = new ArrayList<@Nullable Object>();
        for (var item : list) {
            out.add(
                    switch (item) {
                        case List<?> inner -> java(inner);
                        case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
                        case null, default -> item;
                    });
        }
        return out;
    }

    private static void accessors(TfOperation.Table table) {
        accessor(table, "dtype", x -> x.dtype());
        accessor(table, "flat_values", RaggedTensor::flatValues);
        accessor(table, "values", RaggedTensor::values);
        accessor(table, "row_splits", x -> x.rowPartition().splits());
        accessor(table, "ragged_rank", x -> x.raggedRank());
        accessor(table, "shape", x -> new TensorShape(x.shape()));
        accessor(table, "get_shape", x -> new TensorShape(x.shape()));
        accessor(table, "row_starts", x -> x.rowPartition().starts());
        accessor(table, "row_limits", x -> x.rowPartition().limits());
        accessor(table, "value_rowids", x -> x.rowPartition().rowIds());
        accessor(table, "nested_row_splits", RaggedTensor::nestedRowSplits);
        accessor(
                table,
                "nested_row_lengths",
                x -> x.partitions().stream().map(RowPartition::lengths).toList());
        accessor(
                table,
                "nested_value_rowids",
                x -> x.partitions().stream().map(RowPartition::rowIds).toList());
        accessor(
                table,
                "uniform_row_length",
                x -> {
                    int length = x.rowPartition().uniformLength();
                    return length < 0 ? null : Tensor.of((long) length).cast(x.rowSplitsDtype());
                });
        table.row(
                CLASS + "nrows(self, out_type)",
                a -> {
                    var x = a.ragged("self");
                    return Tensor.of((long) x.rows()).cast(a.dtype("out_type", x.rowSplitsDtype()));
                });
        table.row(
                CLASS + "row_lengths(self, axis)",
                a -> a.ragged("self").rowLengths(a.integer("axis", 1)));
        table.row(
                CLASS + "bounding_shape(self, axis, out_type)",
                a -> {
                    var x = a.ragged("self");
                    var dims =
                            Tensor.ofInts(x.boundingShape().dims())
                                    .cast(a.dtype("out_type", x.rowSplitsDtype()));
                    return a.has("axis")
                            ? sungu.ops.Indexing.gather(dims, a.tensor("axis"), 0)
                            : dims;
                });
        table.row(
                CLASS + "with_row_splits_dtype(self, dtype)",
                a -> a.ragged("self").withRowSplitsDtype(a.dtype("dtype", DType.INT64)));
        table.row(
                CLASS + "with_values(self, new_values)",
                a -> RaggedTensor.of(a.ragged("new_values"), a.ragged("self").rowPartition()));
        table.row(
                CLASS + "with_flat_values(self, new_values)",
                a -> a.ragged("self").withFlatValues(a.tensor("new_values")));
        table.row(
                CLASS + "merge_dims(self, outer_axis, inner_axis)",
                a ->
                        sungu.ragged.RaggedShapes.mergeDims(
                                a.ragged("self"),
                                a.integer("outer_axis"),
                                a.integer("inner_axis")));
    }

    private interface Accessor {
        @Nullable Object get(RaggedTensor x);
    }

    private static void accessor(TfOperation.Table table, String name, Accessor accessor) {
        table.row(CLASS + name + "(self)", a -> accessor.get(a.ragged("self")));
    }

    private static void forms(TfOperation.Table table) {
        table.row(
                CLASS + "to_tensor(self, default_value, shape)",
                a -> {
                    var x = a.ragged("self");
                    return x.toTensor(
                            a.has("default_value") ? filler(a, x.dtype()) : null,
                            RaggedOps.shape(a, "shape"));
                });
        table.row(CLASS + "to_sparse(self)", a -> a.ragged("self").toSparse());
        table.row(CLASS + "to_list(self)", a -> bytes(a.ragged("self").toList()));
        table.row(CLASS + "numpy(self)", a -> numpy(a.ragged("self")));
    }

    private static Tensor filler(TfArguments a, DType dtype) {
        return a.value("default_value") instanceof Boolean flag
                ? Tensor.full(Shape.SCALAR, flag ? 1 : 0, dtype)
                : a.tensor("default_value", dtype);
    }

    private static Object bytes(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(RaggedForms::bytes).toList();
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> value;
        };
    }

    /** Rows as tensors in lists; rows of one length as a single tensor. */
    private static Object numpy(RaggedTensor x) {
        if (x.raggedRank() == 0) {
            return x.flatValues();
        }
        var lengths = x.rowPartition().lengths().toInts();
        if (x.raggedRank() == 1 && java.util.Arrays.stream(lengths).distinct().count() <= 1) {
            return x.toTensor();
        }
        var rows = new ArrayList<Object>();
        for (int i = 0; i < lengths.length; i++) {
            rows.add(numpy(x.get(i)));
        }
        return rows;
    }
}
