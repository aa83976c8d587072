package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sungu.backend.Backends;
import sungu.backend.Program;
import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.graph.Verifier;
import sungu.kernel.Parallel;
import sungu.passes.Passes;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * For random graphs: node by node, after the passes, and as a program the results are the same: the
 * bits of integers and of what is moved, floats within what {@link Sensitivity} allows. A failure
 * prints its seed.
 */
class RandomGraphsTest {
    private static final int GRAPHS = Integer.getInteger("sungu.test.graphs", 1000);

    @ParameterizedTest
    @ValueSource(ints = {8, 5000})
    void interpretedPassedAndCompiledAgree(int largest) {
        long first = Long.getLong("sungu.test.seed", 1);
        int graphs = largest > 1000 ? GRAPHS / 5 : GRAPHS;
        for (long seed = first; seed < first + graphs; seed++) {
            var made = new RandomGraphs(seed, largest);
            var graph = made.graph(4 + (int) (seed % 30));
            try {
                check(graph, made.inputs(graph));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed "
                                + seed
                                + ", largest "
                                + largest
                                + ": "
                                + e.getMessage()
                                + "\n"
                                + GraphText.brief(graph),
                        e);
            }
        }
    }

    private static void check(Graph graph, HostTensor[] inputs) {
        assertEquals(graph.text(), GraphText.parse(graph.text()).text());
        Tensor[] expected;
        try {
            expected = graph.apply(inputs);
        } catch (TensorException | ArithmeticException e) {
            return;
        }
        var passed = Verifier.check(Passes.run(graph), "passes");
        assertNear(graph, inputs, expected, passed.apply(inputs), "after passes");
        Program program = Backends.program(graph);
        var first = program.run(inputs);
        assertNear(graph, inputs, expected, first, "program");
        assertBits(first, program.run(inputs), "program, second run");
        ((HostProgram) program).emit();
        assertBits(first, program.run(inputs), "program, emitted");
    }

    /** Equal bits, or floats that are as near as the conditioning of the graph lets them be. */
    private static void assertNear(
            Graph graph, HostTensor[] inputs, Tensor[] expected, Tensor[] found, String what) {
        boolean same = expected.length == found.length;
        for (int i = 0; same && i < found.length; i++) {
            assertEquals(expected[i].type(), found[i].type(), what);
            same = mismatch(expected[i].host(), found[i].host()) < 0;
        }
        if (!same) {
            var tensors = Arrays.stream(found).map(Tensor::host).toArray(HostTensor[]::new);
            assertEquals("", new Sensitivity(graph, inputs).wrong(tensors), what);
        }
    }

    static void assertBits(Tensor[] expected, Tensor[] found, String what) {
        assertEquals(expected.length, found.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i].type(), found[i].type(), what);
            int place = mismatch(expected[i].host(), found[i].host());
            assertEquals(-1, place, what + ", output " + i + ": first unequal element");
        }
    }

    /** Where elements first differ, or -1; every NaN counts as the same, whatever its bits are. */
    private static int mismatch(HostTensor x, HostTensor y) {
        int n = x.size() * x.dtype().lanes();
        if (x.dtype().isFloating()) {
            for (int i = 0; i < n; i++) {
                double a = Numbers.get(x.dtype(), x.array(), i);
                if (Double.compare(a, Numbers.get(x.dtype(), y.array(), i)) != 0) {
                    return i;
                }
            }
            return -1;
        }
        return switch (x.array()) {
            case byte[] a -> Arrays.mismatch(a, 0, n, (byte[]) y.array(), 0, n);
            case short[] a -> Arrays.mismatch(a, 0, n, (short[]) y.array(), 0, n);
            case int[] a -> Arrays.mismatch(a, 0, n, (int[]) y.array(), 0, n);
            case long[] a -> Arrays.mismatch(a, 0, n, (long[]) y.array(), 0, n);
            case float[] a -> Arrays.mismatch(a, 0, n, (float[]) y.array(), 0, n);
            case double[] a -> Arrays.mismatch(a, 0, n, (double[]) y.array(), 0, n);
            default -> Arrays.deepEquals((Object[]) x.array(), (Object[]) y.array()) ? -1 : 0;
        };
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        int before = Parallel.threads();
        try {
            for (long seed = 1; seed < 40; seed++) {
                var made = new RandomGraphs(seed, 200_000);
                var graph = made.graph(12);
                var inputs = made.inputs(graph);
                try {
                    Parallel.threads(1);
                    var one = Backends.run(graph, inputs);
                    Parallel.threads(2);
                    assertBits(one, Backends.run(graph, inputs), "seed " + seed);
                    Parallel.threads(5);
                    assertBits(one, Backends.run(graph, inputs), "seed " + seed);
                } catch (TensorException | ArithmeticException e) {
                    // Such as an integer divided by zero: nothing to compare.
                }
            }
        } finally {
            Parallel.threads(before);
        }
    }
}
