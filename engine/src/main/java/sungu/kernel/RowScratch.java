package sungu.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Rows to work in, handed out from a small pool: a task takes one for as long as it runs, whatever
 * thread it runs on, so that warm products allocate nothing. What rows hold at first is left over
 * from others.
 */
final class RowScratch implements AutoCloseable {
    private static final AtomicReferenceArray<@Nullable RowScratch> POOL =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    /** Summands. */
    float[][] operand = {};

    /** Sums. */
    float[][] result = {};

    /** Channels of an input, each a plane of its own. */
    private float[][] planes = {};

    /** Where the multipliers of each summand lie. */
    int[] offsets = {};

    /** Where multipliers lie in {@link #restFactors}. */
    static final int[] REST_OFFSETS = {0, 1, 2, 3};

    private static final float[] ZEROS = FloatRows.allocate();

    /** Multipliers of the last up to three summands of four rows, filled up to four. */
    final float[] restFactors = new float[16];

    /** The rows of these summands, filled up with zeros. */
    final float[][] restRows = new float[4][];

    /** Sums that nobody reads. */
    final float[][] lost = {FloatRows.allocate(), FloatRows.allocate(), FloatRows.allocate()};

    /** Where each entry of a sum goes. */
    final int[] targets = new int[FloatRows.WIDTH];

    /** Where elements lie. */
    private int[] places = {};

    /** A row of sums in double. */
    final double[] sums = new double[FloatRows.WIDTH];

    /** Multipliers that lie nowhere else. */
    private float[] factors = {};

    /** What windows see. */
    final WindowPhase.Runs runs = new WindowPhase.Runs();

    private RowScratch() {}

    /** Takes one from the pool, with at least so many rows. */
    static RowScratch take(int operands, int results) {
        RowScratch scratch = null;
        for (int i = 0; i < POOL.length() && scratch == null; i++) {
            scratch = POOL.getPlain(i) == null ? null : POOL.getAndSet(i, null);
        }
        if (scratch == null) {
            scratch = new RowScratch();
        }
        scratch.operand = grown(scratch.operand, operands);
        scratch.result = grown(scratch.result, results);
        if (scratch.offsets.length < operands) {
            scratch.offsets = new int[operands];
        }
        return scratch;
    }

    /**
     * Fills in {@link #restFactors} and {@link #restRows}. What is added beyond {@code count} is -0
     * x 0, which leaves any sum as it is, -0 too.
     */
    void rest(float[] x, int at, int step, int l, int count, float[][] rows, int first) {
        for (int q = 0; q < 4; q++) {
            boolean there = q < count;
            restRows[q] = there ? rows[first + q] : ZEROS;
            for (int r = 0; r < 4; r++) {
                restFactors[4 * r + q] = there ? x[at + r * step + offsets[l + q]] : -0f;
            }
        }
    }

    /** Fills in the first multiples of a step. */
    static void steps(int[] offsets, int count, int step) {
        for (int i = 0; i < count; i++) {
            offsets[i] = i * step;
        }
    }

    /** Sets so many sums to zero. */
    void clear(int count, int width) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(result[i], 0, width, 0);
        }
    }

    /** Copies sums from a matrix. */
    void load(float[] from, int at, int stride, int count, int width) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(from, at + i * stride, result[i], 0, width);
        }
    }

    /** Copies sums to a matrix. */
    void store(float[] to, int at, int stride, int count, int width) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(result[i], 0, to, at + i * stride, width);
        }
    }

    /** Makes room for planes of so many elements. */
    float[][] planes(int count, int length) {
        if (planes.length < count) {
            planes = Arrays.copyOf(planes, count);
        }
        for (int i = 0; i < count; i++) {
            if (planes[i] == null || planes[i].length < length) {
                planes[i] = new float[length + length / 4];
            }
        }
        return planes;
    }

    /** Makes room for so many places. */
    int[] places(int length) {
        if (places.length < length) {
            places = new int[length];
        }
        return places;
    }

    /** Makes room for so many multipliers. */
    float[] factors(int length) {
        if (factors.length < length) {
            factors = new float[length];
        }
        return factors;
    }

    /** Hands it back. */
    @Override
    public void close() {
        for (int i = 0; i < POOL.length(); i++) {
            if (POOL.compareAndSet(i, null, this)) {
                return;
            }
        }
    }

    private static float[][] grown(float[][] rows, int count) {
        if (rows.length >= count) {
            return rows;
        }
        var more = Arrays.copyOf(rows, count);
        for (int i = rows.length; i < count; i++) {
            more[i] = FloatRows.allocate();
        }
        return more;
    }
}
