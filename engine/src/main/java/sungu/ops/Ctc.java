package sungu.ops;

import sungu.primitive.CtcBeam;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.List;

/**
 * Connectionist temporal classification: labels of sequences whose alignment with the frames is
 * unknown (Graves, Fernandez, Gomez, Schmidhuber 2006).
 */
public final class Ctc {
    /** Stands for the logarithm of 0, so that gradients stay finite where nothing is possible. */
    private static final double IMPOSSIBLE = -1e30;

    private Ctc() {}

    /** Labels of decoded sequences, filled up with -1, and a score of each. */
    public record Decoded(Tensor labels, Tensor scores) {}

    /**
     * The negative log-likelihood of the labels, per sequence: [batch]; infinity, with a gradient
     * of 0, where the frames are too few for the labels.
     *
     * @param labels integers [batch, length]; what lies behind {@code labelLengths} is ignored
     * @param logits float32 or float64 [batch, frames, classes], not normalized
     * @param labelLengths integers [batch]
     * @param frameCounts integers [batch]
     * @param blank the class that stands between labels
     * @throws TensorException if the shapes do not fit
     */
    public static Tensor loss(
            Tensor labels, Tensor logits, Tensor labelLengths, Tensor frameCounts, int blank) {
        check("ctc loss", logits, frameCounts, blank);
        int batch = logits.shape().dim(0);
        if (labels.rank() != 2
                || labels.shape().dim(0) != batch
                || !labelLengths.shape().equals(Shape.of(batch))) {
            throw new TensorException(
                    "ctc loss: labels "
                            + labels.type()
                            + " and their lengths "
                            + labelLengths.type()
                            + " do not fit logits "
                            + logits.type(),
                    "labels are [batch, length], lengths [batch]");
        }
        int length = labels.shape().dim(1);
        int states = 2 * length + 1;
        var lengths = column(labelLengths);
        var place = Movements.iota(length, DType.INT32);
        var none = Tensor.full(Shape.SCALAR, blank, DType.INT32);
        var known =
                Elements.select(
                        Elements.less(place, lengths), Elements.cast(labels, DType.INT32), none);
        // Every label has a blank before it, the last one another behind it.
        var blanks = Movements.broadcastTo(none, Shape.of(batch, length));
        var path =
                Movements.concat(
                        List.of(
                                Movements.reshape(
                                        Movements.stack(List.of(blanks, known), -1),
                                        batch,
                                        2 * length),
                                Movements.broadcastTo(none, Shape.of(batch, 1))),
                        1);
        var frames =
                Movements.transpose(
                        Indexing.gather(Nets.logSoftmax(logits, -1), path, 2, 1), 1, 0, 2);
        var impossible = Tensor.full(Shape.SCALAR, IMPOSSIBLE, logits.dtype());
        var state = Movements.iota(states, DType.INT32);
        // A blank may be skipped where the labels around it differ.
        var skip =
                Elements.and(
                        Elements.equal(Elements.floorMod(state, Tensor.of(2)), Tensor.of(1)),
                        Elements.notEqual(path, behind(path, 2, none)));
        var first = Elements.select(Elements.equal(state, Tensor.of(0)), zero(logits), impossible);
        var last =
                Controls.scan(
                        all -> {
                            var before = all[0];
                            var entered =
                                    Elements.select(
                                            skip, behind(before, 2, impossible), impossible);
                            var sum =
                                    Reductions.logSumExp(
                                            Movements.stack(
                                                    List.of(
                                                            before,
                                                            behind(before, 1, impossible),
                                                            entered),
                                                    0),
                                            false,
                                            0);
                            var running = Elements.less(all[2], column(frameCounts));
                            return new Tensor[] {
                                Elements.select(running, sum.plus(all[1]), before)
                            };
                        },
                        new Tensor[] {Movements.broadcastTo(first, Shape.of(batch, states))},
                        new Tensor[] {frames, Movements.iota(logits.shape().dim(1), DType.INT32)},
                        -1,
                        false)[0];
        // It ends on the last label or on the blank behind it.
        var end = lengths.times(2);
        var ended = Elements.or(Elements.equal(state, end), Elements.equal(state, end.minus(1)));
        var found = Reductions.logSumExp(Elements.select(ended, last, impossible), false, 1);
        var possible =
                Elements.greater(found, Tensor.full(Shape.SCALAR, IMPOSSIBLE / 2, logits.dtype()));
        return Elements.select(
                possible,
                Elements.negate(found),
                Tensor.full(Shape.SCALAR, Double.POSITIVE_INFINITY, logits.dtype()));
    }

