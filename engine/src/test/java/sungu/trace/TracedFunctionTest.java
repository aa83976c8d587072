package sungu.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.backend.Stage;
import sungu.gradient.GradientTape;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class TracedFunctionTest {
    private static Tensor[] all(Tensor... tensors) {
        return tensors;
    }

    @Test
    void runsWhatItTraced() {
        var function = TracedFunction.of("f", x -> all(x[0].times(2).plus(1), x[0].sum()));
        for (int i = 0; i < 3; i++) {
            var out = function.call(Tensor.ofFloats(i, 2, 3));
            assertArrayEquals(new float[] {2 * i + 1, 5, 7}, out[0].toFloats());
            assertEquals(i + 5, out[1].floatValue());
        }
        assertEquals(1, function.traces());
        assertEquals(3, function.program(Tensor.ofFloats(0, 0, 0)).runs());
    }

    @Test
    void outputsOfOneRunStayWhenAnotherRuns() {
        var function = TracedFunction.of("f", x -> all(x[0].times(2), x[0], Tensor.ofFloats(7)));
        var first = function.call(Tensor.ofFloats(1));
        function.call(Tensor.ofFloats(5));
        assertEquals(2, first[0].floatValue());
        assertEquals(1, first[1].floatValue());
        assertEquals(7, first[2].floatValue());
    }

    @Test
    void tracesOncePerTypesAndForgetsTheLeastUsed() {
        var function = TracedFunction.of("f", x -> all(x[0].times(2)));
        function.call(Tensor.zeros(Shape.of(1), DType.FLOAT32));
        function.call(Tensor.zeros(Shape.of(1), DType.FLOAT64));
        function.call(Tensor.zeros(Shape.of(1), DType.FLOAT32));
        assertEquals(2, function.traces());
        for (int n = 2; n < 70; n++) {
            function.call(Tensor.zeros(Shape.of(n), DType.FLOAT32));
        }
        int before = function.traces();
        function.call(Tensor.zeros(Shape.of(69), DType.FLOAT32));
        assertEquals(before, function.traces());
        function.call(Tensor.zeros(Shape.of(1), DType.FLOAT32));
        assertEquals(before + 1, function.traces());
    }

    @Test
    void warnsOfManyTraces() {
        var function = TracedFunction.of("step", x -> all(x[0].times(2)));
        for (int n = 1; n < 8; n++) {
            function.call(Tensor.zeros(Shape.of(n), DType.FLOAT32));
        }
        assertEquals("", function.warning());
        for (int n = 8; n < 12; n++) {
            function.call(Tensor.zeros(Shape.of(n), DType.FLOAT32));
        }
        assertTrue(
                function.warning()
                        .startsWith(
                                "step has been traced 8 times; this time for [f32[8]], before for"
                                        + " [f32[7]]: axis 0 of input 0 was 7 long, now 8. "),
                function.warning());
    }

    @Test
    void anExtraKeyTracesAnew() {
        var training = new boolean[] {true};
        var function =
                TracedFunction.of(
                        "f", x -> all(training[0] ? x[0].times(2) : x[0]), () -> training[0]);
        assertEquals(6, function.call(Tensor.of(3f))[0].floatValue());
        training[0] = false;
        assertEquals(3, function.call(Tensor.of(3f))[0].floatValue());
        training[0] = true;
        assertEquals(6, function.call(Tensor.of(3f))[0].floatValue());
        assertEquals(2, function.traces());
    }

    @Test
    void variablesAreReadAtTheStartAndWrittenAtTheEnd() {
        var v = new Variable(Tensor.of(1f), "v");
        var w = new Variable(Tensor.of(10f), "w");
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            var before = v.value();
                            v.assignAdd(x[0]);
                            w.assign(v.value().times(100));
                            return all(before, v.value());
                        });
        var out = function.call(Tensor.of(2f));
        assertEquals(1, out[0].floatValue());
        assertEquals(3, out[1].floatValue());
        assertEquals(3, v.floatValue());
        assertEquals(300, w.floatValue());
        v.assign(Tensor.of(5f));
        function.call(Tensor.of(2f));
        assertEquals(7, v.floatValue());
        assertEquals(1, function.traces());
    }

    @Test
    void anEarlierReadOfAVariableNeverChanges() {
        var v = new Variable(Tensor.ofFloats(1, 2), "v");
        var before = v.value();
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            v.assign(v.value().times(3));
                            return all();
                        });
        function.call();
        function.call();
        assertArrayEquals(new float[] {1, 2}, before.toFloats());
        assertArrayEquals(new float[] {9, 18}, v.toFloats());
    }

    @Test
    void twoVariablesCanBeSwapped() {
        var a = new Variable(Tensor.of(1f));
        var b = new Variable(Tensor.of(2f));
        var swap =
                TracedFunction.of(
                        "swap",
                        x -> {
                            var old = a.value();
                            a.assign(b.value());
                            b.assign(old);
                            return all();
                        });
        swap.call();
        assertEquals(2, a.floatValue());
        assertEquals(1, b.floatValue());
        swap.call();
        assertEquals(1, a.floatValue());
        a.assignAdd(5);
        assertEquals(2, b.floatValue());
    }

    @Test
    void aFailingStepChangesNothing() {
        var v = new Variable(Tensor.of(1), "v");
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            v.assignAdd(1);
                            return all(Elements.floorDivide(Tensor.of(7), x[0]));
                        });
        assertThrows(TensorException.class, () -> function.call(Tensor.of(0)));
        assertEquals(1, v.intValue());
        assertEquals(3, function.call(Tensor.of(2))[0].intValue());
        assertEquals(2, v.intValue());
    }

    @Test
    void aFailingTraceChangesNothing() {
        var v = new Variable(Tensor.of(1f), "v");
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            v.assignAdd(1);
                            return all(x[0].matmul(x[0]));
                        });
        assertThrows(TensorException.class, () -> function.call(Tensor.of(new float[][] {{1, 2}})));
        assertEquals(1, v.floatValue());
        assertNull(Context.current().trace());
        assertNull(Context.current().tape());
    }

    @Test
    void aTracedValueCantLeaveItsTrace() {
        var kept = new Tensor[1];
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            kept[0] = x[0].times(2);
                            return all(kept[0]);
                        });
        function.call(Tensor.of(2f));
        var error = assertThrows(TensorException.class, () -> kept[0].plus(1));
        assertTrue(
                error.getMessage().contains("belongs to a function whose trace is over"),
                error.getMessage());
    }

    @Test
    void gradientsFlowThroughACallUnderATape() {
        var w = new Variable(Tensor.of(3.0), "w");
        var function = TracedFunction.of("f", x -> all(x[0].square().times(w)));
        var x = Tensor.of(2.0);
        try (var tape = GradientTape.persistent()) {
            tape.watch(x);
            var y = function.call(x)[0].times(2);
            assertEquals(24, y.doubleValue());
            assertEquals(24, tape.gradient(y, x).doubleValue());
            assertEquals(8, tape.gradient(y, w).doubleValue());
        }
    }

    @Test
    void secondOrderFlowsThroughACall() {
        var function = TracedFunction.of("cube", x -> all(x[0].times(x[0]).times(x[0])));
        var x = Tensor.of(2.0);
        try (var outer = new GradientTape()) {
            outer.watch(x);
            Tensor first;
            try (var inner = new GradientTape()) {
                inner.watch(x);
                first = inner.gradient(function.call(x)[0], x);
            }
            assertEquals(12, first.doubleValue());
            assertEquals(12, outer.gradient(first, x).doubleValue());
        }
    }

    @Test
    void aTracedFunctionWorksInsideAnother() {
        var w = new Variable(Tensor.of(3.0), "w");
        var inner =
                TracedFunction.of(
                        "inner",
                        x -> {
                            w.assignAdd(1);
                            return all(x[0].times(w));
                        });
        var outer =
                TracedFunction.of(
                        "outer",
                        x -> {
                            try (var tape = new GradientTape()) {
                                tape.watch(x[0]);
                                var y = inner.call(inner.call(x[0]))[0];
                                return all(y, tape.gradient(y, x[0]), w.value());
                            }
                        });
        for (int i = 0; i < 2; i++) {
            double w1 = 4 + 2 * i;
            var out = outer.call(Tensor.of(2.0));
            assertEquals(2 * w1 * (w1 + 1), out[0].doubleValue());
            assertEquals(w1 * (w1 + 1), out[1].doubleValue());
            assertEquals(w1 + 1, out[2].doubleValue());
            assertEquals(w1 + 1, w.doubleValue());
        }
        assertEquals(1, outer.traces());
    }

    @Test
    void stagesAreText() {
        var function = TracedFunction.of("f", x -> all(x[0].times(2).plus(1).exp().sum()));
        var lowered = function.lower(Tensor.ofFloats(1, 2, 3));
        assertTrue(lowered.text(Stage.GRAPH).startsWith("graph(%0: f32[3]) {"));
        assertTrue(
                lowered.text(Stage.LOOPS)
                        .contains(
                                "for 3 x 1 nest(r0: f32[row, column], r1: f32, r2: f32) {\n"
                                        + "  r3: f32[row, column] = multiply(r0, r1)\n"
                                        + "  r4: f32[row, column] = add(r3, r2)\n"
                                        + "  r5: f32[row, column] = exp(r4)\n"
                                        + "  sum of all r5\n"
                                        + "}"),
                lowered.text(Stage.LOOPS));
        assertTrue(
                lowered.text(Stage.FUSED)
                        .contains(
                                "arena: 0 bytes in 0 arrays, 0 wanted at one time; 0 without"
                                        + " sharing, 40 without fusion"),
                lowered.text(Stage.FUSED));
    }

    @Test
    void oneProgramRunsInManyThreadsAtOnce() throws InterruptedException, ExecutionException {
        var w = new Variable(Tensor.ofFloats(1, 2, 3), "w");
        var function =
                TracedFunction.of(
                        "f", x -> all(x[0].times(w).plus(1).exp().sum(), x[0].minus(w).exp()));
        var expected = new ArrayList<Tensor[]>();
        for (int i = 0; i < 8; i++) {
            expected.add(function.call(Tensor.ofFloats(i * 0.1f, 2, -i * 0.2f)));
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int t = 0; t < 64; t++) {
                int i = t % 8;
                tasks.add(
                        pool.submit(() -> {
                            for (int k = 0; k < 50; k++) {
                                var out = function.call(Tensor.ofFloats(i * 0.1f, 2, -i * 0.2f));
                                assertArrayEquals(expected.get(i)[0].toFloats(), out[0].toFloats());
                                assertArrayEquals(expected.get(i)[1].toFloats(), out[1].toFloats());
                            }
                        }));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        assertEquals(1, function.traces());
    }
}
