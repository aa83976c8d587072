package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Ragged tensors from nested lists. */
final class RaggedLists {
    private RaggedLists() {}

    static RaggedTensor of(List<?> rows, @Nullable DType dtype, @Nullable Integer raggedRank) {
        return of(rows, dtype, raggedRank, null, DType.INT64);
    }

    /**
     * @param inner the shape of the flat values without their first dimension; null to work it out
     */
    static RaggedTensor of(
            List<?> rows,
            @Nullable DType dtype,
            @Nullable Integer raggedRank,
            @Nullable Shape inner,
            DType splits) {
        int scalars = scalarDepth(rows, 1);
        int depth = Math.max(scalars, emptyDepth(rows));
        int cuts =
                raggedRank != null
                        ? raggedRank
                        : inner != null ? depth - 1 - inner.rank() : depth - 1;
        if (cuts < 0 || scalars >= 0 && cuts >= scalars) {
            throw new TensorException(
                    "ragged: lists nested "
                            + depth
                            + " times can't have ragged rank "
                            + raggedRank);
        }
        var partitions = new ArrayList<RowPartition>();
        List<?> level = rows;
        for (int i = 0; i < cuts; i++) {
            var offsets = new Indices();
            offsets.accept(0);
            var next = new ArrayList<@Nullable Object>();
            for (var item : level) {
                if (!(item instanceof List<?> row)) {
                    throw new TensorException("ragged: scalars stand at different depths");
                }
                next.addAll(row);
                offsets.accept(next.size());
            }
            partitions.add(RowPartition.ofOffsets(offsets.toArray(), splits));
            level = next;
        }
        return RaggedTensor.of(flat(level, dtype, inner), partitions);
    }

    private static Tensor flat(List<?> items, @Nullable DType dtype, @Nullable Shape inner) {
        var dims = new Indices();
        var scalars = new ArrayList<Object>();
        measure(items, 0, dims, scalars);
        var shape = Shape.of(dims.toArray());
        if (inner != null && (scalars.isEmpty() || !shape.slice(1, shape.rank()).equals(inner))) {
            if (!scalars.isEmpty()) {
                throw new TensorException(
                        "ragged: flat values of shape "
                                + shape
                                + " have not the inner shape "
                                + inner);
            }
            shape = inner.insert(0, items.size());
        }
        var type = dtype != null ? dtype : natural(scalars);
        var out = HostTensor.allocate(type, shape);
        for (int i = 0; i < scalars.size(); i++) {
            put(out, i, scalars.get(i));
        }
        return out;
    }

    /** The depth at which scalars stand, counted from 1; -1 if there are none. */
    private static int scalarDepth(List<?> items, int depth) {
        int found = -1;
        for (var item : items) {
            int here = item instanceof List<?> list ? scalarDepth(list, depth + 1) : depth;
            if (here >= 0) {
                if (found >= 0 && here != found) {
                    throw new TensorException("ragged: scalars stand at different depths");
                }
                found = here;
            }
        }
        return found;
    }

    private static int emptyDepth(List<?> items) {
        int deepest = 0;
        for (var item : items) {
            deepest = item instanceof List<?> list ? Math.max(deepest, emptyDepth(list)) : deepest;
        }
        return deepest + 1;
    }

    private static void measure(Object value, int level, Indices dims, List<Object> scalars) {
        if (!(value instanceof List<?> list)) {
            if (level != dims.size()) {
                throw new TensorException(
                        "ragged: lists below the ragged dimensions differ in length");
            }
            scalars.add(value);
            return;
        }
        if (level == dims.size() && scalars.isEmpty()) {
            dims.accept(list.size());
        } else if (level >= dims.size() || dims.toArray()[level] != list.size()) {
            throw new TensorException("ragged: lists below the ragged dimensions differ in length");
        }
        for (var item : list) {
            measure(
                    java.util.Objects.requireNonNull(item, "null in a list"),
                    level + 1,
                    dims,
                    scalars);
        }
    }

    private static DType natural(List<Object> scalars) {
        DType found = null;
        for (var scalar : scalars) {
            var own =
                    switch (scalar) {
                        case Float _ -> DType.FLOAT32;
                        case Double _ -> DType.FLOAT64;
                        case Integer _ -> DType.INT32;
                        case Long _ -> DType.INT64;
                        case Short _ -> DType.INT16;
                        case Byte _ -> DType.INT8;
                        case Boolean _ -> DType.BOOL;
                        case String _ -> DType.STRING;
                        default ->
                                throw new TensorException(
                                        "ragged: "
                                                + scalar.getClass().getSimpleName()
                                                + " is no scalar of a tensor");
                    };
            if (found != null && own != found) {
                throw new TensorException(
                        "ragged: scalars of " + found + " and " + own,
                        "give the dtype, or write all alike");
            }
            found = own;
        }
        return found == null ? DType.FLOAT32 : found;
    }

    private static void put(HostTensor out, int i, Object scalar) {
        var dtype = out.dtype();
        switch (scalar) {
            case String text when dtype == DType.STRING ->
                    out.bytes()[i] = text.getBytes(StandardCharsets.UTF_8);
            case Boolean flag when dtype == DType.BOOL ->
                    Numbers.putLong(dtype, out.array(), i, flag ? 1 : 0);
            case Number number
                    when dtype.isDifferentiable()
                            || dtype.isInteger()
                                    && !(number instanceof Double)
                                    && !(number instanceof Float) -> {
                if (number instanceof Double || number instanceof Float) {
                    Numbers.put(dtype, out.array(), i, number.doubleValue());
                } else {
                    Numbers.putLong(dtype, out.array(), i, number.longValue());
                }
            }
            default -> throw new TensorException("ragged: " + scalar + " is no " + dtype);
        }
    }
}
