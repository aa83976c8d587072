package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowPhase.Runs;
import sungu.primitive.Convolution;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * Gradients of convolutions by their kernels. Float32, and the smaller floats widened to it, add up
 * scaled rows: what windows see, scaled by the output gradients, or, for narrow windows, the output
 * gradients scaled by what windows see. The windows are shared out to a fixed number of parts,
 * whose sums are added in order. The other types add product by product.
 */
public final class KernelGradientKernel {
    /** Windows of which rows are filled and summed at a time. */
    private static final int DEPTH = 64;

    /** Filters that are summed side by side. */
    private static final int FILTERS = 128;

    /** Windows and products of a part, at least. */
    private static final int PART_WINDOWS = 1024;

    private static final int PART_PRODUCTS = 1 << 20;

    /** Most parts, and most sums of all of them. */
    private static final int PARTS = 16;

    private static final int PART_SUMS = 1 << 22;

    private static final float[] NOTHING = {};

    private final ConvolutionSizes s;

    /** The phases of float convolutions; none for other types. */
    private final WindowPhase[] phases;

    /** Adds up what single channels contribute; null where there are several. */
    private final @Nullable DepthwiseConvolution depthwise;

    /** What a run is about: the phase, the windows of a part, and where the parts add up. */
    private float[] x = NOTHING;

    private float[] d = NOTHING;
    private int current;
    private int chunk;
    private float[] sums = NOTHING;
    private final Parallel.Range parts = this::part;

    /**
     * Makes a gradient ready for an input and a gradient of the output of these types; it runs in
     * one thread at a time, which may share out the work.
     */
    public KernelGradientKernel(Convolution convolution, TensorType x, Shape d, Shape out) {
        s = ConvolutionSizes.of(convolution, x.shape(), out, d);
        boolean floats =
                x.size() > 0 && d.size() > 0 && x.dtype().arithmetic() == DType.Arithmetic.FLOAT;
        phases =
                floats ? WindowPhase.of(convolution.window(out), x.shape(), d) : new WindowPhase[0];
        depthwise =
                floats && s.groups() > 1 && s.channels() == 1
                        ? new DepthwiseConvolution(s, phases)
                        : null;
    }

    /** Computes the gradient by the kernel from the input and the gradient of the output. */
    public void run(HostTensor input, HostTensor outer, HostTensor out) {
        var dtype = out.dtype();
        int entries = out.size() * dtype.lanes();
        if (input.size() == 0 || outer.size() == 0) {
            Copy.flat(HostTensor.newArray(dtype, out.shape()), out.array(), entries);
            return;
        }
        switch (dtype.arithmetic()) {
            case FLOAT -> {
                if (dtype == DType.FLOAT32) {
                    floats((float[]) input.array(), (float[]) outer.array(), (float[]) out.array());
                } else {
                    var result = new float[entries];
                    floats(ConvolutionKernel.widen(input), ConvolutionKernel.widen(outer), result);
                    Blocks.store(dtype, result, out.array(), 0, entries);
                }
            }
            case DOUBLE -> {
                var result = (double[]) out.array();
                Arrays.fill(result, 0, entries, 0);
                doubles(s, (double[]) input.array(), (double[]) outer.array(), result);
            }
            case COMPLEX -> {
                var result = new double[entries];
                complex(s, ConvolutionKernel.pairs(input), ConvolutionKernel.pairs(outer), result);
                Blocks.store(dtype, result, out.array(), 0, entries);
            }
            default -> throw new IllegalArgumentException("no gradient of " + dtype);
        }
    }

