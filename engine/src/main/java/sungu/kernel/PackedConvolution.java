package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowPhase.Runs;

import java.util.Arrays;

/**
 * Float32 convolutions as sums of scaled rows: a row holds what one tap of many windows sees of one
 * channel, its multipliers are the weights of that tap and channel. Rows are runs of planes, which
 * hold the input channel by channel; the sums, one row a filter, leave as columns.
 */
final class PackedConvolution implements FloatConvolution, Parallel.Range {
    /** Channels that are made planes and summed at a time. */
    private static final int CHANNELS = 16;

    /** Rows that are filled and summed at a time. */
    private static final int ROWS = 256;

    /** Filters that are summed side by side. */
    private static final int FILTERS = 256;

    /** Sums of a task. */
    private static final int SUMS = 1 << 17;

    /** Windows that overlap so little that planes would be larger than this many rows do not. */
    private static final int SPREAD = 8;

    /** Sums without an output, per line of windows, that longer runs are worth. */
    private static final int SPARE = 64;

    private static final float[] NOTHING = {};

    private final ConvolutionSizes s;
    private final WindowPhase[] phases;

    /** What a run is about, and the phase of which windows are computed. */
    private float[] x = NOTHING;

    private float[] kernel = NOTHING;
    private float[] out = NOTHING;
    private Parallel.@Nullable Range after;
    private WindowPhase phase;

    PackedConvolution(ConvolutionSizes s, WindowPhase[] phases) {
        this.s = s;
        this.phases = new WindowPhase[phases.length];
        for (int i = 0; i < phases.length; i++) {
            this.phases[i] = phases[i].padded(SPARE / s.filters());
        }
        phase = this.phases[0];
    }

    /** Whether there are windows enough, and near enough to each other. */
    boolean pays() {
        for (var each : phases) {
            int windows = s.batch() * each.windows;
            if (windows < FloatRows.NARROW / 2) {
                return false;
            }
            try (var scratch = RowScratch.take(0, 0)) {
                int width = Math.min(windows, FloatRows.WIDTH);
                each.runs(0, width, scratch.runs);
                if (scratch.runs.high - scratch.runs.low > SPREAD * (width + FloatRows.WIDTH)) {
                    return false;
                }
            }
        }
        return true;
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
            int windows = s.batch() * phase.windows;
            int most = Math.clamp(SUMS / s.filters(), 2 * FloatRows.NARROW, FloatRows.WIDTH);
            int tasks = Math.max((windows + most - 1) / most, Math.min(4, windows / 256));
            int chunk = tasks < 2 ? windows : ((windows + tasks - 1) / tasks + 15) / 16 * 16;
            Parallel.loop(windows, chunk, s.nanos(chunk), this);
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
        windows(from, to);
        int first = phase.outputsBefore(from) * s.outputRow();
        int end = phase.outputsBefore(to) * s.outputRow();
        if (after != null && first < end) {
            after.run(first, end);
        }
    }

    private void windows(int from, int to) {
        int width = to - from;
        int taps = phase.taps.length;
        int filters = Math.min(FILTERS, s.filters());
        int channels = Math.min(CHANNELS, s.channels());
        int slab = Math.max(1, Math.min(taps, ROWS / channels));
        try (var scratch = RowScratch.take(slab * channels, filters)) {
            phase.runs(from, width, scratch.runs);
            for (int j = 0; j < width; j++) {
                scratch.targets[j] = scratch.runs.outputs[j] * s.outputRow();
            }
            int padded = FloatRows.padded(width);
            int count = 0;
            for (int f = 0; f < s.outputRow(); f += count) {
                int group = f / s.filters();
                count = Math.min(filters, (group + 1) * s.filters() - f);
                for (int i = 0; i < count; i++) {
                    Arrays.fill(scratch.result[i], 0, padded, 0);
                }
                for (int c = 0; taps > 0 && c < s.channels(); c += channels) {
                    int depth = Math.min(channels, s.channels() - c);
                    var planes = planes(scratch, group * s.channels() + c, depth);
                    for (int t = 0; t < taps; t += slab) {
                        int some = Math.min(slab, taps - t);
                        rows(scratch, planes, t, some, c, depth, width);
                        FloatRows.accumulate(scratch, kernel, f, 1, some * depth, count, padded);
                    }
                }
                FloatRows.unpack(scratch.result, count, width, out, f, scratch.targets);
            }
        }
    }

    /** Copies some channels of the input elements that the windows see to planes. */
    private float[][] planes(RowScratch scratch, int channel, int count) {
        int low = scratch.runs.low;
        int high = scratch.runs.high;
        var planes = scratch.planes(count, Math.max(high - low, FloatRows.NARROW));
        int row = s.inputRow();
        if (phase.pad == 0) {
            FloatRows.pack(x, low * row + channel, 1, row, planes, 0, count, high - low);
            return planes;
        }
        for (int c = 0; c < count; c++) {
            Arrays.fill(planes[c], 0, high - low, 0);
        }
        int length = phase.line - phase.pad;
        int lines = s.batch() * (phase.inputs / phase.line);
        int line = Math.max(0, (low - phase.pad) / phase.line);
        for (; line < lines; line++) {
            int begin = phase.pad + line * phase.line;
            int from = Math.max(low, begin);
            int to = Math.min(high, begin + length);
            if (begin >= high) {
                break;
            }
            if (from < to) {
                int at = (line * length + from - begin) * row + channel;
                FloatRows.pack(x, at, 1, row, planes, 0, count, from - low, to - from);
            }
        }
        return planes;
    }

    /** Fills the rows of some taps, each with some channels, from the planes. */
    private void rows(
            RowScratch scratch,
            float[][] planes,
            int firstTap,
            int taps,
            int channel,
            int channels,
            int width) {
        var runs = scratch.runs;
        int padded = FloatRows.padded(width);
        int l = 0;
        for (int t = firstTap; t < firstTap + taps; t++) {
            for (int c = 0; c < channels; c++, l++) {
                scratch.offsets[l] = (phase.taps[t] * s.channels() + channel + c) * s.outputRow();
                var row = scratch.operand[l];
                fill(runs, t, phase.lastStep, planes[c], row);
                Arrays.fill(row, width, padded, 0);
            }
        }
    }

    private static void fill(Runs runs, int tap, int step, float[] plane, float[] row) {
        for (int r = runs.starts[tap]; r < runs.starts[tap + 1]; r++) {
            int j = runs.windows[r];
            int length = runs.lengths[r];
            int position = runs.positions[r] - runs.low;
            if (runs.positions[r] == Runs.NONE) {
                Arrays.fill(row, j, j + length, 0);
            } else if (step == 1) {
                System.arraycopy(plane, position, row, j, length);
            } else {
                for (int i = 0; i < length; i++) {
                    row[j + i] = plane[position + i * step];
                }
            }
        }
    }
}
