package sungu.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Copies between storage arrays of one class: flat, or with a stride per dimension on both sides.
 * Large ones run on all threads, along the outermost dimension.
 */
public final class Copy {
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
        new StridedCopy(fromStart, fromStrides, toStart, toStrides, dims, lanes).run(from, to);
    }
}