    private static Tensor zero(Tensor like) {
        return Tensor.full(Shape.SCALAR, 0, like.dtype());
    }

    private static Tensor column(Tensor lengths) {
        return Movements.expandDims(Elements.cast(lengths, DType.INT32), -1);
    }

    /** What stands {@code by} places further left. */
    private static Tensor behind(Tensor x, int by, Tensor fill) {
        int width = x.shape().dim(1);
        return Movements.sliceAxis(
                Movements.pad(x, new int[] {0, by}, new int[] {0, 0}, fill), 1, 0, width);
    }

    /**
     * The most likely class of each frame, without blanks: labels int32 [batch, frames], scores
     * [batch, 1], the negative sums of the logits taken.
     *
     * @param merge whether a class that follows itself counts once
     */
    public static Decoded greedy(Tensor logits, Tensor frameCounts, boolean merge, int blank) {
        check("ctc greedy", logits, frameCounts, blank);
        int frames = logits.shape().dim(1);
        var best = Reductions.argmax(logits, -1, DType.INT32);
        var position = Movements.iota(frames, DType.INT32);
        var running = Elements.less(position, column(frameCounts));
        var kept = Elements.and(running, Elements.notEqual(best, Tensor.of(blank)));
        if (merge) {
            kept = Elements.and(kept, Elements.notEqual(best, behind(best, 1, Tensor.of(-1))));
        }
        // What is kept moves to the front, in its order.
        var order = Sorting.argsort(Elements.select(kept, position, position.plus(frames)), 1);
        var labels = Indexing.takeAlongAxis(Elements.select(kept, best, Tensor.of(-1)), order, 1);
        var highest = Reductions.max(logits, false, -1);
        var score = Reductions.sum(Elements.select(running, highest, zero(logits)), true, 1);
        return new Decoded(labels, Elements.negate(score));
    }

    /**
     * The {@code paths} most likely label sequences of a beam search: labels int32 [paths, batch,
     * frames], log-probabilities [batch, paths]. No gradient.
     *
     * @param width how many sequences are followed from frame to frame
     */
    public static Decoded beam(Tensor logits, Tensor frameCounts, int width, int paths, int blank) {
        check("ctc beam", logits, frameCounts, blank);
        var found =
                Context.bindAll(
                        new CtcBeam(width, paths, blank),
                        logits,
                        Elements.cast(frameCounts, DType.INT32));
        return new Decoded(found[0], found[1]);
    }

    private static void check(String name, Tensor logits, Tensor frameCounts, int blank) {
        if (logits.rank() != 3
                || !logits.dtype().isFloating()
                || !frameCounts.dtype().isInteger()
                || !frameCounts.shape().equals(Shape.of(logits.shape().dim(0)))) {
            throw new TensorException(
                    name
                            + ": logits "
                            + logits.type()
                            + " and numbers of frames "
                            + frameCounts.type()
                            + " do not fit",
                    "logits are floating [batch, frames, classes], the numbers integers [batch]");
        }
        if (blank < 0 || blank >= logits.shape().dim(2)) {
            throw new TensorException(
                    name
                            + ": the blank must be one of the "
                            + logits.shape().dim(2)
                            + " classes, got "
                            + blank);
        }
    }
}
