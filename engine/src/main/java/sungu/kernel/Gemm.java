package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Layout;

/**
 * Float32 matrix products over Java arrays. One operand is packed into rows, {@link FloatRows} adds
 * up multiples of them. Rows run along the columns of the result or, when that is cheaper (few
 * columns, a transposed operand), along its rows; the sums then leave as columns.
 *
 * <p>Each element is one chain of {@code fma} over the inner dimension, whatever way is taken.
 *
 * <p>A product is made once for operands of some sizes and runs in one thread at a time, which may
 * share out the work; a run makes no objects.
 */
final class Gemm implements Parallel.Range {
    /** Packed rows that are applied to all sums of a task before the next ones are packed. */
    private static final int DEPTH = 64;

    /** Most rows of sums of a task. */
    private static final int ROWS = 128;

    /** Rows that are packed at once for all tasks. */
    private static final int SHARED = 512;

    /** Clock cycles that one task is worth. */
    private static final int TASK = 30_000;

    /** Clock cycles of a nanosecond, with room for faster processors. */
    private static final int CYCLES = 6;

    /** Products for which nothing is packed. */
    private static final int SMALL = 2048;

    /** Products of fewer rows take as long as it takes to read the right operand. */
    private static final int FEW_ROWS = 3;

    /** Numbers that a processor reads as fast alone as with others in the time of a wake-up. */
    private static final long NEAR = 1 << 19;

    private static final float[] NOTHING = {};

    private final Layout a;
    private final Layout b;
    private final int batch;
    private final int m;
    private final int k;
    private final int n;

    /** What a run is about; nothing between runs. */
    private float[] x = NOTHING;

    private float[] y = NOTHING;
    private float[] c = NOTHING;
    private int start;
    private Parallel.@Nullable Range after;

    /** What the tasks of the current loop do, in which product, and how. */
    private Loop loop = Loop.PRODUCTS;

    private int product;
    private Way way = Way.ROWS;

    /** The part of the right operand that tasks share: its rows, packed, and where it lies. */
    private @Nullable RowScratch shared;

    private int column;
    private int width;
    private int row;
    private int depth;

    /** Makes {@code batch} products (m, k) x (k, n) ready. */
    Gemm(Layout a, Layout b, int batch, int m, int k, int n) {
        this.a = a;
        this.b = b;
        this.batch = batch;
        this.m = m;
        this.k = k;
        this.n = n;
    }

    /** What is shared out among tasks. */
    private enum Loop {
        /** The products of a batch. */
        PRODUCTS,
        /** The columns of one product. */
        COLUMNS,
        /** Its rows. */
        ROWS,
        /** Rows of the right operand that are packed for all tasks. */
        PACKING,
        /** Rows of a product with these. */
        SUMS
    }

    /** Ways to compute a part of a product. */
    private enum Way {
        /** Some sums at a time, straight from the operands. */
        SCALAR,
        /** Rows of the right operand. */
        ROWS,
        /** Columns of the left operand. */
        COLUMNS
    }

    /**
     * Computes the products of {@code left} and {@code right} into {@code out} from {@code first}
     * on.
     *
     * @param finished gets ranges of finished elements, whole rows
     */
    void run(
            float[] left,
            float[] right,
            float[] out,
            int first,
            Parallel.@Nullable Range finished) {
        x = left;
        y = right;
        c = out;
        start = first;
        after = finished;
        way = way(m, m, n);
        double cost = cost(way, m, n);
        if (batch > 1 && (batch >= 8 || cost < TASK)) {
            loop = Loop.PRODUCTS;
            long nanos = (long) Math.max(TASK, cost) / CYCLES;
            Parallel.loop(batch, (int) Math.max(1, TASK / cost), nanos, this);
        } else {
            var whole = way;
            for (int g = 0; g < batch; g++) {
                product(g, whole, cost);
            }
        }
        x = NOTHING;
        y = NOTHING;
        c = NOTHING;
        after = null;
    }

    /** A task of the current loop. */
    @Override
    public void run(int from, int to) {
        int first = start + product * m * n;
        switch (loop) {
            case PRODUCTS -> {
                for (int g = from; g < to; g++) {
                    part(way, g, 0, m, 0, n);
                }
                finish(start + from * m * n, start + to * m * n);
            }
            case COLUMNS -> part(way, product, 0, m, from, to);
            case ROWS -> {
                part(way, product, from, to, 0, n);
                finish(first + from * n, first + to * n);
            }
            case PACKING -> {
                var packed = shared;
                if (packed != null) {
                    FloatRows.pack(
                            y,
                            b.at(product, row + from, column),
                            b.rowStride(),
                            b.columnStride(),
                            packed.operand,
                            from,
                            to - from,
                            width);
                }
            }
            case SUMS -> {
                for (int i = from; i < to; i += ROWS) {
                    int rows = Math.min(ROWS, to - i);
                    straight(product, i, rows, column, width, row, depth, shared);
                }
                if (column + width == n && row + depth == k) {
                    finish(first + from * n, first + to * n);
                }
            }
        }
    }

