package sungu.kernel;

import sungu.primitive.Window;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows that see the same taps. With gaps between the input elements some taps of a window fall
 * into gaps, and which ones repeats from window to window: each phase of this pattern is a set of
 * windows of its own, over an input without gaps. Without gaps there is one phase of all windows.
 *
 * <p>The windows of a phase are numbered through all examples in row-major order.
 */
final class WindowPhase {
    /** The taps, as row-major indices into the window, that meet an element at some window. */
    final int[] taps;

    /** Windows per example. */
    final int windows;

    /** Input elements and output elements per example, all channels at one place as one. */
    final int inputs;

    final int outputs;

    /** From one window to the next along the last axis, taps move on by so many elements. */
    final int lastStep;

    /** Zeros that follow each line of the input; see {@link #padded}. */
    final int pad;

    /** Elements of a line of the input, along the last axis, and windows along it. */
    final int line;

    private final int lineWindows;

    private final Axis[] axes;

    /** Per tap and axis its index along that axis. */
    private final int[][] digits;

    /**
     * The windows of a phase along an axis.
     *
     * @param count how many
     * @param first the output index of the first one
     * @param every the step between their output indices
     * @param step the step between their input indices
     * @param at per tap the input index at the first window
     * @param low per tap the first window at which it meets an element
     * @param high per tap the window from which on it meets none; not above {@code low} if it never
     *     does
     * @param in input elements after one step along this axis
     * @param out output elements after one step along this axis
     */
    private record Axis(
            int count,
            int first,
            int every,
            int step,
            Ints at,
            Ints low,
            Ints high,
            int in,
            int out) {}

    private WindowPhase(Axis[] axes, Ints size, int inputs, int outputs, int line) {
        this.axes = axes;
        this.inputs = inputs;
        this.outputs = outputs;
        this.line = line;
        pad = 0;
        windows = Arrays.stream(axes).mapToInt(Axis::count).reduce(1, Math::multiplyExact);
        lineWindows = axes[axes.length - 1].count;
        lastStep = axes[axes.length - 1].step;
        int all = 1;
        for (int axis = 0; axis < axes.length; axis++) {
            all *= size.get(axis);
        }
        var live = new int[all];
        var indices = new int[all][];
        int count = 0;
        for (int t = 0; t < all; t++) {
            var digit = new int[axes.length];
            boolean meets = true;
            for (int axis = axes.length - 1, rest = t; axis >= 0; axis--) {
                digit[axis] = rest % size.get(axis);
                rest /= size.get(axis);
                meets &= axes[axis].low.get(digit[axis]) < axes[axis].high.get(digit[axis]);
            }
            if (meets) {
                live[count] = t;
                indices[count++] = digit;
            }
        }
        taps = Arrays.copyOf(live, count);
        digits = Arrays.copyOf(indices, count);
    }

    private WindowPhase(WindowPhase plain, int pad) {
        axes = plain.axes;
        digits = plain.digits;
        taps = plain.taps;
        inputs = plain.inputs / plain.line * (plain.line + pad);
        outputs = plain.outputs;
        line = plain.line + pad;
        lineWindows = line;
        windows = plain.windows / plain.lineWindows * line;
        lastStep = 1;
        this.pad = pad;
    }

    /**
     * The same windows, over an input with so many zeros after each line (and before the first one)
     * that taps beyond the ends of a line meet these: what a tap sees then runs on from line to
     * line. Each line gets as many windows as it has elements, those too many without an output.
     * Positions count the zeros.
     *
     * @param most windows too many that are worth longer runs; with more of them the plain phase is
     *     the answer
     */
    WindowPhase padded(int most) {
        var last = axes[axes.length - 1];
        if (axes.length == 1 || lastStep != 1 || taps.length == 0) {
            return this;
        }
        int zeros = Math.max(0, last.count - line);
        for (var digit : digits) {
            int at = last.at.get(digit[axes.length - 1]);
            zeros = Math.max(zeros, Math.max(-at, at + last.count - line));
        }
        return line + zeros - last.count > most ? this : new WindowPhase(this, zeros);
    }

