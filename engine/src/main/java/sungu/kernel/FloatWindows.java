package sungu.kernel;

import sungu.kernel.WindowPhase.Runs;
import sungu.primitive.Reduce.Fold;
import sungu.primitive.Window;
import sungu.tensor.Shape;

import java.util.Arrays;

/**
 * Folds over windows in float32, row by row: a row holds what one tap sees at some windows, all
 * channels of a window beside each other.
 */
final class FloatWindows {
    /** Taps whose rows are filled at a time. */
    private static final int TAPS = 32;

    /** Elements of a task. */
    private static final int TASK = 1 << 15;

    private static final float[] NOTHING = {};

    private final WindowPhase[] phases;
    private final int batch;
    private final int channels;

    /** Channels in a row, and windows in a row. */
    private final int count;

    private final int windows;

    /** What a run is about: the fold and the phase, or the elements that are scattered. */
    private float[] x = NOTHING;

    private float[] d = NOTHING;
    private float[] out = NOTHING;
    private Fold fold = Fold.MAX;
    private WindowPhase phase;
    private final Parallel.Range folding = this::fold;
    private final Parallel.Range scattering = this::scatter;

    /** Makes folds ready for inputs of a shape; they run in one thread at a time. */
    FloatWindows(Window window, Shape input, Shape output) {
        phases = WindowPhase.of(window, input, output);
        phase = phases[0];
        batch = input.dim(0);
        channels = input.dim(-1);
        count = Math.min(channels, FloatRows.WIDTH);
        windows = Math.max(1, FloatRows.WIDTH / channels);
    }

    /** Sums or maxima of the windows; sums are added up in double. */
    void fold(Fold by, float[] input, float[] output) {
        fold = by;
        x = input;
        out = output;
        for (var each : phases) {
            phase = each;
            int chunk = Math.max(1, TASK / (Math.max(1, phase.taps.length) * channels));
            int whole = (chunk + windows - 1) / windows * windows;
            Parallel.loop(batch * phase.windows, whole, folding);
        }
        x = NOTHING;
        out = NOTHING;
    }

    private void fold(int from, int to) {
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
                    put(scratch.runs, c, depth, some, row);
                }
            }
        }
    }

    private void rows(
            WindowPhase seen, RowScratch scratch, int tap, int taps, int first, int depth) {
        for (int t = 0; t < taps; t++) {
            seen.row(
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
            WindowPhase seen, RowScratch scratch, int first, int depth, int some, float[] row) {
        Arrays.fill(row, 0, some * depth, Float.NEGATIVE_INFINITY);
        for (int t = 0; t < seen.taps.length; t += TAPS) {
            int taps = Math.min(TAPS, seen.taps.length - t);
            rows(seen, scratch, t, taps, first, depth);
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
            WindowPhase seen, RowScratch scratch, int first, int depth, int some, float[] row) {
        var sums = scratch.sums;
        Arrays.fill(sums, 0, some * depth, 0);
        for (int t = 0; t < seen.taps.length; t++) {
            seen.row(x, channels, 1, scratch.runs, t, first, depth, 0, row);
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

    private void put(Runs runs, int first, int depth, int some, float[] row) {
        for (int j = 0; j < some; j++) {
            System.arraycopy(row, j * depth, out, runs.outputs[j] * channels + first, depth);
        }
    }

    /**
     * Adds the elements of {@code d}, one per window, at the first maximum of each window, or at
     * its first NaN.
     */
    void scatter(float[] input, float[] scattered, float[] output) {
        x = input;
        d = scattered;
        out = output;
        int image = phases[0].inputs * channels;
        Parallel.loop(batch, Math.max(1, TASK / Math.max(1, image)), scattering);
        x = NOTHING;
        d = NOTHING;
        out = NOTHING;
    }

    private void scatter(int from, int to) {
        int image = phases[0].inputs * channels;
        Arrays.fill(out, from * image, to * image, 0);
        try (var scratch = RowScratch.take(TAPS + 2, 0)) {
            for (var each : phases) {
                int end = to * each.windows;
                for (int w = from * each.windows; w < end; w += windows) {
                    int some = Math.min(windows, end - w);
                    each.runs(w, some, scratch.runs);
                    for (int c = 0; c < channels; c += count) {
                        scatter(each, scratch, c, Math.min(count, channels - c), some);
                    }
                }
            }
        }
    }

    private void scatter(WindowPhase seen, RowScratch scratch, int first, int depth, int some) {
        var maxima = scratch.operand[TAPS];
        maxima(seen, scratch, first, depth, some, maxima);
        int taps = seen.taps.length;
        var best = scratch.operand[TAPS + 1];
        var places = scratch.places(taps * windows);
        Arrays.fill(best, 0, some * depth, 0);
        int last = Math.max(0, taps - 1) / TAPS * TAPS;
        for (int t = taps - 1; t >= 0; t--) {
            if (t % TAPS == TAPS - 1 && t < last) {
                rows(seen, scratch, t - t % TAPS, TAPS, first, depth);
            }
            find(scratch.operand[t % TAPS], maxima, t, best, some * depth);
            places(seen, scratch.runs, t, places, t * windows);
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