    private void finish(int from, int to) {
        if (after != null) {
            after.run(from, to);
        }
    }

    /** One product, in tasks of rows or, when there are few, of columns. */
    private void product(int g, Way whole, double cost) {
        product = g;
        int first = start + g * m * n;
        boolean turn = whole == Way.ROWS && b.columnStride() != 1;
        if (cost < (turn ? 6 : 2) * TASK || m < FEW_ROWS && (long) k * n <= NEAR) {
            part(whole, g, 0, m, 0, n);
            finish(first, first + m * n);
            return;
        }
        if (m < 32) {
            int columns = chunk(n, cost, 256);
            way = way(m, m, columns);
            double one = cost(way, m, columns);
            double lost = 1 - cost * columns / n / one;
            loop = Loop.COLUMNS;
            Parallel.loop(n, columns, (long) (one / CYCLES), lost, this);
            finish(first, first + m * n);
            return;
        }
        int narrow = chunk(m, cost, 64);
        int wide = chunk(m, cost, 256);
        way = way(narrow, wide, n);
        int rows = way == Way.COLUMNS ? wide : narrow;
        double one = cost(way, rows, n);
        long nanos = (long) (one / CYCLES);
        if (way == Way.ROWS && b.columnStride() != 1 && rows < m) {
            sharing(rows, nanos);
            return;
        }
        loop = Loop.ROWS;
        Parallel.loop(m, rows, nanos, 1 - cost * rows / m / one, this);
    }

    /** Tasks of rows that read operands packed once for all of them, as turning them takes long. */
    private void sharing(int chunk, long nanos) {
        int panel = panel(n);
        int slab = Math.min(SHARED, k);
        try (var scratch = RowScratch.take(slab, 0)) {
            shared = scratch;
            for (column = 0; column < n; column += panel) {
                width = Math.min(panel, n - column);
                for (row = 0; row < k; row += slab) {
                    depth = Math.min(slab, k - row);
                    loop = Loop.PACKING;
                    Parallel.loop(depth, (TASK / 2 / width + 7) / 8 * 8, this);
                    loop = Loop.SUMS;
                    Parallel.loop(m, chunk, nanos, this);
                }
            }
            shared = null;
        }
    }

    /**
     * Splits a dimension into like chunks that are worth a task each, as many for each thread. That
     * elements are chains of their own lets borders depend on the number of threads.
     */
    private static int chunk(int size, double cost, int aim) {
        int threads = Parallel.available();
        if (threads == 1) {
            return size;
        }
        int most = threads * Math.clamp(size / 8, aim, Math.max(aim, ROWS));
        int tasks = threads * ((size + most - 1) / most);
        tasks = (int) Math.min(tasks, cost / TASK);
        int chunk = (size + tasks - 1) / tasks;
        return (chunk + 3) / 4 * 4;
    }

    /** The cheapest way for a part of so many columns, and rows as they would be split for it. */
    private Way way(int rows, int turnedRows, int columns) {
        if ((long) rows * columns * k <= SMALL) {
            return Way.SCALAR;
        }
        double scalar = cost(Way.SCALAR, rows, columns);
        double straight = cost(Way.ROWS, rows, columns);
        double turned = cost(Way.COLUMNS, turnedRows, columns) * rows / turnedRows;
        if (scalar < straight && scalar < turned) {
            return Way.SCALAR;
        }
        return straight <= turned ? Way.ROWS : Way.COLUMNS;
    }

    /** About how many clock cycles a part takes. */
    private double cost(Way way, int rows, int columns) {
        double quarters = k / 4.0;
        return switch (way) {
            case SCALAR -> 0.7 * rows * columns * k;
            case ROWS ->
                    groups(rows) * quarters * sweep(columns)
                            + 1.0 * k * columns * (b.columnStride() == 1 ? 0.25 : 1.3)
                            + 0.3 * rows * columns;
            case COLUMNS ->
                    groups(columns) * quarters * sweep(rows)
                            + 1.0 * k * rows * (a.rowStride() == 1 ? 0.25 : 1.3)
                            + 1.3 * rows * columns;
        };
    }

    private static double groups(int rows) {
        int whole = (rows + 3) / 4;
        return rows < 4 ? 0.4 * rows : whole;
    }

