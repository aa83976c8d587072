package sungu.kernel;

import java.util.Arrays;

/** Fills blocks: by one element, by one per row, or by what a strided view shows. */
public final class Fill {
    private Fill() {}

    /** Fills the first {@code n} elements of {@code to} with the first of {@code from}. */
    public static void all(Object from, Object to, int n) {
        repeat(from, 0, to, 0, n);
    }

    /**
     * Row {@code r} of {@code to} gets element {@code r} of {@code from} in each column.
     *
     * @param lanes array entries per element
     */
    public static void rows(Object from, Object to, int rows, int columns, int lanes) {
        if (lanes == 1 && columns < 16 && from instanceof float[] x && to instanceof float[] y) {
            int at = 0;
            for (int r = 0; r < rows; r++) {
                float value = x[r];
                for (int c = 0; c < columns; c++) {
                    y[at++] = value;
                }
            }
            return;
        }
        for (int r = 0; r < rows; r++) {
            strided(from, r, 0, to, r * columns, columns, lanes);
        }
    }

    private static void repeat(Object from, int at, Object to, int start, int n) {
        if (to instanceof float[] y) {
            Arrays.fill(y, start, start + n, ((float[]) from)[at]);
        } else if (to instanceof double[] y) {
            Arrays.fill(y, start, start + n, ((double[]) from)[at]);
        } else if (to instanceof int[] y) {
            Arrays.fill(y, start, start + n, ((int[]) from)[at]);
        } else if (to instanceof long[] y) {
            Arrays.fill(y, start, start + n, ((long[]) from)[at]);
        } else if (to instanceof short[] y) {
            Arrays.fill(y, start, start + n, ((short[]) from)[at]);
        } else if (to instanceof byte[] y) {
            Arrays.fill(y, start, start + n, ((byte[]) from)[at]);
        } else {
            throw new IllegalArgumentException("not filled: " + to.getClass());
        }
    }

    /**
     * Copies {@code n} elements that lie {@code step} apart; a step of 0 repeats one.
     *
     * @param lanes array entries per element
     */
    public static void strided(
            Object from, int start, int step, Object to, int at, int n, int lanes) {
        if (step == 1) {
            System.arraycopy(from, start * lanes, to, at * lanes, n * lanes);
        } else if (lanes == 1 && step == 0) {
            repeat(from, start, to, at, n);
        } else if (from instanceof float[] x && to instanceof float[] y && lanes == 1) {
            for (int i = 0; i < n; i++) {
                y[at + i] = x[start + i * step];
            }
        } else {
            for (int i = 0; i < n; i++) {
                System.arraycopy(from, (start + i * step) * lanes, to, (at + i) * lanes, lanes);
            }
        }
    }
}
