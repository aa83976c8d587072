package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sungu.gradient.GradientTape;
import sungu.graph.GraphText;
import sungu.graph.Verifier;
import sungu.ops.OpTable.Row;
import sungu.ops.OpTable.Smooth;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Trace;
import sungu.trace.TracedFunction;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every row of the op table must hold to. */
class OpTableTest {
    /**
     * Methods that help to write ops, or that only work eagerly because the result depends on
     * values.
     */
    private static final Set<String> NO_OPS =
            Set.of(
                    "Histograms.fixedWidth",
                    "Indexing.slices",
                    "Partitions.dynamicPartition",
                    "Reductions.axes",
                    "Scattering.binsFor",
                    "Scattering.segment",
                    "Scattering.segmentMean");

    static List<Row> rows() {
        return OpTable.rows();
    }

    static Stream<Row> differentiable() {
        return rows().stream()
                .filter(row -> row.smooth() != Smooth.NONE && row.dtypes().contains(DType.FLOAT64));
    }

    static Stream<Row> smooth() {
        return differentiable().filter(row -> row.smooth() == Smooth.TWICE);
    }

    @Test
    void everyOpHasARow() throws IOException, URISyntaxException, ClassNotFoundException {
        var named =
                rows().stream().map(row -> row.name().split(" ")[0]).collect(Collectors.toSet());
        var missing = new TreeSet<String>();
        var folder =
                Path.of(Elements.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .resolve("sungu/ops");
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var simple = file.getFileName().toString().replace(".class", "");
                var type = Class.forName("sungu.ops." + simple);
                for (var method : type.getDeclaredMethods()) {
                    boolean op =
                            Modifier.isPublic(method.getModifiers())
                                    && Modifier.isStatic(method.getModifiers())
                                    && Modifier.isPublic(type.getModifiers())
                                    && type.getEnclosingClass() == null
                                    && !method.isSynthetic();
                    var name = simple + "." + method.getName();
                    if (op && !named.contains(name) && !NO_OPS.contains(name)) {
                        missing.add(name);
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(), missing, "ops without a row in OpTable");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void typeRuleTraceAndTextAgreeWithTheEagerResult(Row row) {
        for (var dtype : row.dtypes()) {
            var inputs = row.inputs(dtype, 1);
            var expected = row.op().apply(inputs);
            var types = Arrays.stream(inputs).map(Tensor::type).toArray(TensorType[]::new);
            var graph = Verifier.check(Trace.trace(row.op(), types).graph(), row.name());
            assertArrayEquals(
                    Arrays.stream(expected).map(Tensor::type).toArray(),
                    graph.outputTypes(),
                    "types for " + dtype);
            assertSame(
                    expected,
                    TracedFunction.of(row.name(), row.op()).call(inputs),
                    row.name() + " traced, " + dtype);
            var back = GraphText.parse(graph.text());
            assertEquals(graph.text(), back.text());
            assertSame(expected, back.apply(inputs), row.name() + " parsed, " + dtype);
        }
    }

    private static void assertSame(Tensor[] expected, Tensor[] found, String what) {
        assertEquals(expected.length, found.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i].type(), found[i].type(), what);
            assertEquals(text(expected[i].host()), text(found[i].host()), what + ", output " + i);
        }
    }

    private static String text(HostTensor tensor) {
        return switch (tensor.array()) {
            case float[] a ->
                    Arrays.toString(Arrays.copyOf(a, tensor.size() * tensor.dtype().lanes()));
            case double[] a ->
                    Arrays.toString(Arrays.copyOf(a, tensor.size() * tensor.dtype().lanes()));
            default ->
                    Arrays.toString(
                                    tensor.dtype().isFloating()
                                            ? tensor.toDoubles()
                                            : new double[0])
                            + Arrays.toString(
                                    tensor.dtype().isFloating() ? new long[0] : tensor.toLongs());
        };
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradientsAreFiniteDifferences(Row row) {
        var inputs = row.inputs(DType.FLOAT64, 2);
        var weights = weights(row.op().apply(inputs));
        var gradients = gradients(row, inputs, weights);
        for (int i = 0; i < inputs.length; i++) {
            int which = i;
            compare(
                    row + ", input " + i,
                    gradients.get(i),
                    inputs,
                    i,
                    values -> weighted(row.op().apply(values), weights).doubleValue(),
                    1e-6);
            assertEquals(inputs[which].type(), gradients.get(i).type());
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void tracedGradientsAreTheEagerOnes(Row row) {
        var inputs = row.inputs(DType.FLOAT64, 2);
        var weights = weights(row.op().apply(inputs));
        var eager = gradients(row, inputs, weights);
        var traced =
                TracedFunction.of(
                                row.name(),
                                values -> gradients(row, values, weights).toArray(Tensor[]::new))
                        .call(inputs);
        for (int i = 0; i < traced.length; i++) {
            assertArrayEquals(
                    eager.get(i).toDoubles(), traced[i].toDoubles(), 1e-12, row + ", input " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void secondOrderGradientsAreFiniteDifferencesOfFirstOrder(Row row) {
        var inputs = row.inputs(DType.FLOAT64, 3);
        var weights = weights(row.op().apply(inputs));
        var first = gradients(row, inputs, weights).toArray(Tensor[]::new);
        var directions = weights(first);
        List<Tensor> second;
        try (var tape = new GradientTape()) {
            for (var input : inputs) {
                tape.watch(input);
            }
            var again =
                    weighted(gradients(row, inputs, weights).toArray(Tensor[]::new), directions);
            second = tape.gradientOrZeros(again, List.of(inputs));
        }
        for (int i = 0; i < inputs.length; i++) {
            compare(
                    row + ", second order, input " + i,
                    second.get(i),
                    inputs,
                    i,
                    values ->
                            weighted(
                                            gradients(row, values, weights).toArray(Tensor[]::new),
                                            directions)
                                    .doubleValue(),
                    2e-5);
        }
    }

    private static Tensor[] weights(Tensor[] outputs) {
        var weights = new Tensor[outputs.length];
        for (int i = 0; i < weights.length; i++) {
            var numbers = new double[outputs[i].size()];
            Arrays.setAll(numbers, k -> 0.3 + 0.1 * ((k * 7 + 3) % 11));
            weights[i] = Movements.reshape(Tensor.of(numbers), outputs[i].shape());
        }
        return weights;
    }

    private static Tensor weighted(Tensor[] outputs, Tensor[] weights) {
        Tensor sum = Tensor.of(0.0);
        for (int i = 0; i < outputs.length; i++) {
            sum = sum.plus(outputs[i].times(weights[i]).sum());
        }
        return sum;
    }

    private static List<Tensor> gradients(Row row, Tensor[] inputs, Tensor[] weights) {
        try (var tape = new GradientTape()) {
            for (var input : inputs) {
                tape.watch(input);
            }
            return tape.gradientOrZeros(weighted(row.op().apply(inputs), weights), List.of(inputs));
        }
    }

    private interface Loss {
        double of(Tensor[] inputs);
    }

    private static void compare(
            String what, Tensor gradient, Tensor[] inputs, int which, Loss loss, double tolerance) {
        assertNotNull(gradient, what);
        var found = gradient.toDoubles();
        var at = inputs[which].toDoubles();
        double step = 1e-5;
        for (int k = 0; k < at.length; k++) {
            double slope =
                    (loss.of(moved(inputs, which, at, k, step))
                                    - loss.of(moved(inputs, which, at, k, -step)))
                            / (2 * step);
            assertEquals(
                    slope,
                    found[k],
                    tolerance * Math.max(1, Math.abs(slope)),
                    what + ", element " + k);
        }
    }

    private static Tensor[] moved(Tensor[] inputs, int which, double[] at, int k, double step) {
        var copy = at.clone();
        copy[k] += step;
        var values = inputs.clone();
        values[which] = new HostTensor(inputs[which].type(), copy);
        return values;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void badInputsGiveATensorException(Row row) {
        var shapes =
                List.of(
                        Shape.SCALAR,
                        Shape.of(0),
                        Shape.of(7),
                        Shape.of(5, 0),
                        Shape.of(3, 2),
                        Shape.of(2, 7, 5),
                        Shape.of(1, 1, 1, 1));
        int n = row.shapes().length;
        var dtypes =
                new ArrayList<DType>(
                        List.of(
                                DType.STRING,
                                DType.BOOL,
                                DType.INT32,
                                DType.FLOAT32,
                                DType.COMPLEX64,
                                DType.FLOAT8_E5M2));
        for (var shape : shapes) {
            for (var dtype : dtypes) {
                for (int which = 0; which < n; which++) {
                    var inputs = row.inputs(DType.FLOAT32, 4);
                    inputs[which] = Tensor.zeros(shape, dtype);
                    attempt(row, inputs);
                    Arrays.fill(inputs, Tensor.zeros(shape, dtype));
                    attempt(row, inputs);
                }
            }
        }
    }

    private static void attempt(Row row, Tensor[] inputs) {
        var types = Arrays.stream(inputs).map(Tensor::type).toArray(TensorType[]::new);
        try {
            assertNotNull(row.op().apply(inputs.clone()));
        } catch (TensorException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        } catch (ArithmeticException e) {
            assertTrue(
                    Arrays.stream(types).anyMatch(type -> type.dtype().isInteger()),
                    "division by zero for " + Arrays.toString(types));
        } catch (RuntimeException e) {
            throw new AssertionError(row + " of " + Arrays.toString(types) + ": " + e, e);
        }
        try {
            Trace.trace(row.op(), types);
        } catch (TensorException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "traced " + row + " of " + Arrays.toString(types) + ": " + e, e);
        }
    }
}
