package sungu.kernel;

/**
 * Copies between storage arrays of one class: flat, or with a stride per dimension on both sides.
 */
public final class Copy {
    private Copy() {}

    /** Copies the first {@code entries} array entries. */
    public static void flat(Object from, Object to, int entries) {
        System.arraycopy(from, 0, to, 0, entries);
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
        box(from, fromStart, a, to, toStart, c, size, rank, 0, lanes);
    }

    private static void box(
            Object from,
            int fromStart,
            int[] a,
            Object to,
            int toStart,
            int[] c,
            int[] size,
            int rank,
            int level,
            int lanes) {
        if (level == rank - 1) {
            row(from, fromStart, a[level], to, toStart, c[level], size[level], lanes);
            return;
        }
        for (int i = 0; i < size[level]; i++) {
            box(
                    from,
                    fromStart + i * a[level],
                    a,
                    to,
                    toStart + i * c[level],
                    c,
                    size,
                    rank,
                    level + 1,
                    lanes);
        }
    }

    private static void row(
            Object from, int x, int xStride, Object to, int y, int yStride, int n, int lanes) {
        if (xStride == 1 && yStride == 1) {
            System.arraycopy(from, x * lanes, to, y * lanes, n * lanes);
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
