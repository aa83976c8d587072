package sungu.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a box of elements between storage arrays of one class, with a stride per dimension on
 * both sides. It is made ready once and runs in one thread at a time; large ones run on all
 * threads, along the outermost dimension.
 */
public final class StridedCopy {
    private static final int CHUNK = 1 << 15;

    /** The side of the squares in which planes are transposed. */
    private static final int SQUARE = 32;

    private final int fromStart;
    private final int toStart;
    private final int lanes;

    /** Dimensions that are left when those that run on in both arrays are one. */
    private final int rank;

    private final int[] size;
    private final int[] a;
    private final int[] c;

    /** Elements of the outermost dimension that a task copies. */
    private final int chunk;

    /** The arrays of a run; null between runs. */
    private @Nullable Object from;

    private @Nullable Object to;
    private final Parallel.Range part = this::part;

    /**
     * Makes a copy ready.
     *
     * @param lanes array entries per element
     * @param dims sizes of the box; strides and starts are in elements
     */
    public StridedCopy(
            int fromStart, int[] fromStrides, int toStart, int[] toStrides, int[] dims, int lanes) {
        this.fromStart = fromStart;
        this.toStart = toStart;
        this.lanes = lanes;
        size = new int[dims.length + 1];
        a = new int[dims.length + 1];
        c = new int[dims.length + 1];
        int count = 0;
        int all = 1;
        for (int i = 0; i < dims.length; i++) {
            all *= dims[i];
            if (dims[i] == 1) {
                continue;
            }
            if (count > 0
                    && a[count - 1] == fromStrides[i] * dims[i]
                    && c[count - 1] == toStrides[i] * dims[i]) {
                size[count - 1] *= dims[i];
                a[count - 1] = fromStrides[i];
                c[count - 1] = toStrides[i];
            } else {
                size[count] = dims[i];
                a[count] = fromStrides[i];
                c[count] = toStrides[i];
                count++;
            }
        }
        if (count == 0) {
            size[0] = 1;
            a[0] = 1;
            c[0] = 1;
            count = 1;
        }
        rank = count;
        if (all == 0) {
            size[0] = 0;
        }
        int inner = lanes;
        for (int i = 1; i < rank; i++) {
            inner *= size[i];
        }
        chunk = Math.max(1, CHUNK / Math.max(1, inner));
    }

    /** Copies from one array to another. */
    public void run(Object source, Object target) {
        if (size[0] == 0) {
            return;
        }
        if (size[0] <= chunk) {
            box(source, fromStart, target, toStart, size[0], 0);
            return;
        }
        from = source;
        to = target;
        Parallel.loop(size[0], chunk, part);
        from = null;
        to = null;
    }

    private void part(int first, int last) {
        if (from != null && to != null) {
            box(from, fromStart + first * a[0], to, toStart + first * c[0], last - first, 0);
        }
    }

    private void box(Object x, int first, Object y, int start, int count, int level) {
        if (level == rank - 1) {
            row(x, first, a[level], y, start, c[level], count, lanes);
            return;
        }
        if (level == rank - 2 && a[level + 1] == 1 && c[level + 1] == 1) {
            Copy.rows(
                    x,
                    first * lanes,
                    a[level] * lanes,
                    null,
                    0,
                    y,
                    start * lanes,
                    c[level] * lanes,
                    count,
                    size[rank - 1] * lanes);
            return;
        }
        if (level == rank - 2
                && a[level] == 1
                && c[level + 1] == 1
                && lanes == 1
                && x instanceof float[] f) {
            int n = size[rank - 1];
            plane(f, first, a[level + 1], (float[]) y, start, c[level], count, n);
            return;
        }
        for (int i = 0; i < count; i++) {
            box(x, first + i * a[level], y, start + i * c[level], size[level + 1], level + 1);
        }
    }

    /**
     * Transposes a plane square by square, so that what is read in one row of a square is still in
     * the cache for the next.
     *
     * @param xStride between elements of a row of the result; those of a column are neighbours
     * @param yStride between rows of the result
     */
    private static void plane(
            float[] from, int x, int xStride, float[] to, int y, int yStride, int rows, int n) {
        for (int row = 0; row < rows; row += SQUARE) {
            int lastRow = Math.min(rows, row + SQUARE);
            for (int column = 0; column < n; column += SQUARE) {
                int lastColumn = Math.min(n, column + SQUARE);
                for (int r = row; r < lastRow; r++) {
                    int at = x + r;
                    int start = y + r * yStride;
                    for (int i = column; i < lastColumn; i++) {
                        to[start + i] = from[at + i * xStride];
                    }
                }
            }
        }
    }

    private static void row(
            Object from, int x, int xStride, Object to, int y, int yStride, int n, int lanes) {
        if (xStride == 1 && yStride == 1) {
            System.arraycopy(from, x * lanes, to, y * lanes, n * lanes);
            return;
        }
        if (xStride == 0 && yStride == 1 && lanes == 1 && !(from instanceof byte[][])) {
            Fill.strided(from, x, 0, to, y, n, lanes);
            return;
        }
        if (lanes > 1) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(
                        from, (x + i * xStride) * lanes, to, (y + i * yStride) * lanes, lanes);
            }
            return;
        }
        switch (from) {
            case float[] f -> {
                var t = (float[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case double[] f -> {
                var t = (double[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case int[] f -> {
                var t = (int[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case long[] f -> {
                var t = (long[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case short[] f -> {
                var t = (short[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case byte[] f -> {
                var t = (byte[]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            case byte[][] f -> {
                var t = (byte[][]) to;
                for (int i = 0; i < n; i++) {
                    t[y + i * yStride] = f[x + i * xStride];
                }
            }
            default ->
                    throw new IllegalArgumentException("not a storage array: " + from.getClass());
        }
    }
}