    /** What one pass of the inner loop over so many columns costs. */
    private static double sweep(int columns) {
        int panels = (columns + FloatRows.WIDTH - 1) / FloatRows.WIDTH;
        return 100 * panels + 1.06 * FloatRows.padded(columns);
    }

    private void part(Way way, int g, int i0, int i1, int j0, int j1) {
        switch (way) {
            case SCALAR ->
                    FloatChains.run(
                            x,
                            a,
                            a.at(g, i0, 0),
                            y,
                            b,
                            b.at(g, 0, j0),
                            i1 - i0,
                            k,
                            j1 - j0,
                            c,
                            start + (g * m + i0) * n + j0,
                            n);
            case ROWS -> {
                int width = panel(j1 - j0);
                for (int i = i0; i < i1; i += ROWS) {
                    for (int j = j0; j < j1; j += width) {
                        int rows = Math.min(ROWS, i1 - i);
                        straight(g, i, rows, j, Math.min(width, j1 - j), 0, k, null);
                    }
                }
            }
            case COLUMNS -> {
                int width = panel(i1 - i0);
                for (int i = i0; i < i1; i += width) {
                    for (int j = j0; j < j1; j += ROWS) {
                        turned(g, i, Math.min(width, i1 - i), j, Math.min(ROWS, j1 - j));
                    }
                }
            }
        }
    }

    /** Splits so many entries into panels of about the same width. */
    private static int panel(int size) {
        int panels = (size + FloatRows.WIDTH - 1) / FloatRows.WIDTH;
        return ((size + panels - 1) / panels + 15) / 16 * 16;
    }

    /**
     * Adds {@code depth} products to each element, from {@code l0} on.
     *
     * @param packed their summands; null to pack them here
     */
    private void straight(
            int g,
            int i0,
            int rows,
            int j0,
            int width,
            int l0,
            int depth,
            @Nullable RowScratch packed) {
        try (var scratch = RowScratch.take(DEPTH, rows)) {
            int at = start + (g * m + i0) * n + j0;
            if (l0 == 0) {
                scratch.clear(rows, FloatRows.padded(width));
            } else {
                scratch.load(c, at, n, rows, width);
            }
            accumulate(
                    scratch,
                    x,
                    a.at(g, i0, l0),
                    a.rowStride(),
                    a.columnStride(),
                    y,
                    b.at(g, l0, j0),
                    b.rowStride(),
                    b.columnStride(),
                    depth,
                    rows,
                    width,
                    packed);
            scratch.store(c, at, n, rows, width);
        }
    }

    private void turned(int g, int i0, int width, int j0, int columns) {
        try (var scratch = RowScratch.take(DEPTH, columns)) {
            scratch.clear(columns, FloatRows.padded(width));
            accumulate(
                    scratch,
                    y,
                    b.at(g, 0, j0),
                    b.columnStride(),
                    b.rowStride(),
                    x,
                    a.at(g, i0, 0),
                    a.columnStride(),
                    a.rowStride(),
                    k,
                    columns,
                    width,
                    null);
            RowScratch.steps(scratch.targets, width, n);
            FloatRows.unpack(
                    scratch.result,
                    columns,
                    width,
                    c,
                    start + (g * m + i0) * n + j0,
                    scratch.targets);
        }
    }

    /** Sums of multiples of packed rows, slab by slab along the inner dimension. */
    private static void accumulate(
            RowScratch scratch,
            float[] factors,
            int at,
            int step,
            int depthStep,
            float[] summands,
            int start,
            int rowStride,
            int columnStride,
            int depth,
            int count,
            int width,
            @Nullable RowScratch packed) {
        int padded = FloatRows.padded(width);
        if (count < 4 && columnStride == 1) {
            for (int i = 0; i < count; i++) {
                FloatRows.accumulate(
                        factors,
                        at + i * step,
                        depthStep,
                        summands,
                        start,
                        rowStride,
                        depth,
                        scratch.operand,
                        scratch.result[i],
                        width,
                        padded);
            }
            return;
        }
        RowScratch.steps(scratch.offsets, DEPTH, depthStep);
        for (int l = 0; l < depth; l += DEPTH) {
            int some = Math.min(DEPTH, depth - l);
            if (packed == null) {
                FloatRows.pack(
                        summands,
                        start + l * rowStride,
                        rowStride,
                        columnStride,
                        scratch.operand,
                        0,
                        some,
                        width);
            }
            FloatRows.accumulate(
                    scratch,
                    factors,
                    at + l * depthStep,
                    step,
                    packed == null ? scratch.operand : packed.operand,
                    packed == null ? 0 : l,
                    some,
                    count,
                    padded);
        }
    }
}
