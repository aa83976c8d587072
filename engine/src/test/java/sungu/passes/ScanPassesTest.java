package sungu.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.graph.Verifier;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.primitive.Contraction;
import sungu.primitive.Scan;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What the passes over loops make of recurrent layers and their gradients. */
class ScanPassesTest {
    private static final int STEPS = 7;
    private static final int BATCH = 4;
    private static final int INPUTS = 3;
    private static final int UNITS = 5;

    private static Tensor random(long seed, int... dims) {
        var random = new Random(seed);
        var values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new HostTensor(DType.FLOAT32, Shape.of(dims), values);
    }

    /** Rows, initial state, initial carry, kernel, recurrent kernel, bias. */
    private static final Tensor[] LSTM = {
        random(1, STEPS, BATCH, INPUTS),
        random(2, BATCH, UNITS),
        random(3, BATCH, UNITS),
        random(4, INPUTS, 4 * UNITS),
        random(5, UNITS, 4 * UNITS),
        random(6, 4 * UNITS)
    };

    private static Tensor gate(Tensor z, int index) {
        return Movements.sliceAxis(z, -1, index * UNITS, (index + 1) * UNITS);
    }

    private static Tensor[] lstm(Tensor... in) {
        return Controls.scan(
                v -> {
                    var z = v[2].matmul(in[3]).plus(in[5]).plus(v[0].matmul(in[4]));
                    var carry =
                            Elements.sigmoid(gate(z, 1))
                                    .times(v[1])
                                    .plus(
                                            Elements.sigmoid(gate(z, 0))
                                                    .times(Elements.tanh(gate(z, 2))));
                    var state = Elements.sigmoid(gate(z, 3)).times(Elements.tanh(carry));
                    return new Tensor[] {state, carry, state};
                },
                new Tensor[] {in[1], in[2]},
                new Tensor[] {in[0]},
                -1,
                false);
    }

    private static Tensor[] gradients(Tensor... in) {
        try (var tape = new GradientTape()) {
            for (var tensor : in) {
                tape.watch(tensor);
            }
            var out = lstm(in);
            var loss =
                    sungu.ops.Reductions.sum(out[0].times(out[0]), false)
                            .plus(sungu.ops.Reductions.sum(out[2], false));
            var all = new ArrayList<Tensor>(tape.gradient(loss, List.of(in)));
            all.add(loss);
            return all.toArray(Tensor[]::new);
        }
    }

    private static Graph rewritten(Function<Tensor[], Tensor[]> function) {
        return Verifier.check(Passes.run(TracedFunction.of("f", function).graph(LSTM)), "passes");
    }

    private static void assertNear(Function<Tensor[], Tensor[]> function) {
        var wanted = function.apply(LSTM);
        var found = TracedFunction.of("f", function).call(LSTM);
        for (int i = 0; i < wanted.length; i++) {
            var a = (float[]) wanted[i].host().array();
            var b = (float[]) found[i].host().array();
            for (int k = 0; k < a.length; k++) {
                assertEquals(a[k], b[k], 2e-5f * Math.max(1, Math.abs(a[k])), "output " + i);
            }
        }
    }

    private static long contractions(Graph graph) {
        return graph.nodes().stream().filter(n -> n.primitive() instanceof Contraction).count();
    }

    private static List<Graph> bodies(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.primitive() instanceof Scan)
                .map(node -> ((Scan) node.primitive()).body())
                .toList();
    }

    @Test
    void inputProjectionLeavesTheLoop() {
        var graph = rewritten(ScanPassesTest::lstm);
        var bodies = bodies(graph);
        assertEquals(1, bodies.size());
        assertEquals(1, contractions(bodies.get(0)), () -> GraphText.brief(graph));
        assertEquals(1, contractions(graph));
        assertNear(ScanPassesTest::lstm);
    }

    @Test
    void gradientsOfWeightsAndRowsAreOneProductEach() {
        var graph = rewritten(ScanPassesTest::gradients);
        var bodies = bodies(graph);
        assertEquals(2, bodies.size(), () -> GraphText.brief(graph));
        assertEquals(1, contractions(bodies.get(0)), () -> GraphText.brief(graph));
        assertEquals(1, contractions(bodies.get(1)), () -> GraphText.brief(graph));
        // The projection of the rows, then the gradients of both kernels and of the rows.
        assertEquals(4, contractions(graph), () -> GraphText.brief(graph));
        assertNear(ScanPassesTest::gradients);
    }

    /** A product of what is carried, which is added up as well as kept for each round. */
    @Test
    void productsThatAreStackedAreSummedUp() {
        Function<Tensor[], Tensor[]> function =
                in ->
                        Controls.scan(
                                v -> {
                                    var product = v[0].matmul(gate(in[4], 0));
                                    return new Tensor[] {
                                        Elements.tanh(product), v[1].plus(product), product
                                    };
                                },
                                new Tensor[] {in[1], in[2]},
                                new Tensor[0],
                                STEPS,
                                false);
        var graph = rewritten(function);
        // The loop carries the state and stacks the product; the sum is made afterwards.
        assertEquals(2, bodies(graph).get(0).outputs().size(), () -> GraphText.brief(graph));
        assertNear(function);
    }

    @Test
    void whatIsTheSameInEachRoundIsComputedOnce() {
        Function<Tensor[], Tensor[]> function =
                in ->
                        Controls.scan(
                                v -> new Tensor[] {v[0].times(Elements.exp(in[1])), v[0]},
                                new Tensor[] {in[1]},
                                new Tensor[0],
                                STEPS,
                                false);
        var graph = rewritten(function);
        assertTrue(
                bodies(graph).get(0).nodes().stream()
                        .noneMatch(node -> node.primitive().label().equals("exp")));
        assertNear(function);
    }
}
