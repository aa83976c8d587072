package sungu.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Copies between storage arrays of one class: flat, or with a stride per dimension on both sides.
 * Large ones run on all threads, along the outermost dimension.
 */
public final class Copy {
    private static final int CHUNK = 1 << 15;

    /** The side of the squares in which planes are transposed. */
    private static final int SQUARE = 32;

    /** Rows shorter than this are copied element by element: calls cost more. */
    private static final int SHORT = 8;

    private Copy() {}

    /** Copies the first {@code entries} array entries. */
    public static void flat(Object from, Object to, int entries) {
        System.arraycopy(from, 0, to, 0, entries);
    }

    /**
     * Copies rows of neighbouring array entries.
     *
     * @param x where the first row begins
     * @param xStep from row to row
     * @param numbers which row comes at each place; null for one after the other
     * @param first the place in {@code numbers}, or the row, with which to begin
     * @param width the entries of a row
     */
    public static void rows(
            Object from,
            int x,
            int xStep,
            int @Nullable [] numbers,
            int first,
            Object to,
            int y,
            int yStep,
            int count,
            int width) {
        if (numbers == null && xStep == width && yStep == width) {
            System.arraycopy(from, x + first * width, to, y, count * width);
        } else if (from instanceof float[] f && to instanceof float[] t) {
            rows(f, x, xStep, numbers, first, t, y, yStep, count, width);
        } else {
            for (int i = 0; i < count; i++) {
                int row = numbers == null ? first + i : numbers[first + i];
                System.arraycopy(from, x + row * xStep, to, y + i * yStep, width);
            }
        }
    }

    private static void rows(
            float[] from,
            int x,
            int xStep,
            int @Nullable [] numbers,
            int first,
            float[] to,
            int y,
            int yStep,
            int count,
            int width) {
        for (int i = 0; i < count; i++) {
            int at = x + (numbers == null ? first + i : numbers[first + i]) * xStep;
            int start = y + i * yStep;
            if (width < SHORT) {
                for (int k = 0; k < width; k++) {
                    to[start + k] = from[at + k];
                }
            } else {
                System.arraycopy(from, at, to, start, width);
            }
        }
    }

    /**
     * Copies a box of elements.
     *
     * @param lanes array entries per element
     * @param dims sizes of the box; strides and starts are in elements
     */
    public static void strided(
            Object from,
            int fromStart,
            int[] fromStrides,
            Object to,
            int toStart,
            int[] toStrides,
            int[] dims,
            int lanes) {
        for (int dim : dims) {
            if (dim == 0) {
                return;
            }
        }
        // Merge dimensions that run on in both arrays, so that the inner loop is as long as it can
        // be.
        int rank = 0;
        var size = new int[dims.length + 1];
        var a = new int[dims.length + 1];
        var c = new int[dims.length + 1];
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == 1) {
                continue;
            }
            if (rank > 0
                    && a[rank - 1] == fromStrides[i] * dims[i]
                    && c[rank - 1] == toStrides[i] * dims[i]) {
                size[rank - 1] *= dims[i];
                a[rank - 1] = fromStrides[i];
                c[rank - 1] = toStrides[i];
            } else {
                size[rank] = dims[i];
                a[rank] = fromStrides[i];
                c[rank] = toStrides[i];
                rank++;
            }
        }
        if (rank == 0) {
            size[0] = 1;
            a[0] = 1;
            c[0] = 1;
            rank = 1;
        }
        int inner = lanes;
        for (int i = 1; i < rank; i++) {
            inner *= size[i];
        }
        if ((long) inner * size[0] > CHUNK) {
            side(from, fromStart, a, to, toStart, c, size, rank, lanes, Math.max(1, CHUNK / inner));
        } else {
            box(from, fromStart, a, to, toStart, c, size, size[0], rank, 0, lanes);
        }
    }

    private static void side(
            Object from,
            int fromStart,
            int[] a,
            Object to,
            int toStart,
            int[] c,
            int[] size,
            int rank,
            int lanes,
            int chunk) {
        Parallel.loop(
                size[0],
                chunk,
                (first, last) -> {
                    int x = fromStart + first * a[0];
                    int y = toStart + first * c[0];
                    box(from, x, a, to, y, c, size, last - first, rank, 0, lanes);
                });
    }

    private static void box(
            Object from,
            int fromStart,
            int[] a,
            Object to,
            int toStart,
            int[] c,
            int[] size,
            int count,
            int rank,
            int level,
            int lanes) {
        if (level == rank - 1) {
            row(from, fromStart, a[level], to, toStart, c[level], count, lanes);
            return;
        }
        if (level == rank - 2 && a[level + 1] == 1 && c[level + 1] == 1) {
            rows(
                    from,
                    fromStart * lanes,
                    a[level] * lanes,
                    null,
                    0,
                    to,
                    toStart * lanes,
                    c[level] * lanes,
                    count,
                    size[rank - 1] * lanes);
            return;
        }
        if (level == rank - 2
                && a[level] == 1
                && c[level + 1] == 1
                && lanes == 1
                && from instanceof float[] f) {
            plane(
                    f,
                    fromStart,
                    a[level + 1],
                    (float[]) to,
                    toStart,
                    c[level],
                    count,
                    size[rank - 1]);
            return;
        }
        for (int i = 0; i < count; i++) {
            box(
                    from,
                    fromStart + i * a[level],
                    a,
                    to,
                    toStart + i * c[level],
                    c,
                    size,
                    size[level + 1],
                    rank,
                    level + 1,
                    lanes);
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
