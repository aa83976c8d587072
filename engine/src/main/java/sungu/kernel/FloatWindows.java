package sungu.kernel;

import sungu.kernel.WindowPhase.Runs;
import sungu.primitive.Reduce.Fold;

import java.util.Arrays;
import java.util.List;

/**
 * Folds over windows in float32, row by row: a row holds what one tap sees at some windows, all
 * channels of a window beside each other.
 */
final class FloatWindows {
    /** Taps whose rows are filled at a time. */
    private static final int TAPS = 32;

    /** Elements of a task. */
    private static final int TASK = 1 << 15;

    private final List<WindowPhase> phases;
    private final int batch;
    private final int channels;
    private final float[] x;

    /** Channels in a row, and windows in a row. */
    private final int count;

    private final int windows;

    FloatWindows(List<WindowPhase> phases, int batch, int channels, float[] x) {
        this.phases = phases;
        this.batch = batch;
        this.channels = channels;
        this.x = x;
        count = Math.min(channels, FloatRows.WIDTH);
        windows = Math.max(1, FloatRows.WIDTH / channels);
    }

    /** Sums or maxima of the windows; sums are added up in double. */
    void fold(Fold fold, float[] out) {
        for (var phase : phases) {
            int chunk = Math.max(1, TASK / (Math.max(1, phase.taps.length) * channels));
            Parallel.loop(
                    batch * phase.windows,
                    (chunk + windows - 1) / windows * windows,
                    (from, to) -> {
                        try (var scratch = RowScratch.take(TAPS + 2, 0)) {
                            for (int w = from; w < to; w += windows) {
                                int some = Math.min(windows, to - w);
                                phase.runs(w, some, scratch.runs);
                                for (int c = 0; c < channels; c += count) {
                                    int depth = Math.min(count, channels - c);
                                    var row = scratch.operand[TAPS];
                                    if (fold == Fold.MAX) {
                                        maxima(phase, scratch, c, depth, some, row);
                                    } else {
                                        sums(phase, scratch, c, depth, some, row);
                                    }
                                    put(scratch.runs, c, depth, some, row, out);
                                }
                            }
                        }
                    });
        }
    }

    private void rows(
            WindowPhase phase, RowScratch scratch, int tap, int taps, int first, int depth) {
        for (int t = 0; t < taps; t++) {
            phase.row(
                    x,
                    channels,
                    1,
                    scratch.runs,
                    tap + t,
                    first,
                    depth,
                    Float.NEGATIVE_INFINITY,
                    scratch.operand[t]);
        }
    }

    private void maxima(
            WindowPhase phase, RowScratch scratch, int first, int depth, int some, float[] row) {
        Arrays.fill(row, 0, some * depth, Float.NEGATIVE_INFINITY);
        for (int t = 0; t < phase.taps.length; t += TAPS) {
            int taps = Math.min(TAPS, phase.taps.length - t);
            rows(phase, scratch, t, taps, first, depth);
            for (int i = 0; i < taps; i++) {
                max(scratch.operand[i], row, some * depth);
            }
        }
    }

    private static void max(float[] a, float[] m, int n) {
        for (int j = 0; j < n; j++) {
            m[j] = Math.max(m[j], a[j]);
        }
    }

    private void sums(
            WindowPhase phase, RowScratch scratch, int first, int depth, int some, float[] row) {
        var sums = scratch.sums;
        Arrays.fill(sums, 0, some * depth, 0);
        for (int t = 0; t < phase.taps.length; t++) {
            phase.row(x, channels, 1, scratch.runs, t, first, depth, 0, row);
            add(row, sums, some * depth);
        }
        for (int j = 0; j < some * depth; j++) {
            row[j] = (float) sums[j];
        }
    }

