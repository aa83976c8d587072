package sungu.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.backend.Backends;
import sungu.backend.Stage;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Traced gradients of scans against those of the same loops, unrolled eagerly. */
class ScanGradientTest {
    private static final int ROUNDS = 5;
    private static final int BATCH = 3;
    private static final int UNITS = 4;

    private static Tensor numbers(int seed, int... dims) {
        var random = new Random(seed);
        var shape = Shape.of(dims);
        return Tensor.of(random.doubles(shape.size(), -1, 1).toArray()).reshape(dims);
    }

    /** A cell whose weights are multiplied, added, scaled with and used twice. */
    private static Tensor[] run(Tensor[] x, boolean reverse) {
        var results =
                Controls.scan(
                        v -> {
                            var z =
                                    v[2].plus(v[0].matmul(x[2]))
                                            .plus(Elements.tanh(v[1].matmul(x[2])))
                                            .plus(x[3]);
                            var gate = Elements.sigmoid(z.times(x[4]));
                            var cell = gate.times(v[1]).plus(Elements.sin(z));
                            return new Tensor[] {
                                Elements.tanh(cell), cell, gate, z.times(2.0), v[0]
                            };
                        },
                        new Tensor[] {x[0], x[0].times(0.5)},
                        new Tensor[] {x[1]},
                        -1,
                        reverse);
        return results;
    }

    private static Function<Tensor[], Tensor[]> gradients(
            Function<Tensor[], Tensor> loss, int... sources) {
        return x -> {
            try (var tape = new GradientTape()) {
                var watched = Arrays.stream(sources).mapToObj(i -> x[i]).toList();
                watched.forEach(tape::watch);
                return tape.gradientOrZeros(loss.apply(x), watched).toArray(Tensor[]::new);
            }
        };
    }

    private static Tensor[] inputs() {
        return new Tensor[] {
            numbers(1, BATCH, UNITS),
            numbers(2, ROUNDS, BATCH, UNITS),
            numbers(3, UNITS, UNITS),
            numbers(4, UNITS),
            numbers(5, BATCH, UNITS)
        };
    }

    private static void same(Function<Tensor[], Tensor[]> function) {
        var x = inputs();
        var eager = function.apply(x);
        var traced = TracedFunction.of("f", function).call(x);
        assertEquals(eager.length, traced.length);
        for (int i = 0; i < eager.length; i++) {
            assertArrayEquals(eager[i].toDoubles(), traced[i].toDoubles(), 1e-12, "gradient " + i);
        }
    }

    private static Tensor sum(Tensor x) {
        return x.sum();
    }

    @Test
    void ofCarriedAndStackedResultsByEverything() {
        for (boolean reverse : new boolean[] {false, true}) {
            same(gradients(x -> sum(run(x, reverse)[0].square()), 0, 1, 2, 3, 4));
            same(gradients(x -> sum(run(x, reverse)[2].square()), 0, 1, 2, 3, 4));
            same(
                    gradients(
                            x -> {
                                var r = run(x, reverse);
                                return sum(r[1])
                                        .plus(sum(r[3].square()))
                                        .plus(sum(r[4].times(r[2])));
                            },
                            0,
                            1,
                            2,
                            3,
                            4));
        }
    }

    @Test
    void bySomeInputsOnly() {
        for (int source = 0; source < 5; source++) {
            same(gradients(x -> sum(run(x, false)[2].square()), source));
        }
    }

    @Test
    void ofSecondOrder() {
        var first = gradients(x -> sum(run(x, true)[2].square()), 2, 4);
        same(
                gradients(
                        x -> {
                            var g = first.apply(x);
                            return sum(g[0].square()).plus(sum(Elements.exp(g[1])));
                        },
                        0,
                        1,
                        2,
                        3,
                        4));
    }

    @Test
    void theLoopItselfRunsOnceAndProductsOverRoundsAreOne() {
        var step =
                TracedFunction.of(
                        "step",
                        x -> {
                            try (var tape = new GradientTape()) {
                                tape.watch(x[1]);
                                var h =
                                        Controls.scan(
                                                v ->
                                                        new Tensor[] {
                                                            Elements.tanh(
                                                                    v[1].plus(v[0].matmul(x[1])))
                                                        },
                                                new Tensor[] {
                                                    Tensor.zeros(Shape.of(2, 3), DType.FLOAT32)
                                                },
                                                new Tensor[] {x[0]},
                                                -1,
                                                false)[0];
                                var loss = sum(h);
                                return new Tensor[] {
                                    loss, tape.gradient(loss, List.of(x[1])).get(0)
                                };
                            }
                        });
        var text =
                Backends.program(
                                step.graph(
                                        Tensor.zeros(Shape.of(6, 2, 3), DType.FLOAT32),
                                        Tensor.zeros(Shape.of(3, 3), DType.FLOAT32)))
                        .text(Stage.REWRITTEN);
        assertEquals(2, count(text, "= scan("), text);
        assertEquals(1, count(text, "tanh("), text);
        // One in each direction, and one for all rounds.
        assertEquals(3, count(text, "dot_general("), text);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