    private void floats(float[] input, float[] outer, float[] out) {
        x = input;
        d = outer;
        int size = s.columns() * s.outputRow();
        Arrays.fill(out, 0, size, 0);
        for (current = 0; current < phases.length; current++) {
            int windows = s.batch() * phases[current].windows;
            long products = (long) windows * s.columns() * s.filters();
            int count =
                    Math.clamp(
                            Math.min(windows / PART_WINDOWS, products / PART_PRODUCTS),
                            1,
                            Math.clamp(PART_SUMS / size, 1, PARTS));
            if (count == 1) {
                part(phases[current], 0, windows, out, 0);
                continue;
            }
            chunk = (windows + count - 1) / count;
            try (var scratch = RowScratch.take(0, 0)) {
                sums = scratch.factors(count * size);
                Parallel.loop(windows, chunk, s.nanos(chunk), parts);
                for (int at = 0; at < count * size && at / size * chunk < windows; at += size) {
                    for (int i = 0; i < size; i++) {
                        out[i] += sums[at + i];
                    }
                }
                sums = NOTHING;
            }
        }
        x = NOTHING;
        d = NOTHING;
    }

    /** Adds up the windows of a part in sums of its own. */
    private void part(int from, int to) {
        int size = s.columns() * s.outputRow();
        int at = from / chunk * size;
        Arrays.fill(sums, at, at + size, 0);
        part(phases[current], from, to, sums, at);
    }

    /** Adds what some windows contribute to sums that begin at {@code at}. */
    private void part(WindowPhase phase, int from, int to, float[] out, int at) {
        if (depthwise != null) {
            depthwise.kernelGradient(x, d, phase, from, to, out, at);
            return;
        }
        int filters = Math.min(FILTERS, s.filters());
        int count;
        for (int f = 0; f < s.outputRow(); f += count) {
            int group = f / s.filters();
            count = Math.min(filters, (group + 1) * s.filters() - f);
            if (s.columns() >= s.filters()) {
                alongTaps(phase, from, to, group, f, count, out, at);
            } else {
                alongFilters(phase, from, to, group, f, count, out, at);
            }
        }
    }

    /** Rows of what windows see, in panels of some taps and channels. */
    private void alongTaps(
            WindowPhase phase,
            int from,
            int to,
            int group,
            int first,
            int count,
            float[] totals,
            int at) {
        int channels = Math.min(FloatRows.WIDTH, s.channels());
        int most = FloatRows.WIDTH / channels;
        int panels = (phase.taps.length + most - 1) / most;
        int taps = panels == 0 ? 1 : (phase.taps.length + panels - 1) / panels;
        for (int c = 0; c < s.channels(); c += channels) {
            int depth = Math.min(channels, s.channels() - c);
            for (int t = 0; t < phase.taps.length; t += taps) {
                int some = Math.min(taps, phase.taps.length - t);
                int width = some * depth;
                int padded = FloatRows.padded(width);
                try (var scratch = RowScratch.take(DEPTH, count)) {
                    clear(scratch.result, count, padded);
                    for (int l = 0; l < DEPTH; l++) {
                        Arrays.fill(scratch.operand[l], width, padded, 0);
                    }
                    for (int w = from; w < to; w += DEPTH) {
                        int slab = Math.min(DEPTH, to - w);
                        phase.runs(w, slab, scratch.runs);
                        for (int i = 0; i < some; i++) {
                            see(
                                    scratch.runs,
                                    phase,
                                    t + i,
                                    group * s.channels() + c,
                                    depth,
                                    scratch.operand,
                                    i * depth);
                        }
                        for (int l = 0; l < slab; l++) {
                            scratch.offsets[l] = scratch.runs.outputs[l] * s.outputRow();
                        }
                        FloatRows.accumulate(scratch, d, first, 1, slab, count, padded);
                    }
                    for (int i = 0; i < count; i++) {
                        for (int j = 0; j < width; j++) {
                            int tap = phase.taps[t + j / depth];
                            int column = tap * s.channels() + c + j % depth;
                            totals[at + column * s.outputRow() + first + i] += scratch.result[i][j];
                        }
                    }
                }
            }
        }
    }