    private static void add(float[] a, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += a[j];
        }
    }

    private void put(Runs runs, int first, int depth, int some, float[] row, float[] out) {
        for (int j = 0; j < some; j++) {
            System.arraycopy(row, j * depth, out, runs.outputs[j] * channels + first, depth);
        }
    }

    /**
     * Adds the elements of {@code d}, one per window, at the first maximum of each window, or at
     * its first NaN.
     */
    void scatter(float[] d, float[] out) {
        int image = phases.get(0).inputs * channels;
        Parallel.loop(
                batch,
                Math.max(1, TASK / Math.max(1, image)),
                (from, to) -> {
                    Arrays.fill(out, from * image, to * image, 0);
                    try (var scratch = RowScratch.take(TAPS + 2, 0)) {
                        for (var phase : phases) {
                            int end = to * phase.windows;
                            for (int w = from * phase.windows; w < end; w += windows) {
                                int some = Math.min(windows, end - w);
                                phase.runs(w, some, scratch.runs);
                                for (int c = 0; c < channels; c += count) {
                                    int depth = Math.min(count, channels - c);
                                    scatter(phase, scratch, c, depth, some, d, out);
                                }
                            }
                        }
                    }
                });
    }

    private void scatter(
            WindowPhase phase,
            RowScratch scratch,
            int first,
            int depth,
            int some,
            float[] d,
            float[] out) {
        var maxima = scratch.operand[TAPS];
        maxima(phase, scratch, first, depth, some, maxima);
        int taps = phase.taps.length;
        var best = scratch.operand[TAPS + 1];
        var places = scratch.places(taps * windows);
        Arrays.fill(best, 0, some * depth, 0);
        int last = Math.max(0, taps - 1) / TAPS * TAPS;
        for (int t = taps - 1; t >= 0; t--) {
            if (t % TAPS == TAPS - 1 && t < last) {
                rows(phase, scratch, t - t % TAPS, TAPS, first, depth);
            }
            find(scratch.operand[t % TAPS], maxima, t, best, some * depth);
            places(phase, scratch.runs, t, places, t * windows);
        }
        for (int w = 0; taps > 0 && w < some; w++) {
            int from = scratch.runs.outputs[w] * channels + first;
            for (int i = 0; i < depth; i++) {
                int j = w * depth + i;
                float tap = best[j];
                int place =
                        tap == tap
                                ? places[((int) tap) * windows + w]
                                : search(places, w, taps, first + i);
                if (place != Runs.NONE) {
                    out[place * channels + first + i] += d[from + i];
                }
            }
        }
    }

    /**
     * Notes a tap where it has the maximum, without a jump: the smallest difference to the maximum
     * times this factor is more than 1. Infinite maxima and those that are no number note NaN.
     */
    private static void find(float[] a, float[] maxima, float tap, float[] best, int n) {
        for (int j = 0; j < n; j++) {
            float other = Math.min(1f, (maxima[j] - a[j]) * 0x1p100f * 0x1p100f);
            best[j] = tap + (best[j] - tap) * other;
        }
    }

    /** The first largest element or the first NaN that a window sees in a channel, one by one. */
    private int search(int[] places, int window, int taps, int channel) {
        int best = Runs.NONE;
        for (int t = 0; t < taps; t++) {
            int place = places[t * windows + window];
            if (place != Runs.NONE) {
                float a = x[place * channels + channel];
                float m = best == Runs.NONE ? 0 : x[best * channels + channel];
                if (best == Runs.NONE || a > m || a != a && m == m) {
                    best = place;
                }
            }
        }
        return best;
    }

    /** The input element that a tap sees at each window. */
    private static void places(WindowPhase phase, Runs runs, int tap, int[] places, int to) {
        for (int r = runs.starts[tap]; r < runs.starts[tap + 1]; r++) {
            for (int i = 0; i < runs.lengths[r]; i++) {
                places[to + runs.windows[r] + i] =
                        runs.positions[r] == Runs.NONE
                                ? Runs.NONE
                                : runs.positions[r] + i * phase.lastStep;
            }
        }
    }
}
