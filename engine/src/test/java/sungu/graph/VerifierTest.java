package sungu.graph;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.primitive.Call;
import sungu.primitive.Pointwise;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.List;

class VerifierTest {
    private final Graph good =
            GraphText.parse(
                    """
                    graph(%0: f32[2]) {
                      %1: f32[2] = exp(%0)
                      %2: f32[2] = add(%1, %0)
                      return %2
                    }\
                    """);

    private static void assertWrong(String problem, Graph graph) {
        var error = assertThrows(IllegalStateException.class, () -> Verifier.check(graph, "test"));
        assertTrue(error.getMessage().contains(problem), error.getMessage());
    }

    @Test
    void takesAGoodGraph() {
        assertDoesNotThrow(() -> Verifier.check(good, "test"));
    }

    @Test
    void findsReadsBeforeDefinitions() {
        assertWrong(
                "add reads %1 before it is defined",
                new Graph(good.inputs(), good.nodes().reversed(), good.outputs(), 100));
    }

    @Test
    void findsDoubleDefinitions() {
        var nodes = new ArrayList<>(good.nodes());
        nodes.add(1, nodes.get(0));
        assertWrong("defined a second time", new Graph(good.inputs(), nodes, good.outputs(), 100));
    }

    @Test
    void findsMissingOutputs() {
        assertWrong(
                "which nothing defines",
                new Graph(good.inputs(), good.nodes().subList(0, 1), good.outputs(), 100));
    }

    @Test
    void findsWrongTypes() {
        var wrong = new Value(9, TensorType.parse("f32[3]"));
        var node = new Node(Pointwise.EXP, good.inputs(), List.of(wrong), "");
        wrong.computedBy(node, 0);
        assertWrong(
                "exp gives [f32[2]], its node says [f32[3]]",
                new Graph(good.inputs(), List.of(node), List.of(wrong), 100));
    }

    @Test
    void looksIntoControlPrimitives() {
        var bad = new Graph(good.inputs(), good.nodes().reversed(), good.outputs(), 100);
        var builder = new Graph.Builder();
        var input = builder.input(TensorType.parse("f32[2]"));
        var outputs = builder.node(new Call(bad, null), List.of(input), "");
        assertWrong("add reads %1 before it is defined", builder.build(outputs));
    }
}
