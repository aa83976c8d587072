package sungu.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.kernel.RawBytes;
import sungu.ops.Controls;
import sungu.primitive.Literal;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Trace;

import java.util.List;

class GraphTextTest {
    private static final String DOT =
            """
            graph(%0: f32[2,3], %1: f32[3,4]) {
              %2: f32[2,4] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
              %3: f32[] = constant() {value=f32[](0.5)}
              %4: f32[2,4] = multiply(%2, %3) @ "dense_1"
              return %4, %0
            }\
            """;

    @Test
    void printsWhatItParsed() {
        var graph = GraphText.parse(DOT);
        assertEquals(DOT, graph.text());
        assertEquals(graph, GraphText.parse(graph.text()));
        assertEquals("dense_1", graph.nodes().get(2).place());
    }

    @Test
    void readsAnyLayout() {
        assertEquals(
                GraphText.parse(DOT),
                GraphText.parse(DOT.replace("%4", "%77").replaceAll("\\s+", " ")));
    }

    @Test
    void holdsControlFlow() {
        var graph =
                Trace.trace(
                                x ->
                                        Controls.whileLoop(
                                                all -> all[0].sum().less(100),
                                                all ->
                                                        new Tensor[] {
                                                            Controls.condTensor(
                                                                    all[0].sum().greater(3),
                                                                    () -> all[0].times(2),
                                                                    () -> all[0].plus(x[0]))
                                                        },
                                                x[0]),
                                TensorType.parse("f32[3]"))
                        .graph();
        var text = graph.text();
        assertTrue(text.contains("condition=graph(") && text.contains("then=graph("), text);
        assertEquals(text, GraphText.parse(text).text());
    }

    @Test
    void tellsTheLineOfAnError() {
        assertMessage(
                "graph text, line 2: unknown primitive 'dot_generals'",
                DOT.replace("dot_general", "dot_generals"));
        assertMessage(
                "graph text, line 4: %9 is read before it is defined",
                DOT.replace("multiply(%2", "multiply(%9"));
        assertMessage(
                "graph text, line 4: %2 is defined twice",
                DOT.replace("%4: f32[2,4] = m", "%2: f32[2,4] = m"));
        assertMessage(
                "graph text, line 2: dot_general gives [f32[2,4]], the text says [f32[2,5]]",
                DOT.replace("%2: f32[2,4]", "%2: f32[2,5]"));
        assertMessage(
                "graph text, line 2: matmul: inner dimensions differ",
                DOT.replace("leftContract=[1]", "leftContract=[0]"));
        assertMessage(
                "graph text, line 2: expected 'leftContract'",
                DOT.replace("leftContract", "lefty"));
        assertMessage(
                "graph text, line 3: can't read a HostTensor", DOT.replace("(0.5)", "(a half)"));
        assertMessage(
                "graph text, line 1: expected an integer, got 'x'", DOT.replaceFirst("2,3", "x,3"));
        assertMessage(
                "graph text, line 5: expected ',', got the end of the text",
                DOT.replace("\n}", ""));
        assertMessage(
                "graph text, line 4: multiply: takes 2 operands, got 1",
                DOT.replace("(%2, %3)", "(%2)"));
    }

    private static void assertMessage(String start, String text) {
        var error = assertThrows(TensorException.class, () -> GraphText.parse(text));
        assertTrue(error.getMessage().startsWith(start), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void keepsAllBitsOfConstants(DType dtype) {
        for (int n : new int[] {0, 1, 5, 16, 100}) {
            var array = HostTensor.newArray(dtype, Shape.of(n));
            var random = new java.util.Random(n);
            var tensor = new HostTensor(dtype, Shape.of(n), array);
            if (dtype == DType.STRING) {
                for (int i = 0; i < n; i++) {
                    tensor.bytes()[i] = new byte[random.nextInt(5)];
                    random.nextBytes(tensor.bytes()[i]);
                }
            } else {
                var bytes = new byte[n * dtype.bytes()];
                random.nextBytes(bytes);
                for (int i = 0; dtype == DType.BOOL && i < bytes.length; i++) {
                    bytes[i] &= 1;
                }
                RawBytes.read(java.nio.ByteBuffer.wrap(bytes), tensor);
            }
            assertRoundTrip(tensor);
            if (n > 1 && dtype != DType.STRING) {
                assertRoundTrip((HostTensor) Tensor.ones(Shape.of(n), dtype));
            }
        }
    }

    private static void assertRoundTrip(HostTensor tensor) {
        var builder = new Graph.Builder();
        var graph = builder.build(List.of(builder.constant(tensor)));
        var back = GraphText.parse(graph.text());
        assertEquals(graph.text(), back.text());
        var value = ((Literal) back.nodes().get(0).primitive()).value();
        assertEquals(tensor.type(), value.type());
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                new Object[] {bits(tensor)}, new Object[] {bits(value)});
    }

    private static Object bits(HostTensor tensor) {
        return switch (tensor.array()) {
            case float[] a ->
                    java.util.stream.IntStream.range(0, a.length)
                            .map(i -> Float.floatToRawIntBits(a[i]))
                            .toArray();
            case double[] a ->
                    java.util.stream.IntStream.range(0, a.length)
                            .mapToLong(i -> Double.doubleToRawLongBits(a[i]))
                            .toArray();
            default -> tensor.array();
        };
    }

    @Test
    void specialNumbersReadWell() {
        var builder = new Graph.Builder();
        var value =
                new HostTensor(
                        DType.FLOAT32,
                        Shape.of(4),
                        new float[] {-0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE});
        var text = builder.build(List.of(builder.constant(value))).text();
        assertTrue(text.contains("{value=f32[4](-0.0, NaN, -Infinity, 1.4E-45)}"), text);
    }

    @Test
    void equalityIsByText() {
        var a = Trace.trace(x -> new Tensor[] {x[0].plus(1.0)}, TensorType.parse("f32[3]")).graph();
        var b = Trace.trace(x -> new Tensor[] {x[0].plus(1.0)}, TensorType.parse("f32[3]")).graph();
        var c = Trace.trace(x -> new Tensor[] {x[0].plus(2.0)}, TensorType.parse("f32[3]")).graph();
        assertEquals(a, b);
        assertEquals(a.hashCode(), b.hashCode());
        assertNotEquals(a, c);
    }
}
