package sungu.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import sungu.ops.Controls;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;
import sungu.trace.Context;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Objects;

class GradientTapeTest {
    private final Tensor x = Tensor.of(3.0);

    private static double number(@Nullable Tensor tensor) {
        assertNotNull(tensor);
        return Objects.requireNonNull(tensor).doubleValue();
    }

    @Test
    void watchesTrainableVariablesByItself() {
        var v = new Variable(Tensor.of(2.0), "v");
        var frozen = new Variable(Tensor.of(5.0), "frozen").trainable(false);
        try (var tape = GradientTape.persistent()) {
            var y = v.times(v).times(frozen);
            assertEquals(20, number(tape.gradient(y, v)));
            assertNull(tape.gradient(y, frozen));
        }
        try (var tape = GradientTape.withoutVariables()) {
            assertNull(tape.gradient(v.times(2), v));
        }
        try (var tape = new GradientTape()) {
            tape.watch(frozen);
            assertEquals(2, number(tape.gradient(v.times(frozen), frozen)));
        }
    }

    @Test
    void givesOneGradientUnlessPersistent() {
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var y = x.square();
            assertEquals(6, number(tape.gradient(y, x)));
            var error = assertThrows(TensorException.class, () -> tape.gradient(y, x));
            assertTrue(error.hint().contains("persistent"), error.hint());
        }
    }

    @Test
    void mayBeAskedAfterItIsClosed() {
        Tensor y;
        GradientTape kept;
        try (var tape = new GradientTape()) {
            kept = tape;
            tape.watch(x);
            y = x.square();
        }
        var after = y.times(100);
        assertEquals(6, number(kept.gradient(y, x)));
        assertNotNull(after);
        assertNull(Context.current().tape());
    }

    @Test
    void nestedTapesGiveHigherOrders() {
        try (var a = new GradientTape();
                var b = new GradientTape();
                var c = new GradientTape()) {
            List.of(a, b, c).forEach(tape -> tape.watch(x));
            var y = x.square().square();
            var first = c.gradient(y, x);
            var second = b.gradient(Objects.requireNonNull(first), x);
            var third = a.gradient(Objects.requireNonNull(second), x);
            assertEquals(108, number(first));
            assertEquals(108, number(second));
            assertEquals(72, number(third));
        }
    }

    @Test
    void aPersistentTapeNotesItsOwnGradients() {
        try (var tape = GradientTape.persistent()) {
            tape.watch(x);
            var y = x.times(x).times(x);
            var first = tape.gradient(y, x);
            assertEquals(18, number(tape.gradient(Objects.requireNonNull(first), x)));
        }
    }

    @Test
    void sumsOverAllPaths() {
        try (var tape = new GradientTape()) {
            tape.watch(x);
            assertEquals(
                    2 * 3 + 1 + 5, number(tape.gradient(x.times(x).plus(x).plus(x.times(5)), x)));
        }
    }

    @Test
    void severalTargetsAndSourcesAndCotangents() {
        var y = Tensor.of(2.0);
        try (var tape = new GradientTape()) {
            tape.watch(x);
            tape.watch(y);
            var gradients =
                    tape.gradients(
                            List.of(x.times(y), x.square()),
                            List.of(x, y),
                            List.of(Tensor.of(10.0), Tensor.of(1.0)));
            assertEquals(26, number(gradients.get(0)));
            assertEquals(30, number(gradients.get(1)));
        }
    }

    @Test
    void whatIsNotConnectedIsNullOrZeros() {
        var other = Tensor.of(new double[] {1, 2});
        try (var tape = GradientTape.persistent()) {
            tape.watch(x);
            tape.watch(other);
            var y = x.square();
            assertNull(tape.gradient(y, other));
            assertArrayEquals(
                    new double[] {0, 0},
                    tape.gradientOrZeros(y, List.of(other)).get(0).toDoubles());
        }
    }

    @Test
    void theTargetMayBeTheSource() {
        try (var tape = new GradientTape()) {
            tape.watch(x);
            assertEquals(1, number(tape.gradient(x, x)));
        }
    }

    @Test
    void stopGradientStops() {
        try (var tape = new GradientTape()) {
            tape.watch(x);
            assertEquals(3, number(tape.gradient(x.times(GradientTape.stopGradient(x)), x)));
        }
        var traced =
                TracedFunction.of(
                        "f",
                        in -> {
                            try (var tape = new GradientTape()) {
                                tape.watch(in[0]);
                                return new Tensor[] {
                                    Objects.requireNonNull(
                                            tape.gradient(
                                                    in[0].times(GradientTape.stopGradient(in[0])),
                                                    in[0]))
                                };
                            }
                        });
        assertEquals(3, traced.call(x)[0].doubleValue());
    }

    @Test
    void pausedTapesNoteNothing() {
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var y = x.times(Controls.withoutGradient(() -> x.square()));
            assertEquals(9, number(tape.gradient(y, x)));
        }
    }

    @Test
    void integersHaveNoGradient() {
        try (var tape = new GradientTape()) {
            var error = assertThrows(TensorException.class, () -> tape.watch(Tensor.of(1)));
            assertTrue(error.hint().contains("cast"), error.hint());
            tape.watch(x);
            assertThrows(TensorException.class, () -> tape.gradient(x.cast(DType.INT32), x));
        }
    }

    @Test
    void jacobians() {
        var v = Tensor.of(new double[] {1, 2, 3});
        try (var tape = GradientTape.persistent()) {
            tape.watch(v);
            var y = Movements.sliceAxis(v, 0, 0, 2).times(Movements.sliceAxis(v, 0, 1, 3));
            var jacobian = tape.jacobian(y, v);
            assertEquals("f64[2,3]", Objects.requireNonNull(jacobian).type().toString());
            assertArrayEquals(new double[] {2, 1, 0, 0, 3, 2}, jacobian.toDoubles());
        }
    }

    @Test
    void jacobiansByBatch() {
        var v = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        try (var tape = GradientTape.persistent()) {
            tape.watch(v);
            var y = v.square().matmul(Tensor.of(new double[][] {{1, 0, 2}, {0, 1, 1}}));
            var jacobian = Objects.requireNonNull(tape.batchJacobian(y, v));
            assertEquals("f64[3,3,2]", jacobian.type().toString());
            assertArrayEquals(
                    new double[] {2, 0, 0, 4, 4, 4, 6, 0, 0, 8, 12, 8, 10, 0, 0, 12, 20, 12},
                    jacobian.toDoubles());
            assertThrows(TensorException.class, () -> tape.batchJacobian(y.sum(), v));
        }
    }

    @Test
    void assignmentsCutTheTapeAndLaterReadsBeginAnew() {
        var v = new Variable(Tensor.of(2.0), "v");
        try (var tape = new GradientTape()) {
            var before = v.times(3);
            v.assign(v.value().times(5));
            var after = v.times(v);
            // d(before)/dv = 3 and d(after)/dv = 2 v with the new value.
            assertEquals(3 + 20, number(tape.gradient(before.plus(after), v)));
        }
    }

    @Test
    void traceAndEagerGiveTheSameForALossWithVariables() {
        var w = new Variable(Tensor.of(new double[][] {{1, 2}, {3, 4}}), "w");
        var b = new Variable(Tensor.of(new double[] {0.5, -0.5}), "b");
        java.util.function.Function<Tensor[], Tensor[]> step =
                in -> {
                    try (var tape = new GradientTape()) {
                        var loss = in[0].matmul(w).plus(b).exp().square().mean();
                        var gradients = tape.gradient(loss, List.of(w, b));
                        return new Tensor[] {
                            loss,
                            Objects.requireNonNull(gradients.get(0)),
                            Objects.requireNonNull(gradients.get(1))
                        };
                    }
                };
        var in = Tensor.of(new double[][] {{0.1, 0.2}, {-0.3, 0.4}, {0.5, -0.6}});
        var eager = step.apply(new Tensor[] {in});
        var traced = TracedFunction.of("step", step).call(in);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(eager[i].toDoubles(), traced[i].toDoubles(), 1e-15);
        }
    }
}
