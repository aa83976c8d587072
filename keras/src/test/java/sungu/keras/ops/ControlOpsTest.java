package sungu.keras.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.ops.ControlFunctions.Step;
import sungu.ops.Controls;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Operations over functions: eagerly, traced, their gradients, their errors. */
class ControlOpsTest {
    /** The same eagerly and traced. */
    private static void gives(double[] expected, UnaryOperator<Tensor> function, Tensor x) {
        assertArrayEquals(expected, function.apply(x).toDoubles(), 1e-9);
        var traced =
                TracedFunction.of("test", in -> new Tensor[] {function.apply(in[0])}).call(x)[0];
        assertArrayEquals(expected, traced.toDoubles(), 1e-9);
    }

    private static Tensor of(double... values) {
        return Tensor.of(values);
    }

    @Test
    void branches() {
        UnaryOperator<Tensor> cond =
                x -> Ops.cond(x.sum().greater(0), () -> x.times(2), () -> x.minus(1));
        gives(new double[] {2, 4}, cond, of(1, 2));
        gives(new double[] {-2, -3}, cond, of(-1, -2));
        for (int index : new int[] {-1, 0, 1, 2, 5}) {
            double expected = List.of(3.0, 4.0, 6.0).get(Math.clamp(index, 0, 2));
            gives(
                    new double[] {expected},
                    x ->
                            Ops.switchCase(
                                    x.sum().times(0).plus(index).cast(sungu.tensor.DType.INT32),
                                    List.of(
                                            in -> ((Tensor) in[0]).plus(1),
                                            in -> ((Tensor) in[0]).plus(2),
                                            in -> ((Tensor) in[0]).times(3)),
                                    x),
                    of(2));
        }
    }

    @Test
    void loops() {
        gives(
                new double[] {8, 16},
                x ->
                        Ops.whileLoop(
                                        all -> all.get(0).less(3),
                                        all -> List.of(all.get(0).plus(1), all.get(1).times(2)),
                                        List.of(Tensor.of(0), x))
                                .get(1),
                of(1, 2));
        gives(
                new double[] {4},
                x -> Ops.whileLoop(y -> Tensor.of(true), y -> y.times(2), x, 2),
                of(1));
        UnaryOperator<Tensor> sum =
                x -> Ops.foriLoop(1L, 4L, (i, y) -> y.plus(i.cast(y.dtype())), x);
        gives(new double[] {7}, sum, of(1));
        gives(
                new double[] {7},
                x ->
                        Ops.foriLoop(
                                Tensor.of(1), Tensor.of(4), (i, y) -> y.plus(i.cast(y.dtype())), x),
                of(1));
        gives(new double[] {1}, x -> Ops.foriLoop(3L, 1L, (i, y) -> y.plus(1), x), of(1));
    }

