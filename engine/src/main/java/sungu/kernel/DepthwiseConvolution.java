package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowPhase.Runs;

import java.util.Arrays;

/**
 * Float32 convolutions of each channel by itself, forward and by the kernel. Rows run over some
 * windows with all their filters, as they lie in memory; one row a tap holds what the windows see,
 * each channel once for each of its filters.
 */
final class DepthwiseConvolution implements FloatConvolution, Parallel.Range {
    /** Windows of a task. */
    private static final int TASK = 1 << 16;

    private static final float[] NOTHING = {};

    private final ConvolutionSizes s;
    private final WindowPhase[] phases;

    /** Filters in a row, and windows in a row. */
    private final int filters;

    private final int windows;

    /** What a run is about, and the phase of which windows are computed. */
    private float[] x = NOTHING;

    private float[] kernel = NOTHING;
    private float[] out = NOTHING;
    private Parallel.@Nullable Range after;
    private WindowPhase phase;

    DepthwiseConvolution(ConvolutionSizes s, WindowPhase[] phases) {
        this.s = s;
        this.phases = phases;
        phase = phases[0];
        int most = Math.max(1, FloatRows.WIDTH / s.filters()) * s.filters();
        filters = Math.min(s.outputRow(), Math.min(most, FloatRows.WIDTH));
        windows = Math.max(1, FloatRows.WIDTH / s.outputRow());
    }

    @Override
    public void run(
            float[] input, float[] weights, float[] output, Parallel.@Nullable Range finished) {
        x = input;
        kernel = weights;
        out = output;
        after = phases.length == 1 ? finished : null;
        for (var each : phases) {
            phase = each;
            int chunk = chunk(s.outputRow());
            Parallel.loop(s.batch() * phase.windows, chunk, s.nanos(chunk), this);
        }
        x = NOTHING;
        kernel = NOTHING;
        out = NOTHING;
        after = null;
        if (phases.length > 1 && finished != null) {
            finished.run(0, s.windows() * s.outputRow());
        }
    }

    /** Computes some windows of the current phase. */
    @Override
    public void run(int from, int to) {
        for (int f = 0; f < s.outputRow(); f += filters) {
            forward(from, to, f, Math.min(filters, s.outputRow() - f));
        }
        if (after != null) {
            after.run(from * s.outputRow(), to * s.outputRow());
        }
    }

    private int chunk(int row) {
        return (Math.max(1, TASK / row) + windows - 1) / windows * windows;
    }

    private void forward(int from, int to, int first, int count) {
        int taps = phase.taps.length;
        // Taps in threes; those that are missing see nothing.
        int rounded = (taps + 2) / 3 * 3;
        try (var scratch = RowScratch.take(2 * rounded, 1)) {
            var rows = scratch.operand;
            var sums = scratch.result[0];
            int length = windows * count;
            for (int t = 0; t < rounded; t++) {
                if (t >= taps) {
                    Arrays.fill(rows[t], 0, length, 0);
                    Arrays.fill(rows[rounded + t], 0, length, 0);
                    continue;
                }
                for (int j = 0; j < length; j += count) {
                    System.arraycopy(
                            kernel,
                            phase.taps[t] * s.outputRow() + first,
                            rows[rounded + t],
                            j,
                            count);
                }
            }
            for (int w = from; w < to; w += windows) {
                int some = Math.min(windows, to - w);
                phase.runs(w, some, scratch.runs);
                gather(x, phase, scratch.runs, rows, first, count);
                Arrays.fill(sums, 0, some * count, 0);
                for (int t = 0; t < taps; t += 3) {
                    addThree(
                            rows[t],
                            rows[rounded + t],
                            rows[t + 1],
                            rows[rounded + t + 1],
                            rows[t + 2],
                            rows[rounded + t + 2],
                            sums,
                            some * count);
                }
                for (int j = 0; j < some; j++) {
                    System.arraycopy(
                            sums,
                            j * count,
                            out,
                            scratch.runs.outputs[j] * s.outputRow() + first,
                            count);
                }
            }
        }
    }

    private void gather(
            float[] x, WindowPhase phase, Runs runs, float[][] rows, int first, int count) {
        for (int t = 0; t < phase.taps.length; t++) {
            phase.row(x, s.inputRow(), s.filters(), runs, t, first, count, 0, rows[t]);
        }
    }

    private static void addThree(
            float[] x0,
            float[] k0,
            float[] x1,
            float[] k1,
            float[] x2,
            float[] k2,
            float[] sums,
            int n) {
        for (int j = 0; j < n; j++) {
            sums[j] =
                    Math.fma(x2[j], k2[j], Math.fma(x1[j], k1[j], Math.fma(x0[j], k0[j], sums[j])));
        }
    }

    /**
     * Adds up what some windows of a phase contribute to the gradient by the kernel; several
     * threads may call it.
     *
     * @param d the gradient of the output
     */
    void kernelGradient(
            float[] input,
            float[] d,
            WindowPhase part,
            int from,
            int to,
            float[] gradient,
            int at) {
        for (int f = 0; f < s.outputRow(); f += filters) {
            int count = Math.min(filters, s.outputRow() - f);
            kernelGradient(input, d, part, from, to, f, count, gradient, at);
        }
    }

    private void kernelGradient(
            float[] input,
            float[] outer,
            WindowPhase part,
            int from,
            int to,
            int first,
            int count,
            float[] gradient,
            int at) {
        int taps = part.taps.length;
        int rounded = (taps + 2) / 3 * 3;
        try (var scratch = RowScratch.take(rounded, rounded + 1)) {
            var rows = scratch.operand;
            var sums = scratch.result;
            var d = sums[rounded];
            for (int t = 0; t < rounded; t++) {
                Arrays.fill(rows[t], 0, windows * count, 0);
                Arrays.fill(sums[t], 0, windows * count, 0);
            }
            for (int w = from; w < to; w += windows) {
                int some = Math.min(windows, to - w);
                part.runs(w, some, scratch.runs);
                gather(input, part, scratch.runs, rows, first, count);
                for (int j = 0; j < some; j++) {
                    System.arraycopy(
                            outer,
                            scratch.runs.outputs[j] * s.outputRow() + first,
                            d,
                            j * count,
                            count);
                }
                for (int t = 0; t < taps; t += 3) {
                    addToThree(
                            rows[t],
                            rows[t + 1],
                            rows[t + 2],
                            d,
                            sums[t],
                            sums[t + 1],
                            sums[t + 2],
                            some * count);
                }
            }
            for (int t = 0; t < taps; t++) {
                for (int j = 0; j < windows * count; j++) {
                    gradient[at + part.taps[t] * s.outputRow() + first + j % count] += sums[t][j];
                }
            }
        }
    }

    private static void addToThree(
            float[] x0,
            float[] x1,
            float[] x2,
            float[] d,
            float[] s0,
            float[] s1,
            float[] s2,
            int n) {
        for (int j = 0; j < n; j++) {
            float e = d[j];
            float a = s0[j];
            float b = s1[j];
            float c = s2[j];
            s0[j] = Math.fma(x0[j], e, a);
            s1[j] = Math.fma(x1[j], e, b);
            s2[j] = Math.fma(x2[j], e, c);
        }
    }
}
