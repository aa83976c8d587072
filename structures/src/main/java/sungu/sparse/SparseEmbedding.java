package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.stream.IntStream;

/** Rows of an embedding table looked up by sparse ids and combined for each row of ids. */
public final class SparseEmbedding {
    /** How the embeddings of one row are combined. */
    public enum Combiner {
        /** The weighted sum. */
        SUM,
        /** The weighted sum by the sum of the weights. */
        MEAN,
        /** The weighted sum by the root of the sum of the squared weights. */
        SQRT_N
    }

    private SparseEmbedding() {}

    /**
     * The combined embeddings of each row of ids; a row without ids gives zeros, and those after
     * the last one with ids are left out.
     *
     * @param table one embedding per id
     * @param ids of rank 2
     * @param weights at the same indices; null for ones
     * @param maxNorm to which length longer embeddings are shortened; null for any
     */
    public static Tensor lookup(
            Tensor table,
            SparseTensor ids,
            @Nullable SparseTensor weights,
            Combiner combiner,
            @Nullable Double maxNorm) {
        var at = rows(ids);
        int rows = at.length == 0 ? 0 : at[at.length - 1] + 1;
        return combined(table, ids, weights, combiner, maxNorm, at, rows);
    }

    /**
     * As {@link #lookup}, with a result for every row: ids that are negative and values whose
     * weight is not positive are left out.
     *
     * @param empty the id that stands for rows without any; null for zeros
     */
    public static Tensor safeLookup(
            Tensor table,
            SparseTensor ids,
            @Nullable SparseTensor weights,
            Combiner combiner,
            @Nullable Integer empty,
            @Nullable Double maxNorm) {
        int rank = ids.rank();
        if (rank < 1) {
            throw new TensorException("embedding: ids of rank " + rank);
        }
        long outer = 1;
        for (int d = 0; d < rank - 1; d++) {
            outer *= ids.denseShape()[d];
        }
        var flat = Sparse.reshape(ids, outer, ids.denseShape()[rank - 1]);
        var numbers = flat.values().toLongs();
        var heavy = weights == null ? null : weights.values().toDoubles();
        var kept =
                IntStream.range(0, numbers.length)
                        .filter(i ->
                                numbers[i] >= 0
                                        && (heavy == null
                                                || combiner == Combiner.SUM
                                                || heavy[i] > 0))
                        .toArray();
        var chosen = Sparse.keep(flat, kept);
        var own = weights == null ? null : chosen.withValues(Sparse.pick(weights.values(), kept));
        int rows = Math.toIntExact(outer);
        var at = rows(chosen);
        var found = combined(table, chosen, own, combiner, maxNorm, at, rows);
        var present = new byte[rows];
        for (int row : at) {
            present[row] = 1;
        }
        if (empty != null) {
            var mask =
                    Movements.reshape(
                            new sungu.tensor.HostTensor(DType.BOOL, Shape.of(rows), present),
                            rows,
                            1);
            var filler = clipped(Movements.expandDims(table.get((int) empty), 0), maxNorm);
            found = Elements.select(mask, found, filler);
        }
        var dims = new int[rank];
        for (int d = 0; d < rank - 1; d++) {
            dims[d] = Math.toIntExact(ids.denseShape()[d]);
        }
        dims[rank - 1] = table.shape().dim(-1);
        return Movements.reshape(found, Shape.of(dims));
    }

    private static int[] rows(SparseTensor ids) {
        if (ids.rank() != 2 || !ids.dtype().isInteger()) {
            throw new TensorException(
                    "embedding: ids must be integers of rank 2, got "
                            + ids.dtype()
                            + " of rank "
                            + ids.rank());
        }
        var at = ids.positions();
        return IntStream.range(0, ids.count()).map(i -> (int) at[2 * i]).toArray();
    }

    private static Tensor combined(
            Tensor table,
            SparseTensor ids,
            @Nullable SparseTensor weights,
            Combiner combiner,
            @Nullable Double maxNorm,
            int[] at,
            int rows) {
        var found = clipped(Indexing.gather(table, ids.values(), 0), maxNorm);
        if (weights != null && weights.count() != ids.count()) {
            throw new TensorException(
                    "embedding: " + weights.count() + " weights for " + ids.count() + " ids");
        }
        var each =
                weights == null
                        ? Tensor.ones(Shape.of(ids.count()), table.dtype())
                        : weights.values();
        var segments = Tensor.ofInts(at);
        var sums =
                Scattering.unsortedSegment(
                        Combine.ADD, found.times(Movements.expandDims(each, 1)), segments, rows);
        if (combiner == Combiner.SUM) {
            return sums;
        }
        var total =
                Scattering.unsortedSegment(
                        Combine.ADD,
                        combiner == Combiner.MEAN ? each : each.square(),
                        segments,
                        rows);
        var divisor = Movements.expandDims(combiner == Combiner.MEAN ? total : total.sqrt(), 1);
        return Elements.divideNoNan(sums, divisor);
    }

    private static Tensor clipped(Tensor rows, @Nullable Double maxNorm) {
        if (maxNorm == null) {
            return rows;
        }
        var norms = sungu.ops.Reductions.sum(rows.square(), true, -1).sqrt();
        var limit = Elements.weak(maxNorm, rows);
        return rows.times(limit).div(Elements.maximum(norms, limit));
    }
}
