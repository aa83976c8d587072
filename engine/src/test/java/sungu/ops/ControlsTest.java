package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;
import sungu.trace.TracedFunction;

import java.util.Objects;
import java.util.function.Function;

class ControlsTest {
    private static Tensor[] all(Tensor... tensors) {
        return tensors;
    }

    /**
     * Eager and traced results are the same, and the gradients of the sum of the outputs by the
     * inputs are finite differences.
     */
    private static void check(Function<Tensor[], Tensor[]> function, double... numbers) {
        var inputs = new Tensor[numbers.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Tensor.of(numbers[i]);
        }
        var traced = TracedFunction.of("f", function);
        var expected = function.apply(inputs);
        var found = traced.call(inputs);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i].toDoubles(), found[i].toDoubles(), "output " + i);
        }
        var gradients =
                new Function<Tensor[], Tensor[]>() {
                    @Override
                    public Tensor[] apply(Tensor[] x) {
                        try (var tape = new GradientTape()) {
                            for (var input : x) {
                                tape.watch(input);
                            }
                            return tape.gradientOrZeros(
                                            total(function.apply(x)), java.util.List.of(x))
                                    .toArray(Tensor[]::new);
                        }
                    }
                };
        var eager = gradients.apply(inputs);
        var compiled = TracedFunction.of("gradients", gradients).call(inputs);
        try (var tape = new GradientTape()) {
            for (var input : inputs) {
                tape.watch(input);
            }
            var through =
                    tape.gradientOrZeros(total(traced.call(inputs)), java.util.List.of(inputs));
            for (int i = 0; i < inputs.length; i++) {
                double slope =
                        (at(function, numbers, i, 1e-6) - at(function, numbers, i, -1e-6)) / 2e-6;
                double tolerance = 1e-6 * Math.max(1, Math.abs(slope));
                assertEquals(slope, eager[i].doubleValue(), tolerance, "eager gradient " + i);
                assertEquals(slope, compiled[i].doubleValue(), tolerance, "traced gradient " + i);
                assertEquals(
                        slope,
                        through.get(i).doubleValue(),
                        tolerance,
                        "gradient through a call " + i);
            }
        }
    }

    private static double at(
            Function<Tensor[], Tensor[]> function, double[] numbers, int i, double step) {
        var inputs = new Tensor[numbers.length];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = Tensor.of(numbers[k] + (k == i ? step : 0));
        }
        return total(function.apply(inputs)).doubleValue();
    }

    private static Tensor total(Tensor[] outputs) {
        Tensor sum = Tensor.of(0.0);
        for (var output : outputs) {
            if (output.dtype() == DType.FLOAT64) {
                sum = sum.plus(output.sum());
            }
        }
        return sum;
    }

    @Test
    void condTakesOuterValues() {
        check(
                x -> {
                    var outer = x[1].times(3);
                    return Controls.cond(
                            x[0].greater(0),
                            () -> all(x[0].times(outer), x[1]),
                            () -> all(outer.square(), x[0].exp()));
                },
                2,
                5);
        check(
                x -> Controls.cond(x[0].greater(0), () -> all(x[0]), () -> all(x[1].square())),
                -2,
                5);
    }

    @Test
    void condsNest() {
        Function<Tensor[], Tensor[]> nested =
                x ->
                        Controls.cond(
                                x[0].greater(0),
                                () ->
                                        Controls.cond(
                                                x[1].greater(0),
                                                () -> all(x[0].times(x[1])),
                                                () -> all(x[0].minus(x[1]))),
                                () -> all(x[1].exp().plus(x[0])));
        check(nested, 1, 2);
        check(nested, 1, -2);
    }

    @Test
    void branchesMustGiveTheSameTypes() {
        var traced =
                TracedFunction.of(
                        "f",
                        x ->
                                Controls.cond(
                                        x[0].greater(0),
                                        () -> all(x[0]),
                                        () -> all(Tensor.of(1f))));
        var error = assertThrows(TensorException.class, () -> traced.call(Tensor.of(2.0)));
        assertTrue(
                error.getMessage()
                        .contains("the branches give different types: [f64[]] and [f32[]]"),
                error.getMessage());
    }

    @Test
    void thePredicateMustBeABoolScalar() {
        var traced =
                TracedFunction.of("f", x -> Controls.cond(x[0], () -> all(x[0]), () -> all(x[0])));
        assertThrows(TensorException.class, () -> traced.call(Tensor.of(2.0)));
    }

    @Test
    void whileLoopsRunAsLongAsTheyMust() {
        check(
                x ->
                        Controls.whileLoop(
                                v -> v[0].less(100),
                                v -> all(v[0].times(x[1]).plus(x[0]), v[1].plus(v[0])),
                                x[0],
                                x[1]),
                2,
                1.5);
        check(x -> Controls.whileLoop(v -> v[0].less(-100), v -> all(v[0].times(2)), x[0]), 2);
        check(
                x ->
                        Controls.whileLoop(
                                v -> Tensor.of(true),
                                v -> all(v[0].times(v[0]).plus(x[1])),
                                4,
                                x[0]),
                0.5,
                0.2);
    }

    @Test
    void loopsNest() {
        check(
                x ->
                        Controls.whileLoop(
                                v -> v[0].less(3),
                                v -> {
                                    var inner =
                                            Controls.whileLoop(
                                                    w -> w[0].less(2),
                                                    w -> all(w[0].plus(1), w[1].times(x[0])),
                                                    Tensor.of(0),
                                                    v[1]);
                                    return all(v[0].plus(1), inner[1].plus(x[1]));
                                },
                                Tensor.of(0),
                                x[1]),
                1.3,
                0.7);
        check(
                x ->
                        Controls.scan(
                                v ->
                                        all(
                                                Controls.scan(
                                                        w -> all(w[0].times(w[1]).plus(x[0])),
                                                        all(v[0]),
                                                        all(Tensor.of(new double[] {1, 2})),
                                                        -1,
                                                        false)[0]
                                                        .times(v[1])),
                                all(x[1]),
                                all(Tensor.of(new double[] {0.5, 0.25, 2})),
                                -1,
                                false),
                1.3,
                0.7);
    }

    @Test
    void scansCarryReadRowsAndStack() {
        check(
                x -> {
                    var rows = Movements.stack(java.util.List.of(x[0], x[1], x[0].times(x[1])), 0);
                    return Controls.scan(
                            v -> all(v[0].times(v[1]).plus(x[2]), v[0].exp()),
                            all(x[2]),
                            all(rows),
                            -1,
                            false);
                },
                0.4,
                1.3,
                0.9);
        check(
                x -> {
                    var rows = Movements.stack(java.util.List.of(x[0], x[1], x[0].times(x[1])), 0);
                    return Controls.scan(
                            v -> all(v[0].times(v[1]).plus(x[2]), v[0].exp()),
                            all(x[2]),
                            all(rows),
                            -1,
                            true);
                },
                0.4,
                1.3,
                0.9);
        check(
                x -> Controls.scan(v -> all(v[0].times(x[0]), v[0]), all(x[0]), all(), 3, false),
                1.1);
    }

    @Test
    void scansOfNoRowsGiveEmptyStacks() {
        Function<Tensor[], Tensor[]> scan =
                x ->
                        Controls.scan(
                                v -> all(v[0].plus(v[1]), v[1].cast(DType.FLOAT64)),
                                all(Tensor.of(3f)),
                                all(x[0]),
                                -1,
                                false);
        for (var out :
                java.util.List.of(
                        scan.apply(all(Tensor.zeros(Shape.of(0), DType.FLOAT32))),
                        TracedFunction.of("f", scan)
                                .call(Tensor.zeros(Shape.of(0), DType.FLOAT32)))) {
            assertEquals(3, out[0].floatValue());
            assertEquals("f64[0]", out[1].type().toString());
        }
    }

    @Test
    void scansHaveSecondOrderGradients() {
        Function<Tensor[], Tensor[]> second =
                x -> {
                    try (var outer = new GradientTape()) {
                        outer.watch(x[0]);
                        Tensor first;
                        try (var inner = new GradientTape()) {
                            inner.watch(x[0]);
                            var y =
                                    Controls.scan(
                                            v -> all(v[0].times(x[0])), all(x[0]), all(), 3, false)[
                                            0];
                            first = inner.gradient(y, x[0]);
                        }
                        return all(
                                Objects.requireNonNull(
                                        outer.gradient(Objects.requireNonNull(first), x[0])));
                    }
                };
        // x^4: the second derivative is 12 x^2.
        assertEquals(48, second.apply(all(Tensor.of(2.0)))[0].doubleValue(), 1e-9);
        assertEquals(
                48, TracedFunction.of("f", second).call(Tensor.of(2.0))[0].doubleValue(), 1e-9);
    }

    /**
     * A function of one input that changes a variable gives the same eagerly and traced, twice in a
     * row.
     */
    private static void checkWrites(
            java.util.function.BiFunction<Variable, Tensor, Tensor> function, double... inputs) {
        var eager = new Variable(Tensor.of(1.0), "v");
        var compiled = new Variable(Tensor.of(1.0), "v");
        var traced = TracedFunction.of("f", x -> all(function.apply(compiled, x[0])));
        for (double input : inputs) {
            var expected = function.apply(eager, Tensor.of(input));
            var found = traced.call(Tensor.of(input))[0];
            assertEquals(expected.doubleValue(), found.doubleValue());
            assertEquals(eager.doubleValue(), compiled.doubleValue());
        }
        assertEquals(1, traced.traces());
    }

    @Test
    void variablesAreWrittenInsideBranchesAndLoops() {
        checkWrites(
                (v, x) -> Controls.condTensor(x.greater(0), () -> v.assignAdd(x).value(), () -> x),
                1,
                -1,
                2);
        checkWrites(
                (v, x) ->
                        Controls.condTensor(
                                x.greater(0),
                                () -> x,
                                () -> v.assign(v.value().times(x)).value().plus(1)),
                1,
                -3,
                2);
        checkWrites(
                (v, x) -> {
                    Controls.whileLoop(
                            w -> w[0].less(3),
                            w -> {
                                v.assignAdd(x);
                                return all(w[0].plus(1));
                            },
                            Tensor.of(0));
                    return v.value().times(2);
                },
                1,
                2);
        checkWrites(
                (v, x) ->
                        Controls.whileLoop(
                                w -> v.value().less(50),
                                w -> {
                                    v.assign(v.value().times(2).plus(x));
                                    return all(w[0].plus(v));
                                },
                                x)[0],
                1,
                2);
        checkWrites(
                (v, x) -> {
                    var out =
                            Controls.scan(
                                    w -> {
                                        v.assignAdd(w[1]);
                                        return all(w[0].plus(v), v.value());
                                    },
                                    all(x),
                                    all(Tensor.of(new double[] {1, 2, 3})),
                                    -1,
                                    false);
                    return out[0].plus(out[1].sum());
                },
                1,
                2);
        checkWrites(
                (v, x) ->
                        Controls.whileLoop(
                                w -> w[0].less(20),
                                w -> {
                                    var next =
                                            Controls.condTensor(
                                                    w[0].greater(5),
                                                    () -> v.assignAdd(1).value(),
                                                    () -> w[0].plus(v));
                                    return all(w[0].plus(next));
                                },
                                x)[0],
                1,
                2,
                30);
    }

    @Test
    void variablesHaveGradientsThroughLoops() {
        var v = new Variable(Tensor.of(1.5), "v");
        Function<Tensor[], Tensor[]> gradient =
                x -> {
                    try (var tape = new GradientTape()) {
                        var y =
                                Controls.scan(
                                        w -> all(w[0].times(v).plus(w[1])),
                                        all(x[0]),
                                        all(Tensor.of(new double[] {1, 2})),
                                        -1,
                                        false)[0];
                        return all(Objects.requireNonNull(tape.gradient(y, v)));
                    }
                };
        // y = (x v + 1) v + 2: dy/dv = 2 x v + 1
        assertEquals(7, gradient.apply(all(Tensor.of(2.0)))[0].doubleValue(), 1e-12);
        assertEquals(
                7, TracedFunction.of("f", gradient).call(Tensor.of(2.0))[0].doubleValue(), 1e-12);
        Function<Tensor[], Tensor[]> branches =
                x -> {
                    try (var tape = new GradientTape()) {
                        var y =
                                Controls.condTensor(
                                        x[0].greater(0), () -> x[0].times(v).times(v), () -> x[0]);
                        return all(Objects.requireNonNull(tape.gradient(y, v)));
                    }
                };
        assertEquals(6, branches.apply(all(Tensor.of(2.0)))[0].doubleValue(), 1e-12);
        assertEquals(
                6, TracedFunction.of("f", branches).call(Tensor.of(2.0))[0].doubleValue(), 1e-12);
    }

    @Test
    void tracedWhileLoopsSayThatTheyHaveFirstOrderOnly() {
        var traced =
                TracedFunction.of(
                        "f",
                        x -> {
                            try (var outer = new GradientTape()) {
                                outer.watch(x[0]);
                                try (var inner = new GradientTape()) {
                                    inner.watch(x[0]);
                                    var y =
                                            Controls.whileLoop(
                                                    v -> v[0].less(10),
                                                    v -> all(v[0].times(x[0])),
                                                    x[0])[0];
                                    return all(
                                            Objects.requireNonNull(
                                                    outer.gradient(
                                                            Objects.requireNonNull(
                                                                    inner.gradient(y, x[0])),
                                                            x[0])));
                                }
                            }
                        });
        var error = assertThrows(TensorException.class, () -> traced.call(Tensor.of(2.0)));
        assertTrue(error.getMessage().contains("first-order gradients only"), error.getMessage());
    }

    @Test
    void customGradientsMayReadVariablesAndOuterValues() {
        var v = new Variable(Tensor.of(3.0), "v");
        Function<Tensor[], Tensor[]> function =
                x -> {
                    var outer = x[1].times(2);
                    // The gradient is a wrong one on purpose: 10 v outer instead of v outer.
                    return Controls.customGradient(
                            in ->
                                    new Controls.WithGradient(
                                            all(in[0].times(v).times(outer)),
                                            d ->
                                                    all(
                                                            Objects.requireNonNull(d[0])
                                                                    .times(v)
                                                                    .times(outer)
                                                                    .times(10))),
                            x[0]);
                };
        Function<Tensor[], Tensor[]> gradient =
                x -> {
                    try (var tape = new GradientTape()) {
                        tape.watch(x[0]);
                        return all(
                                Objects.requireNonNull(tape.gradient(function.apply(x)[0], x[0])));
                    }
                };
        var inputs = all(Tensor.of(2.0), Tensor.of(5.0));
        assertEquals(60, function.apply(inputs)[0].doubleValue());
        assertEquals(300, gradient.apply(inputs)[0].doubleValue());
        assertEquals(60, TracedFunction.of("f", function).call(inputs)[0].doubleValue());
        assertEquals(300, TracedFunction.of("g", gradient).call(inputs)[0].doubleValue());
    }

    @Test
    void mixedPrecisionCastsVariablesInsideBranchesAndLoops() {
        var v = new Variable(Tensor.of(1.5f), "v");
        Function<Tensor[], Tensor[]> function =
                x -> {
                    var context = sungu.trace.Context.current();
                    var before = context.autocast(DType.FLOAT16);
                    try {
                        var h = x[0].cast(DType.FLOAT16);
                        var y = Controls.condTensor(x[0].greater(0), () -> h.times(v), () -> h);
                        y = Controls.scan(w -> all(w[0].times(v)), all(y), all(), 2, false)[0];
                        y = Controls.whileLoop(w -> w[0].less(10), w -> all(w[0].times(v)), y)[0];
                        y =
                                Controls.customGradient(
                                        in ->
                                                new Controls.WithGradient(
                                                        all(in[0].times(v)),
                                                        d -> all(Objects.requireNonNull(d[0]))),
                                        y)[0];
                        return all(y, v.plainValue());
                    } finally {
                        context.autocast(before);
                    }
                };
        var eager = function.apply(all(Tensor.of(2f)));
        var traced = TracedFunction.of("f", function).call(Tensor.of(2f));
        assertEquals("f16[]", traced[0].type().toString());
        assertEquals("f32[]", traced[1].type().toString());
        assertEquals(eager[0].floatValue(), traced[0].floatValue());
        assertEquals(2 * Math.pow(1.5, 5), traced[0].floatValue(), 0.01);
        assertEquals(1.5f, traced[1].floatValue());
    }
}
