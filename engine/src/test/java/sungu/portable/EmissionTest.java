package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sungu.bytecode.Bytecode;
import sungu.bytecode.Method;
import sungu.compile.Plan;
import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.passes.Passes;
import sungu.tensor.HostTensor;

import java.util.List;
import java.util.Objects;

/** Nests that become methods: which do, and that no bit changes when they do. */
class EmissionTest {
    /** An update of Adam: three results of seven operands. */
    private static final String UPDATE =
            """
            graph(%0: f32[N], %1: f32[N], %2: f32[N], %3: f32[N], %4: f32[], %5: f32[], %6: f32[]) {
              %7: f32[N] = subtract(%0, %1)
              %8: f32[N] = multiply(%7, %4)
              %9: f32[N] = add(%1, %8)
              %10: f32[N] = multiply(%0, %0)
              %11: f32[N] = subtract(%10, %2)
              %12: f32[N] = multiply(%11, %5)
              %13: f32[N] = add(%2, %12)
              %14: f32[N] = multiply(%9, %6)
              %15: f32[N] = abs(%13)
              %16: f32[N] = sqrt(%15)
              %17: f32[N] = add(%16, %4)
              %18: f32[N] = divide(%14, %17)
              %19: f32[N] = subtract(%3, %18)
              return %9, %13, %19
            }\
            """;

    /** Softmax, what is largest, and a sum over all rows. */
    private static final String ROWS =
            """
            graph(%0: f32[N,5], %1: f32[5]) {
              %2: f32[N,5] = broadcast(%1) {shape=[N,5]}
              %3: f32[N,5] = add(%0, %2)
              %4: f32[N] = reduce(%3) {fold=MAX, axes=[1]}
              %5: f32[N,1] = reshape(%4) {shape=[N,1]}
              %6: f32[N,5] = broadcast(%5) {shape=[N,5]}
              %7: f32[N,5] = subtract(%3, %6)
              %8: f32[N,5] = exp(%7)
              %9: f32[N] = reduce(%8) {fold=SUM, axes=[1]}
              %10: f32[N,1] = reshape(%9) {shape=[N,1]}
              %11: f32[N,5] = broadcast(%10) {shape=[N,5]}
              %12: f32[N,5] = divide(%8, %11)
              %13: i64[N] = argmax(%12) {largest=true, axis=1, index=i64}
              %14: f32[5] = reduce(%12) {fold=SUM, axes=[0]}
              return %12, %13, %14
            }\
            """;

    private static Graph graph(String text, int n) {
        return GraphText.parse(text.replace("N", Integer.toString(n)));
    }

    private static Method method(Graph graph) {
        var group =
                Plan.of(Passes.run(graph)).steps().stream()
                        .map(Plan.Step::group)
                        .filter(g -> g.nest() != null)
                        .findFirst()
                        .orElseThrow();
        return Bytecode.method(Objects.requireNonNull(group.nest()), group.extents());
    }

    private static void assertSameBits(Graph graph, int seed) {
        var program = new HostProgram(graph, Plan.of(Passes.run(graph)), List.of());
        var made = new RandomGraphs(seed, 8);
        var inputs =
                graph.inputs().stream()
                        .map(value -> made.tensor(value.type(), false))
                        .toArray(HostTensor[]::new);
        var expected = program.run(inputs);
        program.emit();
        RandomGraphsTest.assertBits(expected, program.run(inputs), "emitted");
        RandomGraphsTest.assertBits(expected, program.run(inputs), "a second time");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256, 4096, 50_000})
    void updatesOfAnySizeKeepTheirBits(int n) {
        var graph = graph(UPDATE, n);
        var method = method(graph);
        assertNotNull(method);
        assertEquals(n > 256 ? 3 : 1, method.parts().size(), "loops");
        assertSameBits(graph, n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40, 51})
    void smallRowsKeepTheirBits(int n) {
        var graph = graph(ROWS, n);
        assertFalse(method(graph).splits());
        assertSameBits(graph, n);
    }

    @Test
    void whatIsVectorCodeAlreadyStaysAsItIs() {
        assertNull(method(graph(ROWS, 52)));
        assertNull(method(graph(UPDATE, 1000)));
        assertNull(
                method(
                        graph(
                                """
                                graph(%0: f32[N]) {
                                  %1: f32[N] = exp(%0)
                                  %2: f32[N] = add(%1, %0)
                                  return %2
                                }\
                                """,
                                5000)));
    }
}
