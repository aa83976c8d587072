package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowPhase.Runs;

import java.util.Arrays;
import java.util.List;

/**
 * Float32 convolutions of each channel by itself, forward and by the kernel. Rows run over some
 * windows with all their filters, as they lie in memory; one row a tap holds what the windows see,
 * each channel once for each of its filters.
 */
final class DepthwiseConvolution {
    /** Windows of a task. */
    private static final int TASK = 1 << 16;

    private final ConvolutionSizes s;
    private final List<WindowPhase> phases;
    private final float[] x;
    private final float[] kernel;
    private final float[] out;

    /** Filters in a row, and windows in a row. */
    private final int filters;

    private final int windows;

    /**
     * A convolution, or its gradient by the kernel.
     *
     * @param out the output, or its gradient
     */
    DepthwiseConvolution(
            ConvolutionSizes s, List<WindowPhase> phases, float[] x, float[] kernel, float[] out) {
        this.s = s;
        this.phases = phases;
        this.x = x;
        this.kernel = kernel;
        this.out = out;
        int most = Math.max(1, FloatRows.WIDTH / s.filters()) * s.filters();
        filters = Math.min(s.outputRow(), Math.min(most, FloatRows.WIDTH));
        windows = Math.max(1, FloatRows.WIDTH / s.outputRow());
    }

    /** Computes the output; {@code after} gets ranges of finished elements, whole rows. */
    void run(Parallel.@Nullable Range after) {
        boolean whole = phases.size() == 1;
        for (var phase : phases) {
            int all = s.batch() * phase.windows;
            Parallel.loop(
                    all,
                    chunk(s.outputRow()),
                    s.nanos(chunk(s.outputRow())),
                    (from, to) -> {
                        for (int f = 0; f < s.outputRow(); f += filters) {
                            forward(phase, from, to, f, Math.min(filters, s.outputRow() - f));
                        }
                        if (whole && after != null) {
                            after.run(from * s.outputRow(), to * s.outputRow());
                        }
                    });
        }
        if (!whole && after != null) {
            after.run(0, s.windows() * s.outputRow());
        }
    }

    private int chunk(int row) {
        return (Math.max(1, TASK / row) + windows - 1) / windows * windows;
    }

    private void forward(WindowPhase phase, int from, int to, int first, int count) {
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
                gather(phase, scratch.runs, rows, first, count);
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

    private void gather(WindowPhase phase, Runs runs, float[][] rows, int first, int count) {
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

    /** Adds up what some windows of a phase contribute to the gradient by the kernel. */
    void kernelGradient(WindowPhase phase, int from, int to, float[] gradient, int at) {
        for (int f = 0; f < s.outputRow(); f += filters) {
            kernelGradient(phase, from, to, f, Math.min(filters, s.outputRow() - f), gradient, at);
        }
    }

    private void kernelGradient(
            WindowPhase phase, int from, int to, int first, int count, float[] gradient, int at) {
        int taps = phase.taps.length;
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
                phase.runs(w, some, scratch.runs);
                gather(phase, scratch.runs, rows, first, count);
                for (int j = 0; j < some; j++) {
                    System.arraycopy(
                            out,
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
                    gradient[at + phase.taps[t] * s.outputRow() + first + j % count] += sums[t][j];
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
