package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Layout;

import java.util.Arrays;

/**
 * Float32 convolutions of few or far apart windows: what windows see is gathered to rows, which are
 * multiplied by the kernel as a matrix.
 */
final class GatheredConvolution implements FloatConvolution, Parallel.Range {
    private static final int GATHERED = 1 << 17;
    private static final float[] NOTHING = {};

    private final ConvolutionSizes s;

    /** Windows of a task. */
    private final int rows;

    /** Per group, per task its product. */
    private final Gemm[][] products;

    /** What a run is about. */
    private float[] x = NOTHING;

    private float[] kernel = NOTHING;
    private float[] out = NOTHING;
    private int group;

    GatheredConvolution(ConvolutionSizes s) {
        this.s = s;
        rows = Math.clamp(GATHERED / s.columns(), 1, 256);
        int tasks = (s.windows() + rows - 1) / rows;
        products = new Gemm[s.groups()][tasks];
        var left = new Layout(0, s.columns(), 1, 0);
        for (int g = 0; g < s.groups(); g++) {
            var right = new Layout(g * s.filters(), s.outputRow(), 1, 0);
            for (int i = 0; i < tasks; i++) {
                int some = Math.min(rows, s.windows() - i * rows);
                products[g][i] = new Gemm(left, right, 1, some, s.columns(), s.filters());
            }
        }
    }

    @Override
    public void run(
            float[] input, float[] weights, float[] output, Parallel.@Nullable Range after) {
        x = input;
        kernel = weights;
        out = output;
        for (group = 0; group < s.groups(); group++) {
            Parallel.loop(s.windows(), rows, this);
        }
        x = NOTHING;
        kernel = NOTHING;
        out = NOTHING;
        if (after != null) {
            after.run(0, s.windows() * s.outputRow());
        }
    }

    /** The products of some windows and the filters of the current group. */
    @Override
    public void run(int from, int to) {
        int count = to - from;
        int filters = s.filters();
        var product = products[group][from / rows];
        try (var scratch = RowScratch.take(0, 0)) {
            var planes = scratch.planes(2, count * Math.max(s.columns(), filters));
            gather(from, to, scratch.places(s.map().taps), planes[0]);
            if (s.groups() == 1) {
                product.run(planes[0], kernel, out, from * filters, null);
                return;
            }
            product.run(planes[0], kernel, planes[1], 0, null);
            for (int i = 0; i < count; i++) {
                int place = (from + i) * s.outputRow() + group * filters;
                System.arraycopy(planes[1], i * filters, out, place, filters);
            }
        }
    }

    /** What each window sees of the group's channels, as a row; padding is zero. */
    private void gather(int from, int to, int[] taps, float[] rows) {
        int channels = s.channels();
        int at = 0;
        for (int w = from; w < to; w++) {
            s.map().taps(w % s.map().outputs, taps);
            int start = w / s.map().outputs * s.map().inputs;
            for (int t = 0; t < s.map().taps; t++, at += channels) {
                if (taps[t] < 0) {
                    Arrays.fill(rows, at, at + channels, 0);
                } else {
                    int place = (start + taps[t]) * s.inputRow() + group * channels;
                    System.arraycopy(x, place, rows, at, channels);
                }
            }
        }
    }
}