    @Test
    void scans() {
        gives(
                new double[] {1, 3, 6},
                x -> {
                    var found =
                            Ops.<Tensor, Tensor, Tensor>scan(
                                    (sum, row) -> {
                                        var next = sum.plus(row);
                                        return new Step<>(next, next);
                                    },
                                    of(0).sum(),
                                    x);
                    return Objects.requireNonNull(found.row());
                },
                of(1, 2, 3));
        var counted =
                Ops.<Tensor, Tensor, Tensor>scan(
                        (y, none) -> new Step<>(y.times(2), null), of(1), null, 5, false);
        assertArrayEquals(new double[] {32}, counted.carry().toDoubles());
        assertNull(counted.row());
        for (int n = 1; n < 12; n++) {
            var values = new double[n];
            var forward = new double[n];
            var back = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = i * i - 3;
                forward[i] = values[i] + (i == 0 ? 0 : forward[i - 1]);
            }
            for (int i = n - 1; i >= 0; i--) {
                back[i] = values[i] + (i == n - 1 ? 0 : back[i + 1]);
            }
            gives(forward, x -> Ops.associativeScan(Tensor::plus, x), of(values));
            gives(back, x -> Ops.associativeScan(Tensor::plus, x, true, -1), of(values));
        }
    }

    @Test
    void associativeScansAreInOrder() {
        // Compositions of x -> a x + b do not commute.
        var a = of(2, 3, 5, 7, 11);
        var b = of(1, -1, 2, 0, 3);
        var found =
                Ops.associativeScan(
                        (f, g) ->
                                Map.of(
                                        "a",
                                        f.get("a").times(g.get("a")),
                                        "b",
                                        f.get("b").times(g.get("a")).plus(g.get("b"))),
                        Map.of("a", a, "b", b));
        assertArrayEquals(new double[] {2, 6, 30, 210, 2310}, found.get("a").toDoubles(), 1e-9);
        assertArrayEquals(new double[] {1, 2, 12, 84, 927}, found.get("b").toDoubles(), 1e-9);
    }

    @Test
    void functionsOfRows() {
        var x = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        gives(new double[] {3, 7, 11}, y -> Ops.map(Tensor::sum, y), x);
        gives(new double[] {3, 7, 11}, y -> Ops.vectorizedMap(Tensor::sum, y), x);
        var plus = Ops.<Tensor>vectorize(in -> ((Tensor) in[0]).plus((Tensor) in[1]));
        gives(new double[] {11, 12, 13, 14, 15, 16}, y -> plus.apply(new Object[] {y, of(10)}), x);
        var product =
                Ops.<Tensor>vectorize(
                        in -> ((Tensor) in[0]).matmul((Tensor) in[1]).times((Tensor) in[2]),
                        Set.of(2),
                        "(m,n),(n)->(m)");
        var result = product.apply(new Object[] {x, of(1, 10), of(2)});
        assertEquals(Shape.of(3), result.shape());
        assertArrayEquals(new double[] {42, 86, 130}, result.toDoubles());
        assertEquals(
                "vectorize: dimension 'n' is 2 and 3",
                assertThrows(
                                TensorException.class,
                                () -> product.apply(new Object[] {x, of(1, 2, 3), of(2)}))
                        .problem());
    }

    @Test
    void derivatives() {
        var x = of(0.3, 0.7);
        var tangent = of(1, -2);
        UnaryOperator<Tensor> forward =
                y ->
                        Ops.<Tensor>jvp(
                                        in -> Ops.sin(((Tensor) in[0]).square()),
                                        List.of(y),
                                        List.of(tangent))
                                .get(1);
        gives(new double[] {2 * 0.3 * Math.cos(0.09), -2 * 2 * 0.7 * Math.cos(0.49)}, forward, x);
        var clipped =
                Ops.customGradient(in ->
                        new Controls.WithGradient(
                                new Tensor[] {in[0].times(10)},
                                d -> new Tensor[] {Objects.requireNonNull(d[0])}));
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var y = clipped.apply(new Tensor[] {x})[0];
            assertArrayEquals(new double[] {3, 7}, y.toDoubles(), 1e-9);
            assertArrayEquals(
                    new double[] {1, 1}, Objects.requireNonNull(tape.gradient(y, x)).toDoubles());
        }
    }

    @Test
    void wrongArgumentsAreErrors() {
        assertEquals(
                "cond: argument 'true_fn' must be a function without arguments, got 1",
                assertThrows(
                                TensorException.class,
                                () -> Operations.require("cond").call(true, 1L, 2L))
                        .problem());
        assertThrows(
                TensorException.class,
                () -> Ops.scan((c, x) -> new Step<>(c, c), of(1), null, null, false));
        var uneven =
                TracedFunction.of(
                        "uneven",
                        in -> {
                            Ops.<Object>cond(
                                    in[0].sum().greater(0), () -> List.of(in[0]), () -> in[0]);
                            return in;
                        });
        assertThrows(TensorException.class, () -> uneven.call(of(1)));
    }
}
