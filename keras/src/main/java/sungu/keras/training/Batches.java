package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Rows of arrays, cut in batches, in order or shuffled anew for each pass. */
final class Batches {
    /** One batch: inputs, targets and weights as structures of the data's form. */
    record Batch(Tensors x, @Nullable Tensors y, @Nullable Tensors weights) {
        int rows() {
            return x.flat().getFirst().shape().dim(0);
        }
    }

    private final Tensors x;
    private final @Nullable Tensors y;
    private final @Nullable Tensors weights;
    private final int rows;
    private final int batchSize;

    Batches(Tensors x, @Nullable Tensors y, @Nullable Tensors weights, int batchSize) {
        this.x = x;
        this.y = y;
        this.weights = weights;
        this.batchSize = batchSize;
        rows = rows(x, y, weights);
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
        var all = new ArrayList<>(x.flat());
        if (y != null) {
            all.addAll(y.flat());
        }
        if (weights != null) {
            all.addAll(weights.flat());
        }
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

    int rows() {
        return rows;
    }

    int steps() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** The row numbers in order, or shuffled by a seed. */
    int @Nullable [] order(boolean shuffle, long seed) {
        if (!shuffle) {
            return null;
        }
        var order = new int[rows];
        Arrays.setAll(order, i -> i);
        var random = new SplittableRandom(seed);
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    Batch batch(int step, int @Nullable [] order) {
        int from = step * batchSize;
        int to = Math.min(rows, from + batchSize);
        return new Batch(
                take(x, from, to, order),
                y == null ? null : take(y, from, to, order),
                weights == null ? null : take(weights, from, to, order));
    }

    private static Tensors take(Tensors data, int from, int to, int @Nullable [] order) {
        return data.map(tensor -> rows(tensor.host(), from, to, order));
    }

    private static Tensor rows(HostTensor tensor, int from, int to, int @Nullable [] order) {
        int all = tensor.shape().dim(0);
        if (order == null && from == 0 && to == all) {
            return tensor;
        }
        var batch = HostTensor.allocate(tensor.dtype(), tensor.shape().with(0, to - from));
        int width = tensor.size() / all * tensor.dtype().lanes();
        if (order == null) {
            System.arraycopy(tensor.array(), from * width, batch.array(), 0, (to - from) * width);
            return batch;
        }
        for (int i = from; i < to; i++) {
            System.arraycopy(
                    tensor.array(), order[i] * width, batch.array(), (i - from) * width, width);
        }
        return batch;
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
        return List.of(
                new Batches(
                        take(x, 0, border, null),
                        y == null ? null : take(y, 0, border, null),
                        weights == null ? null : take(weights, 0, border, null),
                        trainSize),
                new Batches(
                        take(x, border, rows, null),
                        y == null ? null : take(y, border, rows, null),
                        weights == null ? null : take(weights, border, rows, null),
                        validationSize));
    }
}