    /** How many windows below this one have an output. */
    int outputsBefore(int window) {
        int count = axes[axes.length - 1].count;
        return window / lineWindows * count + Math.min(window % lineWindows, count);
    }

    /** The phases of windows over a channels-last input. */
    static WindowPhase[] of(Window window, Shape input, Shape output) {
        int rank = window.rank();
        List<Axis[]> all = new ArrayList<>();
        all.add(new Axis[rank]);
        int in = 1;
        int out = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            List<Axis[]> more = new ArrayList<>();
            for (var phase :
                    phases(window, axis, input.dim(axis + 1), output.dim(axis + 1), in, out)) {
                for (var axes : all) {
                    var copy = axes.clone();
                    copy[axis] = phase;
                    more.add(copy);
                }
            }
            all = more;
            in *= input.dim(axis + 1);
            out *= output.dim(axis + 1);
        }
        int inputs = in;
        int outputs = out;
        return all.stream()
                .map(axes -> new WindowPhase(axes, window.size(), inputs, outputs, input.dim(rank)))
                .toArray(WindowPhase[]::new);
    }

    private static List<Axis> phases(Window window, int axis, int in, int out, int ins, int outs) {
        int stride = window.strides().get(axis);
        int gap = window.inputDilation().get(axis);
        int every = gap / gcd(stride, gap);
        int step = stride * every / gap;
        var phases = new ArrayList<Axis>();
        for (int first = 0; first < Math.min(every, out); first++) {
            int count = (out - first + every - 1) / every;
            int size = window.size().get(axis);
            var at = new int[size];
            var low = new int[size];
            var high = new int[size];
            for (int k = 0; k < size; k++) {
                int place =
                        first * stride + k * window.dilation().get(axis) - window.low().get(axis);
                if (Math.floorMod(place, gap) == 0) {
                    at[k] = place / gap;
                    low[k] = Math.clamp(Math.ceilDiv(-at[k], step), 0, count);
                    high[k] = Math.clamp(Math.ceilDiv(in - at[k], step), 0, count);
                }
            }
            phases.add(
                    new Axis(
                            count,
                            first,
                            every,
                            step,
                            Ints.of(at),
                            Ints.of(low),
                            Ints.of(high),
                            ins,
                            outs));
        }
        return phases;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** What some windows in turn see, as runs along the last axis. */
    static final class Runs {
        /** No element: padding, as the position of a run. */
        static final int NONE = -1;

        /** Per window the index of its output element; NONE for one too many. */
        int[] outputs = {};

        /** Per tap where its runs begin in the lists; one more at the end. */
        int[] starts = {};

        /** Per run its first window, how many it covers, and the input element of the first one. */
        int[] windows = {};

        int[] lengths = {};
        int[] positions = {};

        /** The input elements that all runs lie between: the first, and one after the last. */
        int low;

        int high;

        private int count;
        private int begun;

        private void add(int window, int length, int position, int step) {
            if (length == 0) {
                return;
            }
            if (count > begun) {
                int last = positions[count - 1];
                boolean joins =
                        position == NONE
                                ? last == NONE
                                : last != NONE && position == last + lengths[count - 1] * step;
                if (joins) {
                    lengths[count - 1] += length;
                    seen(position, length, step);
                    return;
                }
            }
            if (count == windows.length) {
                int more = Math.max(64, 2 * count);
                windows = Arrays.copyOf(windows, more);
                lengths = Arrays.copyOf(lengths, more);
                positions = Arrays.copyOf(positions, more);
            }
            windows[count] = window;
            lengths[count] = length;
            positions[count++] = position;
            seen(position, length, step);
        }

        private void seen(int position, int length, int step) {
            if (position != NONE) {
                low = Math.min(low, position);
                high = Math.max(high, position + (length - 1) * step + 1);
            }
        }
    }

    /** Whether each window's first tap sees the element of the window's own number. */
    boolean same() {
        return inputs == outputs
                && Arrays.stream(axes)
                        .allMatch(axis ->
                                axis.step == 1
                                        && axis.every == 1
                                        && axis.low.get(0) == 0
                                        && axis.high.get(0) == axis.count
                                        && axis.at.get(0) == 0);
    }

    /** Lists what {@code count} windows from {@code from} on see. */
    void runs(int from, int count, Runs runs) {
        if (runs.outputs.length < count) {
            runs.outputs = new int[count];
        }
        if (runs.starts.length <= taps.length) {
            runs.starts = new int[taps.length + 1];
        }
        runs.count = 0;
        runs.low = Integer.MAX_VALUE;
        runs.high = 0;
        var last = axes[axes.length - 1];
        for (int t = 0; t < taps.length; t++) {
            runs.starts[t] = runs.begun = runs.count;
            int k = digits[t][axes.length - 1];
            int at = last.at.get(k);
            for (int j = 0; j < count; ) {
                int q = (from + j) % lineWindows;
                int length = Math.min(lineWindows - q, count - j);
                int line = line(from + j, t);
                if (pad > 0) {
                    int position = line == Runs.NONE ? line : pad + line + at + q;
                    runs.add(j, length, position, 1);
                    j += length;
                    continue;
                }
                int a = line == Runs.NONE ? length : Math.clamp(last.low.get(k) - q, 0, length);
                int b = line == Runs.NONE ? length : Math.clamp(last.high.get(k) - q, a, length);
                runs.add(j, a, Runs.NONE, last.step);
                runs.add(j + a, b - a, line + at + (q + a) * last.step, last.step);
                runs.add(j + b, length - b, Runs.NONE, last.step);
                j += length;
            }
        }
        runs.starts[taps.length] = runs.count;
        for (int j = 0; j < count; ) {
            int q = (from + j) % lineWindows;
            int end = j + Math.min(lineWindows - q, count - j);
            int output = output(from + j);
            for (; j < end; j++, q++, output += last.every) {
                runs.outputs[j] = q < last.count ? output : Runs.NONE;
            }
        }
    }

    /**
     * Fills a row with what one tap sees at each of the windows of {@code runs}, one channel beside
     * the other.
     *
     * @param channels of an input element
     * @param multiplier how often each channel stands in the row
     * @param first what to begin with, counting channels that often
     * @param count how many to take per window
     * @param padding what stands for padding
     */
    void row(
            float[] x,
            int channels,
            int multiplier,
            Runs runs,
            int tap,
            int first,
            int count,
            float padding,
            float[] row) {
        int step = lastStep * channels;
        for (int r = runs.starts[tap]; r < runs.starts[tap + 1]; r++) {
            int to = runs.windows[r] * count;
            int end = to + runs.lengths[r] * count;
            int from = runs.positions[r] * channels;
            if (runs.positions[r] == Runs.NONE) {
                Arrays.fill(row, to, end, padding);
            } else if (multiplier == 1 && count == step) {
                System.arraycopy(x, from, row, to, end - to);
            } else if (multiplier == 1) {
                for (; to < end; from += step, to += count) {
                    System.arraycopy(x, from + first, row, to, count);
                }
            } else {
                for (; to < end; from += step, to += count) {
                    for (int c = 0; c < count; c++) {
                        row[to + c] = x[from + (first + c) / multiplier];
                    }
                }
            }
        }
    }

    /** The input element at which a tap's line along the last axis begins; NONE in padding. */
    private int line(int window, int tap) {
        int rest = window / lineWindows;
        int lines = 0;
        for (int i = axes.length - 2; i >= 0; i--) {
            var axis = axes[i];
            int q = rest % axis.count;
            int k = digits[tap][i];
            if (q < axis.low.get(k) || q >= axis.high.get(k)) {
                return Runs.NONE;
            }
            lines += (axis.at.get(k) + q * axis.step) * axis.in;
            rest /= axis.count;
        }
        return lines / (line - pad) * line + rest * inputs;
    }

    private int output(int window) {
        var last = axes[axes.length - 1];
        int rest = window / lineWindows;
        int position = (last.first + window % lineWindows * last.every) * last.out;
        for (int i = axes.length - 2; i >= 0; i--) {
            var axis = axes[i];
            position += (axis.first + rest % axis.count * axis.every) * axis.out;
            rest /= axis.count;
        }
        return position + rest * outputs;
    }
}
