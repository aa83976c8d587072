package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sequences without alignment, against sums over all alignments. */
class CtcTest {
    private static final int CLASSES = 3;

    /** The probability of each label sequence: all alignments one by one. */
    private static Map<List<Integer>, Double> all(double[][] probabilities, int blank) {
        var found = new HashMap<List<Integer>, Double>();
        int frames = probabilities.length;
        for (int code = 0; code < Math.pow(CLASSES, frames); code++) {
            var labels = new ArrayList<Integer>();
            double product = 1;
            int last = -1;
            for (int t = 0, rest = code; t < frames; t++, rest /= CLASSES) {
                int label = rest % CLASSES;
                product *= probabilities[t][label];
                if (label != blank && label != last) {
                    labels.add(label);
                }
                last = label;
            }
            found.merge(labels, product, Double::sum);
        }
        return found;
    }

    private static double[][] probabilities(Tensor logits) {
        var flat = Nets.softmax(logits, -1).toDoubles();
        var rows = new double[flat.length / CLASSES][CLASSES];
        for (int i = 0; i < flat.length; i++) {
            rows[i / CLASSES][i % CLASSES] = flat[i];
        }
        return rows;
    }

    @Test
    void lossIsTheSumOverAllAlignments() {
        var random = new Random(5);
        for (int frames = 1; frames <= 5; frames++) {
            for (int blank = 0; blank < CLASSES; blank++) {
                var logits = GradientCheck.random(random, 1, frames, CLASSES);
                for (var entry : all(probabilities(logits), blank).entrySet()) {
                    int[] labels = entry.getKey().stream().mapToInt(i -> i).toArray();
                    var loss =
                            Ctc.loss(
                                    Movements.reshape(Tensor.ofInts(labels), 1, labels.length),
                                    logits,
                                    Tensor.ofInts(labels.length),
                                    Tensor.ofInts(frames),
                                    blank);
                    assertEquals(-Math.log(entry.getValue()), loss.toDoubles()[0], 1e-9);
                }
            }
        }
    }

    @Test
    void tooFewFramesAreImpossible() {
        var logits = GradientCheck.random(new Random(1), 1, 2, CLASSES);
        try (var tape = new GradientTape()) {
            tape.watch(logits);
            var loss =
                    Ctc.loss(
                            Movements.reshape(Tensor.ofInts(1, 1), 1, 2),
                            logits,
                            Tensor.ofInts(2),
                            Tensor.ofInts(2),
                            0);
            assertEquals(Double.POSITIVE_INFINITY, loss.toDoubles()[0]);
            assertArrayEquals(
                    new double[6],
                    tape.gradientOrZeros(loss, List.of(logits)).getFirst().toDoubles());
        }
    }

    @Test
    void aWideBeamFindsTheMostLikelySequences() {
        var random = new Random(9);
        for (int frames = 1; frames <= 5; frames++) {
            var logits = GradientCheck.random(random, 1, frames, CLASSES);
            var best =
                    all(probabilities(logits), 1).entrySet().stream()
                            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                            .limit(3)
                            .toList();
            var found = Ctc.beam(logits, Tensor.ofInts(frames), 1000, 3, 1);
            for (int p = 0; p < 3; p++) {
                var labels = new int[frames];
                java.util.Arrays.fill(labels, -1);
                for (int i = 0; i < best.get(p).getKey().size(); i++) {
                    labels[i] = best.get(p).getKey().get(i);
                }
                assertArrayEquals(
                        labels, Movements.sliceAxis(found.labels(), 0, p, p + 1).toInts());
                assertEquals(Math.log(best.get(p).getValue()), found.scores().toDoubles()[p], 1e-9);
            }
        }
    }

    @Test
    void greedyLeavesOutBlanksAndRepeats() {
        var best = new int[] {1, 1, 0, 1, 2, 2};
        var logits =
                Movements.expandDims(
                        Indexing.oneHot(
                                Tensor.ofInts(best), CLASSES, -1, sungu.tensor.DType.FLOAT32),
                        0);
        assertArrayEquals(
                new int[] {1, 1, 2, -1, -1, -1},
                Ctc.greedy(logits, Tensor.ofInts(6), true, 0).labels().toInts());
        assertArrayEquals(
                new int[] {1, 1, 1, 2, 2, -1},
                Ctc.greedy(logits, Tensor.ofInts(6), false, 0).labels().toInts());
        assertArrayEquals(
                new int[] {1, -1, -1, -1, -1, -1},
                Ctc.greedy(logits, Tensor.ofInts(3), true, 0).labels().toInts());
    }

    @Test
    void argumentsThatDoNotFitAreErrors() {
        var logits = Tensor.zeros(sungu.tensor.Shape.of(2, 4, 3), sungu.tensor.DType.FLOAT32);
        var lengths = Tensor.ofInts(1, 1);
        assertEquals(
                "ctc loss: labels i32[2] and their lengths i32[2] do not fit logits f32[2,4,3]",
                assertThrows(
                                TensorException.class,
                                () -> Ctc.loss(lengths, logits, lengths, lengths, 0))
                        .problem());
        assertEquals(
                "ctc greedy: the blank must be one of the 3 classes, got 3",
                assertThrows(TensorException.class, () -> Ctc.greedy(logits, lengths, true, 3))
                        .problem());
        assertEquals(
                "ctc_beam: can't give 3 paths of a beam of 2",
                assertThrows(TensorException.class, () -> Ctc.beam(logits, lengths, 2, 3, 0))
                        .problem());
    }
}
