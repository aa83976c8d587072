package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** Rows of arrays, cut in batches, in order or shuffled anew for each pass. */
final class Batches {
    /** Up to so many entries a row is copied one by one: calls cost more. */
    private static final int FEW = 8;

    private final StepData all;
    private final HostTensor[] leaves;

    /** Per leaf the entries of a row. */
    private final int[] widths;

    private final int rows;
    private final int batchSize;
    private int @Nullable [] order;

    /** The tensors of batches, for one after the other; the last batch may have its own. */
    private Tensor @Nullable [] whole;

    private Tensor @Nullable [] last;

    Batches(Tensors x, @Nullable Tensors y, @Nullable Tensors weights, int batchSize) {
        rows = rows(x, y, weights);
        this.batchSize = batchSize;
        all = new StepData(x, y, weights);
        var flat = all.leaves();
        leaves = new HostTensor[flat.length];
        widths = new int[flat.length];
        for (int i = 0; i < flat.length; i++) {
            leaves[i] = flat[i].host();
            widths[i] = leaves[i].size() / rows * leaves[i].dtype().lanes();
        }
    }

    /** The number of rows that all of the data has. */
    static int rows(Tensors x, @Nullable Tensors y, @Nullable Tensors weights) {
        if (y == null && weights == null && x instanceof Tensors.Leaf(Tensor only)) {
            int own = only.rank() == 0 ? 0 : only.shape().dim(0);
            if (own > 0) {
                return own;
            }
        }
        int rows = -1;
        var all = List.of(new StepData(x, y, weights).leaves());
        for (var tensor : all) {
            if (tensor.rank() == 0) {
                throw new TensorException("data must have rows, got a scalar " + tensor.type());
            }
            int n = tensor.shape().dim(0);
            if (rows >= 0 && n != rows) {
                throw new TensorException(
                        "data cardinality is ambiguous: "
                                + all.stream().map(t -> t.type().toString()).toList(),
                        "all inputs, targets and weights must have the same number of rows");
            }
            rows = n;
        }
        if (rows < 1) {
            throw new TensorException("data has no rows");
        }
        return rows;
    }

    /** The data; batches have its form. */
    StepData form() {
        return all;
    }

    int steps() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** The row numbers shuffled by a seed; the array is the same each time. */
    int[] shuffled(long seed) {
        var numbers = order;
        if (numbers == null) {
            numbers = new int[rows];
            order = numbers;
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        shuffle(numbers, seed);
        return numbers;
    }

    /**
     * Exchanges each number with one before it, by SplitMix64 (Steele, Lea, Flood: Fast splittable
     * pseudorandom number generators, 2014).
     */
    private static void shuffle(int[] numbers, long seed) {
        long state = seed;
        for (int i = numbers.length - 1; i > 0; i--) {
            state += 0x9E3779B97F4A7C15L;
            long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            int j = (int) (((z ^ z >>> 31) >>> 32) * (i + 1) >>> 32);
            int exchanged = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = exchanged;
        }
    }

    /** A batch, as a structure of the data's form. */
    StepData batch(int step) {
        return all.with(leaves(step, null, false));
    }

    /**
     * The tensors of a batch: inputs, targets, weights.
     *
     * @param order the numbers of the rows; null for those of the data
     * @param again whether they may be those of an earlier call, with other numbers in them
     */
    Tensor[] leaves(int step, int @Nullable [] order, boolean again) {
        int from = step * batchSize;
        int to = Math.min(rows, from + batchSize);
        if (order == null && from == 0 && to == rows) {
            return leaves;
        }
        boolean full = to - from == batchSize;
        var batch = again ? full ? whole : last : null;
        if (batch == null) {
            batch = allocate(to - from);
            if (again && full) {
                whole = batch;
            } else if (again) {
                last = batch;
            }
        }
        for (int i = 0; i < batch.length; i++) {
            copy(leaves[i].array(), widths[i], from, to, order, batch[i].host().array());
        }
        return batch;
    }

    private Tensor[] allocate(int count) {
        var batch = new Tensor[leaves.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = HostTensor.allocate(leaves[i].dtype(), leaves[i].shape().with(0, count));
        }
        return batch;
    }

    private static void copy(
            Object data, int width, int from, int to, int @Nullable [] order, Object batch) {
        if (order == null) {
            System.arraycopy(data, from * width, batch, 0, (to - from) * width);
        } else if (width <= FEW && data instanceof float[] x && batch instanceof float[] y) {
            for (int i = from, q = 0; i < to; i++) {
                for (int p = order[i] * width, end = p + width; p < end; p++) {
                    y[q++] = x[p];
                }
            }
        } else {
            for (int i = from, q = 0; i < to; i++, q += width) {
                System.arraycopy(data, order[i] * width, batch, q, width);
            }
        }
    }

    /** The first rows and the last share of them, for training and validation. */
    static List<Batches> split(
            Tensors x,
            @Nullable Tensors y,
            @Nullable Tensors weights,
            double share,
            int trainSize,
            int validationSize) {
        int rows = rows(x, y, weights);
        int border = (int) Math.floor(rows * (1 - share));
        if (border == 0 || border == rows) {
            throw new TensorException(
                    "fit: validationSplit "
                            + share
                            + " of "
                            + rows
                            + " rows leaves no rows for "
                            + (border == 0 ? "training" : "validation"));
        }
        var all = new StepData(x, y, weights);
        return List.of(part(all, 0, border, trainSize), part(all, border, rows, validationSize));
    }

    private static Batches part(StepData all, int from, int to, int batchSize) {
        var leaves = all.leaves();
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = Movements.sliceAxis(leaves[i], 0, from, to);
        }
        var part = all.with(leaves);
        return new Batches(part.x(), part.y(), part.sampleWeight(), batchSize);
    }
}
