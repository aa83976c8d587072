package sungu.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.kernel.Parallel;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.primitive.Scan;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Random;

class RowSplitTest {
    private static final int BATCH = 70;
    private static final int UNITS = 20;

    private static Tensor numbers(int seed, int... dims) {
        return Tensor.of(new Random(seed).doubles(Shape.of(dims).size(), -1, 1).toArray())
                .reshape(dims)
                .cast(DType.FLOAT32);
    }

    /** A recurrent layer with a mask that stays, a counter, and gates that lie side by side. */
    private static Tensor[] run(Tensor[] x) {
        return Controls.scan(
                v -> {
                    var gates = v[0].matmul(x[1]).plus(v[2]).plus(x[2]);
                    var gate = Elements.sigmoid(Movements.sliceAxis(gates, 1, 0, UNITS));
                    var other = Elements.tanh(Movements.sliceAxis(gates, 1, UNITS, 2 * UNITS));
                    var next = gate.times(other).times(x[3]).plus(v[0].div(v[1].plus(2)));
                    return new Tensor[] {
                        next, v[1].plus(1), Movements.concat(List.of(gate, next), 1), other
                    };
                },
                new Tensor[] {x[4], Tensor.of(0f)},
                new Tensor[] {x[0]},
                -1,
                true);
    }

    private static Tensor[] inputs() {
        return new Tensor[] {
            numbers(1, 9, BATCH, 2 * UNITS),
            numbers(2, UNITS, 2 * UNITS),
            numbers(3, 2 * UNITS),
            numbers(4, BATCH, UNITS),
            numbers(5, BATCH, UNITS)
        };
    }

    @Test
    void partsOfABatchGiveTheBitsOfTheWhole() {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            var whole = TracedFunction.of("f", RowSplitTest::run).call(inputs());
            for (int threads : new int[] {2, 5}) {
                Parallel.threads(threads);
                var parts = TracedFunction.of("f", RowSplitTest::run).call(inputs());
                for (int i = 0; i < whole.length; i++) {
                    assertEquals(whole[i].type(), parts[i].type());
                    assertArrayEquals(whole[i].toDoubles(), parts[i].toDoubles(), "output " + i);
                }
            }
        } finally {
            Parallel.threads(before);
        }
    }

    private static Scan scan(Graph graph) {
        return graph.nodes().stream()
                .map(node -> node.primitive() instanceof Scan scan ? scan : null)
                .filter(scan -> scan != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sizesFollowTheRows() {
        var graph = TracedFunction.of("f", RowSplitTest::run).graph(inputs());
        var split = RowSplit.of(scan(graph));
        assertNotNull(split);
        assertEquals(BATCH, split.count());
        var part = split.part(16);
        assertEquals("[f32[16,20], f32[], f32[16,40], f32[16,20]]", types(part));
        assertEquals(scan(graph).body(), split.part(BATCH));
    }

    private static String types(Graph graph) {
        return List.of(graph.outputTypes()).toString();
    }

    private static RowSplit split(String body, int carried) {
        return RowSplit.of(new Scan(GraphText.parse(body), carried, 0, 3, false));
    }

    @Test
    void mixedRowsAreNotSplit() {
        assertNull(
                split(
                        """
                        graph(%0: f32[8,8]) {
                          %1: f32[8,8] = dot_general(%0, %0) {leftBatch=[], rightBatch=[], leftContract=[0], rightContract=[0]}
                          return %1
                        }\
                        """,
                        1));
        assertNull(
                split(
                        """
                        graph(%0: f32[8,4]) {
                          %1: f32[4] = reduce(%0) {fold=SUM, axes=[0]}
                          return %0, %1
                        }\
                        """,
                        1));
        // What a gather says of a wrong index names its place in the whole batch.
        assertNull(
                split(
                        """
                        graph(%0: i32[8,1], %1: i32[5]) {
                          %2: i32[8] = gather(%1, %0) {batch=0, outer=0, depth=1, lenient=false}
                          %3: i32[8,1] = reshape(%2) {shape=[8,1]}
                          return %3
                        }\
                        """,
                        1));
    }
}
