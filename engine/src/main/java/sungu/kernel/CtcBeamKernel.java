package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prefix beam search (Graves and Jaitly 2014): label sequences as a tree, each with the
 * probabilities that it ends on a blank or on its last label.
 */
public final class CtcBeamKernel {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    private final HostTensor logits;
    private final int frames;
    private final int classes;
    private final int width;
    private final int blank;

    /** Searches in logits [batch, frames, classes]. */
    public CtcBeamKernel(HostTensor logits, int width, int blank) {
        this.logits = logits;
        this.frames = logits.shape().dim(1);
        this.classes = logits.shape().dim(2);
        this.width = width;
        this.blank = blank;
    }

    /** A label sequence: one more label than its parent. */
    private static final class Prefix {
        final @Nullable Prefix parent;
        final int label;
        final Map<Integer, Prefix> longer = new HashMap<>();
        boolean followed;
        double onBlank = NEVER;
        double onLabel = NEVER;
        double nextOnBlank = NEVER;
        double nextOnLabel = NEVER;

        Prefix(@Nullable Prefix parent, int label) {
            this.parent = parent;
            this.label = label;
        }

        double total() {
            return sum(onBlank, onLabel);
        }

        double nextTotal() {
            return sum(nextOnBlank, nextOnLabel);
        }

        void step() {
            onBlank = nextOnBlank;
            onLabel = nextOnLabel;
            nextOnBlank = NEVER;
            nextOnLabel = NEVER;
        }
    }

    /** Writes the best paths of every sequence: labels [paths, batch, frames] and scores. */
    public void run(HostTensor counts, int paths, HostTensor labels, HostTensor scores) {
        int batch = logits.shape().dim(0);
        int[] out = (int[]) labels.array();
        Arrays.fill(out, -1);
        for (int b = 0; b < batch; b++) {
            int count = (int) counts.number(b);
            if (count < 0 || count > frames) {
                throw new TensorException(
                        "ctc_beam: sequence "
                                + b
                                + " can't have "
                                + count
                                + " of "
                                + frames
                                + " frames");
            }
            var beam = search(b, count);
            if (beam.size() < paths) {
                throw new TensorException(
                        "ctc_beam: only " + beam.size() + " paths are possible, not " + paths);
            }
            for (int p = 0; p < paths; p++) {
                write(beam.get(p), out, (p * batch + b) * frames);
                Numbers.put(scores.dtype(), scores.array(), b * paths + p, beam.get(p).total());
            }
        }
    }

    private static void write(Prefix end, int[] out, int at) {
        var path = new ArrayList<Integer>();
        for (var p = end; p.parent != null; p = p.parent) {
            path.add(p.label);
        }
        for (int i = 0; i < path.size(); i++) {
            out[at + i] = path.get(path.size() - 1 - i);
        }
    }

    private List<Prefix> search(int b, int count) {
        var root = new Prefix(null, -1);
        root.onBlank = 0;
        root.followed = true;
        var beam = new ArrayList<>(List.of(root));
        for (int t = 0; t < count; t++) {
            double[] log = logProbabilities((b * frames + t) * classes);
            var found = new ArrayList<Prefix>();
            for (var p : beam) {
                stay(p, log);
                found.add(p);
            }
            for (var p : beam) {
                grow(p, log, found);
            }
            found.sort(Comparator.comparingDouble(Prefix::nextTotal).reversed());
            beam.forEach(p -> p.followed = false);
            beam = new ArrayList<>(found.subList(0, Math.min(width, found.size())));
            for (var p : beam) {
                p.step();
                p.followed = true;
            }
        }
        return beam;
    }

    /** The same labels after one more frame: a blank, the last label again, or entered just now. */
    private void stay(Prefix p, double[] log) {
        p.nextOnBlank = p.total() + log[blank];
        if (p.parent == null) {
            return;
        }
        double ways = p.onLabel;
        if (p.parent.followed) {
            ways = sum(ways, p.parent.label == p.label ? p.parent.onBlank : p.parent.total());
        }
        p.nextOnLabel = ways + log[p.label];
    }

    /** One label more, where that is not followed already. */
    private void grow(Prefix p, double[] log, List<Prefix> found) {
        double total = p.total();
        for (int label = 0; label < classes; label++) {
            double before = label == p.label ? p.onBlank : total;
            if (label == blank || before == NEVER) {
                continue;
            }
            var next = p.longer.computeIfAbsent(label, l -> new Prefix(p, l));
            if (!next.followed) {
                next.nextOnBlank = NEVER;
                next.nextOnLabel = before + log[label];
                found.add(next);
            }
        }
    }

    private double[] logProbabilities(int at) {
        var log = new double[classes];
        double highest = NEVER;
        for (int i = 0; i < classes; i++) {
            log[i] = logits.number(at + i);
            highest = Math.max(highest, log[i]);
        }
        double all = 0;
        for (double x : log) {
            all += Math.exp(x - highest);
        }
        double norm = highest + Math.log(all);
        for (int i = 0; i < classes; i++) {
            log[i] -= norm;
        }
        return log;
    }

    /** The logarithm of the sum of two probabilities. */
    private static double sum(double a, double b) {
        double high = Math.max(a, b);
        return high == NEVER ? NEVER : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }
}
