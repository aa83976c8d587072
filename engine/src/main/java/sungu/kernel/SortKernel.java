package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;

import java.util.Arrays;

/** Sorted orders and searches in them. */
public final class SortKernel {
    private SortKernel() {}

    /**
     * Fills {@code out} with the positions of the first elements along an axis in sorted order,
     * equal ones by position.
     */
    public static void argsort(int axis, boolean descending, HostTensor x, HostTensor out) {
        var shape = x.shape();
        int n = shape.dim(axis);
        int count = out.shape().dim(axis);
        int stride = shape.slice(axis + 1, shape.rank()).size();
        int rows = shape.slice(0, axis).size();
        var keys = x.dtype() == DType.STRING ? new long[0] : OrderKeys.of(x);
        if (descending) {
            for (int i = 0; i < keys.length; i++) {
                keys[i] = ~keys[i];
            }
        }
        boolean narrow = OrderKeys.narrow(x.dtype());
        var to = (int[]) out.array();
        Parallel.loop(
                rows * stride,
                Math.max(1, 8192 / Math.max(n, 1)),
                (first, last) -> {
                    var line = new long[n];
                    var order = new int[n];
                    for (int row = first; row < last; row++) {
                        int base = row / stride * n * stride + row % stride;
                        if (x.dtype() == DType.STRING) {
                            strings(x.bytes(), base, stride, descending, order);
                        } else {
                            for (int i = 0; i < n; i++) {
                                line[i] = keys[base + i * stride];
                            }
                            order(line, narrow, order);
                        }
                        int target = row / stride * count * stride + row % stride;
                        for (int i = 0; i < count; i++) {
                            to[target + i * stride] = order[i];
                        }
                    }
                });
    }

    /**
     * Keys that fit into an int share a long with their position and are sorted as such; others are
     * merged.
     */
    private static void order(long[] keys, boolean narrow, int[] order) {
        int n = keys.length;
        if (narrow) {
            for (int i = 0; i < n; i++) {
                keys[i] = keys[i] << 32 | i;
            }
            Arrays.sort(keys);
            for (int i = 0; i < n; i++) {
                order[i] = (int) keys[i];
            }
            return;
        }
        var from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        var to = new int[n];
        for (long width = 1; width < n; width *= 2) {
            for (long low = 0; low < n; low += 2 * width) {
                merge(
                        keys,
                        from,
                        to,
                        (int) low,
                        (int) Math.min(low + width, n),
                        (int) Math.min(low + 2 * width, n));
            }
            var swap = from;
            from = to;
            to = swap;
        }
        System.arraycopy(from, 0, order, 0, n);
    }

    private static void merge(long[] keys, int[] from, int[] to, int low, int middle, int high) {
        int a = low;
        int b = middle;
        for (int i = low; i < high; i++) {
            to[i] =
                    a < middle && (b >= high || keys[from[a]] <= keys[from[b]])
                            ? from[a++]
                            : from[b++];
        }
    }

    private static void strings(byte[][] x, int base, int stride, boolean descending, int[] order) {
        var positions = new Integer[order.length];
        Arrays.setAll(positions, i -> i);
        Arrays.sort(
                positions,
                (i, j) -> {
                    int compared =
                            Arrays.compareUnsigned(x[base + i * stride], x[base + j * stride]);
                    return descending ? -compared : compared;
                });
        for (int i = 0; i < order.length; i++) {
            order[i] = positions[i];
        }
    }

    /** Binary searches, row by row; a NaN is less than nothing and nothing is less than it. */
    public static void search(boolean right, HostTensor sorted, HostTensor values, int[] out) {
        int n = sorted.shape().dim(-1);
        int count = values.shape().dim(-1);
        var dtype = sorted.dtype();
        var a = OrderKeys.of(sorted);
        var v = OrderKeys.of(values);
        for (int i = 0; i < values.size(); i++) {
            int row = i / count * n;
            int low = 0;
            int high = n;
            while (low < high) {
                int middle = (low + high) >>> 1;
                long at = a[row + middle];
                boolean ordered = !OrderKeys.isNan(dtype, at) && !OrderKeys.isNan(dtype, v[i]);
                boolean beyond = right ? !(ordered && v[i] < at) : ordered && at < v[i];
                if (beyond) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            out[i] = low;
        }
    }
}
