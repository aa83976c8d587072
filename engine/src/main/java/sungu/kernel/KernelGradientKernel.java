package sungu.kernel;

import sungu.kernel.WindowPhase.Runs;
import sungu.primitive.Convolution;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;

import java.util.Arrays;
import java.util.List;

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

    private final ConvolutionSizes s;
    private final float[] x;
    private final float[] d;

    private KernelGradientKernel(ConvolutionSizes s, float[] x, float[] d) {
        this.s = s;
        this.x = x;
        this.d = d;
    }

    /** Computes the gradient by the kernel from the input and the gradient of the output. */
    public static void run(Convolution convolution, HostTensor x, HostTensor d, HostTensor out) {
        var dtype = out.dtype();
        int entries = out.size() * dtype.lanes();
        if (x.size() == 0 || d.size() == 0) {
            Copy.flat(HostTensor.newArray(dtype, out.shape()), out.array(), entries);
            return;
        }
        var s = ConvolutionSizes.of(convolution, x.shape(), out.shape(), d.shape());
        switch (dtype.arithmetic()) {
            case FLOAT -> {
                var phases = WindowPhase.of(convolution.window(out.shape()), x.shape(), d.shape());
                if (dtype == DType.FLOAT32) {
                    new KernelGradientKernel(s, (float[]) x.array(), (float[]) d.array())
                            .floats(phases, (float[]) out.array());
                } else {
                    var result = new float[entries];
                    new KernelGradientKernel(
                                    s, ConvolutionKernel.widen(x), ConvolutionKernel.widen(d))
                            .floats(phases, result);
                    Blocks.store(dtype, result, out.array(), 0, entries);
                }
            }
            case DOUBLE -> {
                var result = (double[]) out.array();
                Arrays.fill(result, 0, entries, 0);
                doubles(s, (double[]) x.array(), (double[]) d.array(), result);
            }
            case COMPLEX -> {
                var result = new double[entries];
                complex(s, ConvolutionKernel.pairs(x), ConvolutionKernel.pairs(d), result);
                Blocks.store(dtype, result, out.array(), 0, entries);
            }
            default -> throw new IllegalArgumentException("no gradient of " + dtype);
        }
    }

    private void floats(List<WindowPhase> phases, float[] out) {
        int size = s.columns() * s.outputRow();
        Arrays.fill(out, 0, size, 0);
        for (var phase : phases) {
            int windows = s.batch() * phase.windows;
            long products = (long) windows * s.columns() * s.filters();
            int parts =
                    Math.clamp(
                            Math.min(windows / PART_WINDOWS, products / PART_PRODUCTS),
                            1,
                            Math.clamp(PART_SUMS / size, 1, PARTS));
            int chunk = (windows + parts - 1) / parts;
            if (parts == 1) {
                part(phases, phase, 0, windows, out, 0);
                continue;
            }
            try (var scratch = RowScratch.take(0, 0)) {
                var sums = scratch.factors(parts * size);
                Parallel.loop(
                        windows,
                        chunk,
                        s.nanos(chunk),
                        (from, to) -> {
                            int at = from / chunk * size;
                            Arrays.fill(sums, at, at + size, 0);
                            part(phases, phase, from, to, sums, at);
                        });
                for (int at = 0; at < parts * size && at / size * chunk < windows; at += size) {
                    for (int i = 0; i < size; i++) {
                        out[i] += sums[at + i];
                    }
                }
            }
        }
    }

    /** Adds what some windows contribute to sums that begin at {@code at}. */
    private void part(
            List<WindowPhase> phases, WindowPhase phase, int from, int to, float[] sums, int at) {
        if (s.groups() > 1 && s.channels() == 1) {
            new DepthwiseConvolution(s, phases, x, d, d).kernelGradient(phase, from, to, sums, at);
            return;
        }
        int filters = Math.min(FILTERS, s.filters());
        int count;
        for (int f = 0; f < s.outputRow(); f += count) {
            int group = f / s.filters();
            count = Math.min(filters, (group + 1) * s.filters() - f);
            if (s.columns() >= s.filters()) {
                alongTaps(phase, from, to, group, f, count, sums, at);
            } else {
                alongFilters(phase, from, to, group, f, count, sums, at);
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
            float[] sums,
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
                            sums[at + column * s.outputRow() + first + i] += scratch.result[i][j];
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
            float[] sums,
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
                    sums[p + j] += scratch.result[i][j];
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
