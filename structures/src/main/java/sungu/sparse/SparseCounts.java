package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.TreeMap;

/** How often numbers occur, as sparse counts. */
public final class SparseCounts {
    private SparseCounts() {}

    /** Which numbers are counted, and how. {@link #ALL} counts all as they are. */
    public record Bins(int least, @Nullable Integer most, boolean binary) {
        /** As many bins as the largest number needs. */
        public static final Bins ALL = new Bins(0, null, false);
    }

    /**
     * How often each number occurs, or the sum of its weights.
     *
     * @param x numbers that are not negative; for counts by row of rank 2
     * @param weights one per value; null counts in int64 for int64 numbers, else in int32
     * @param byRow whether rows are counted one by one
     * @return of shape {@code [bins]}, or {@code [rows, bins]}
     */
    public static SparseTensor bincount(
            SparseTensor x, @Nullable Tensor weights, boolean byRow, Bins bins) {
        if (!x.dtype().isInteger() || byRow && x.rank() > 2 || bins.binary && weights != null) {
            throw new TensorException(
                    "bincount: takes integers, by row of rank 2 at most, and no weights for binary"
                            + " counts; got "
                            + x.dtype()
                            + " of rank "
                            + x.rank());
        }
        if (weights != null && weights.size() != x.count()) {
            throw new TensorException(
                    "bincount: " + weights.size() + " weights for " + x.count() + " numbers");
        }
        boolean rows = byRow && x.rank() == 2;
        var numbers = x.values().toLongs();
        var at = x.positions();
        long limit = bins.most == null ? Long.MAX_VALUE : bins.most;
        long size = 1;
        var places = new TreeMap<Long, TreeMap<Long, Integer>>();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                throw new TensorException("bincount: negative number " + numbers[i]);
            }
            size = Math.max(size, numbers[i] + 1);
            if (numbers[i] < limit) {
                places.computeIfAbsent(rows ? at[2 * i] : 0L, row -> new TreeMap<>())
                        .put(numbers[i], 0);
            }
        }
        int next = 0;
        var out = new java.util.ArrayList<Long>();
        for (var row : places.entrySet()) {
            for (var bin : row.getValue().entrySet()) {
                bin.setValue(next++);
                if (rows) {
                    out.add(row.getKey());
                }
                out.add(bin.getKey());
            }
        }
        var ids = new int[numbers.length];
        for (int i = 0; i < ids.length; i++) {
            var row = places.get(rows ? at[2 * i] : 0L);
            ids[i] = row == null ? -1 : row.getOrDefault(numbers[i], -1);
        }
        var dtype = x.dtype() == DType.INT64 ? DType.INT64 : DType.INT32;
        var ones = Tensor.ones(Shape.of(numbers.length), dtype);
        var counts =
                bins.binary
                        ? Tensor.ones(Shape.of(next), dtype)
                        : Scattering.unsortedSegment(
                                Combine.ADD,
                                weights == null ? ones : weights.reshape(-1),
                                Tensor.ofInts(ids),
                                next);
        long width = bins.most != null ? bins.most : Math.max(size, bins.least);
        var indices = out.stream().mapToLong(i -> i).toArray();
        return rows
                ? Sparse.made(indices, counts, x.denseShape()[0], width)
                : Sparse.made(indices, counts, width);
    }
}