    /** Copies what a tap sees at each of some windows to a place in the row of that window. */
    private void see(
            Runs runs,
            WindowPhase phase,
            int tap,
            int channel,
            int channels,
            float[][] rows,
            int to) {
        for (int r = runs.starts[tap]; r < runs.starts[tap + 1]; r++) {
            int end = runs.windows[r] + runs.lengths[r];
            int step = phase.lastStep * s.inputRow();
            int position = runs.positions[r] * s.inputRow() + channel;
            for (int l = runs.windows[r]; l < end; l++, position += step) {
                if (runs.positions[r] == Runs.NONE) {
                    Arrays.fill(rows[l], to, to + channels, 0);
                } else {
                    System.arraycopy(x, position, rows[l], to, channels);
                }
            }
        }
    }

    /** Rows of output gradients, scaled by what the windows see, gathered window by window. */
    private void alongFilters(
            WindowPhase phase,
            int from,
            int to,
            int group,
            int first,
            int count,
            float[] totals,
            int at) {
        int columns = phase.taps.length * s.channels();
        int padded = FloatRows.padded(count);
        try (var scratch = RowScratch.take(DEPTH, columns)) {
            var seen = scratch.factors(DEPTH * columns);
            clear(scratch.result, columns, padded);
            for (int l = 0; l < DEPTH; l++) {
                Arrays.fill(scratch.operand[l], count, padded, 0);
                scratch.offsets[l] = l * columns;
            }
            for (int w = from; w < to; w += DEPTH) {
                int slab = Math.min(DEPTH, to - w);
                phase.runs(w, slab, scratch.runs);
                Arrays.fill(seen, 0, slab * columns, 0);
                for (int t = 0; t < phase.taps.length; t++) {
                    see(scratch.runs, phase, t, group * s.channels(), seen, columns);
                }
                for (int l = 0; l < slab; l++) {
                    int p = scratch.runs.outputs[l] * s.outputRow() + first;
                    System.arraycopy(d, p, scratch.operand[l], 0, count);
                }
                FloatRows.accumulate(scratch, seen, 0, 1, slab, columns, padded);
            }
            for (int i = 0; i < columns; i++) {
                int tap = phase.taps[i / s.channels()];
                int p = at + (tap * s.channels() + i % s.channels()) * s.outputRow() + first;
                for (int j = 0; j < count; j++) {
                    totals[p + j] += scratch.result[i][j];
                }
            }
        }
    }

    private void see(
            Runs runs, WindowPhase phase, int tap, int channel, float[] seen, int columns) {
        for (int r = runs.starts[tap]; r < runs.starts[tap + 1]; r++) {
            if (runs.positions[r] == Runs.NONE) {
                continue;
            }
            int step = phase.lastStep * s.inputRow();
            int position = runs.positions[r] * s.inputRow() + channel;
            int to = runs.windows[r] * columns + tap * s.channels();
            for (int i = 0; i < runs.lengths[r]; i++, position += step, to += columns) {
                for (int c = 0; c < s.channels(); c++) {
                    seen[to + c] = x[position + c];
                }
            }
        }
    }

    private static void clear(float[][] rows, int count, int width) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(rows[i], 0, width, 0);
        }
    }

    private static void doubles(ConvolutionSizes s, double[] x, double[] d, double[] out) {
        s.products(
                0,
                s.windows(),
                (input, output, weight) -> {
                    for (int f = 0; f < s.filters(); f++) {
                        out[weight + f] = Math.fma(x[input], d[output + f], out[weight + f]);
                    }
                });
    }

    private static void complex(ConvolutionSizes s, double[] x, double[] d, double[] out) {
        s.products(
                0,
                s.windows(),
                (input, output, weight) -> {
                    double re = x[2 * input];
                    double im = x[2 * input + 1];
                    for (int f = 0; f < s.filters(); f++) {
                        int i = 2 * (weight + f);
                        int o = 2 * (output + f);
                        out[i] += re * d[o] - im * d[o + 1];
                        out[i + 1] += re * d[o + 1] + im * d[o];
                    }
                });
    }
}
