package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.ops.Indexing;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The one way in which ragged tensors are rearranged: at each level positions are chosen, new
 * partitions follow, and in the end one gather of the flat values. Gradients flow through that
 * gather.
 */
final class Rows {
    private Rows() {}

    /**
     * Chooses the children of a row that has {@code length} of them: any positions in any order.
     */
    interface Children {
        void choose(int length, IntConsumer chosen);
    }

    /** Rows at these positions. */
    static RaggedTensor take(RaggedTensor x, int[] rows) {
        return rebuild(x, rows, List.of());
    }

    /**
     * Rows at these positions, with chosen children at each level.
     *
     * @param levels for each partition from the outermost what is chosen; null and levels that are
     *     not named keep all
     */
    static RaggedTensor rebuild(
            RaggedTensor x, int[] rows, List<? extends @Nullable Children> levels) {
        var map = rows;
        var partitions = new ArrayList<RowPartition>();
        for (int level = 0; level < x.raggedRank(); level++) {
            var partition = x.partitions().get(level);
            var choice = level < levels.size() ? levels.get(level) : null;
            if (choice == null && Indices.isIdentity(map, partition.rows())) {
                partitions.add(partition);
                map = Indices.range(0, partition.values());
                continue;
            }
            var from = partition.offsets();
            var offsets = new int[map.length + 1];
            var next = new Indices();
            for (int i = 0; i < map.length; i++) {
                int start = from[map[i]];
                int length = from[map[i] + 1] - start;
                if (choice == null) {
                    for (int k = 0; k < length; k++) {
                        next.accept(start + k);
                    }
                } else {
                    choice.choose(length, child -> next.accept(start + child));
                }
                offsets[i + 1] = next.size();
            }
            partitions.add(
                    RowPartition.ofOffsets(
                            offsets,
                            partition.dtype(),
                            uniform(partition.uniformLength(), choice)));
            map = next.toArray();
        }
        return RaggedTensor.of(gather(x.flatValues(), map), partitions);
    }

    private static int uniform(int before, @Nullable Children choice) {
        if (before < 0 || choice == null) {
            return before;
        }
        var count = new Indices();
        choice.choose(before, count);
        return count.size();
    }

    /** Rows of a dense tensor; the tensor itself if it is all of them in order. */
    static Tensor gather(Tensor flat, int[] positions) {
        return Indices.isIdentity(positions, flat.shape().dim(0))
                ? flat
                : Indexing.gather(flat, Indices.tensor(positions), 0);
    }

    /** The same tensor with at least that many partitions: dense dimensions become uniform ones. */
    static RaggedTensor cut(RaggedTensor x, int raggedRank) {
        if (x.raggedRank() >= raggedRank) {
            return x;
        }
        var partitions = new ArrayList<>(x.partitions());
        var flat = x.flatValues();
        while (partitions.size() < raggedRank) {
            int rows = flat.shape().dim(0);
            int length = flat.shape().dim(1);
            partitions.add(RowPartition.ofUniform(length, rows, x.rowSplitsDtype()));
            flat =
                    sungu.ops.Movements.reshape(
                            flat, flat.shape().slice(2, flat.rank()).insert(0, rows * length));
        }
        return RaggedTensor.of(flat, partitions);
    }

    /**
     * The same tensor with fewer partitions at its inner end: those that are all declared uniform
     * become dense dimensions.
     */
    static RaggedTensor dense(RaggedTensor x) {
        var partitions = new ArrayList<>(x.partitions());
        var flat = x.flatValues();
        while (!partitions.isEmpty() && partitions.getLast().uniformLength() >= 0) {
            var last = partitions.removeLast();
            flat =
                    sungu.ops.Movements.reshape(
                            flat,
                            flat.shape()
                                    .remove(0)
                                    .insert(0, last.uniformLength())
                                    .insert(0, last.rows()));
        }
        return RaggedTensor.of(flat, partitions);
    }

    /** A level of a shape: how many children each row has. */
    static int[] lengths(RowPartition partition) {
        var lengths = new int[partition.rows()];
        Arrays.setAll(lengths, partition::length);
        return lengths;
    }
}
