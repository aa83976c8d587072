package sungu.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.backend.Backends;
import sungu.compile.Plan.Slot;
import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.kernel.Parallel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

class WavesTest {
    /**
     * Lookups of several tables by indices that are put right first, side by side; then a product
     * that two others read.
     */
    private static Graph lookups(int tables, int rows) {
        var text = new StringBuilder("graph(");
        for (int i = 0; i < tables; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append("%" + 2 * i + ": f32[1000,16], %" + (2 * i + 1) + ": i32[" + rows)
                    .append(",1]");
        }
        text.append(") {\n");
        int next = 2 * tables;
        var out = "";
        for (int i = 0; i < tables; i++) {
            int own = 2 * i + 1;
            text.append("  %%%d: i32[%d,1] = negate(%%%d)\n".formatted(next, rows, own));
            text.append(
                    "  %%%d: f32[%d,16] = gather(%%%d, %%%d) {batch=0, outer=0, depth=1,"
                                    .formatted(next + 1, rows, 2 * i, next)
                            + " lenient=false}\n");
            text.append(
                    "  %%%d: f32[16,16] = dot_general(%%%d, %%%d) {leftBatch=[], rightBatch=[],"
                                    .formatted(next + 2, next + 1, next + 1)
                            + " leftContract=[0], rightContract=[0]}\n");
            out += (i == 0 ? "%" : ", %") + (next + 2);
            next += 3;
        }
        text.append("  %%%d: f32[16,16] = abs(%%%d)\n".formatted(next, next - 1));
        text.append(
                "  %%%d: f32[16,16] = cumulative(%%%d) {fold=SUM, axis=0, exclusive=false,"
                                .formatted(next + 1, next - 1)
                        + " reverse=false}\n");
        out += ", %" + next + ", %" + (next + 1);
        return GraphText.parse(text + "  return " + out + "\n}");
    }

    private static HostTensor[] inputs(Graph graph) {
        var inputs = new HostTensor[graph.inputs().size()];
        for (int i = 0; i < inputs.length; i += 2) {
            var table = new float[1000 * 16];
            for (int k = 0; k < table.length; k++) {
                table[k] = (float) Math.sin(k + i);
            }
            int rows = graph.inputs().get(i + 1).type().shape().dim(0);
            var indices = new int[rows];
            for (int k = 0; k < rows; k++) {
                indices[k] = -(k * 37 + i) % 1000;
            }
            inputs[i] = new HostTensor(DType.FLOAT32, Shape.of(1000, 16), table);
            inputs[i + 1] = new HostTensor(DType.INT32, Shape.of(rows, 1), indices);
        }
        return inputs;
    }

    @Test
    void shortBranchesAreOneWave() {
        var steps = Plan.of(lookups(10, 256)).steps();
        var branches = new HashMap<Integer, Set<Integer>>();
        for (var step : steps) {
            branches.computeIfAbsent(step.wave(), wave -> new HashSet<>()).add(step.branch());
        }
        assertTrue(branches.values().stream().anyMatch(wave -> wave.size() == 10));
    }

    @Test
    void epiloguesStayWithTheirContractions() {
        var steps = Plan.of(lookups(10, 256)).steps();
        int epilogues = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).epilogue()) {
                epilogues++;
                assertEquals(
                        steps.get(i - 1).group().writes().get(0),
                        steps.get(i).group().reads().get(0));
            }
        }
        assertEquals(1, epilogues);
    }

    @Test
    void tinyProgramsRunStepByStep() {
        assertFalse(Plan.of(lookups(4, 8)).text().contains("with "), "not worth a second thread");
    }

    @Test
    void branchesOfAWaveShareNoArray() {
        var plan = Plan.of(lookups(10, 256));
        var owner = new HashMap<Integer, Integer>();
        int shared = 0;
        for (var step : plan.steps()) {
            for (int slot : step.outputs()) {
                if (plan.slots().get(slot) instanceof Slot.Shared in) {
                    Integer before = owner.put(in.array(), step.branch());
                    assertTrue(before == null || before == step.branch(), "array " + in.array());
                    shared++;
                }
            }
        }
        assertEquals(20, shared);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var graph = lookups(10, 256);
        var inputs = inputs(graph);
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            var one = Backends.run(graph, inputs);
            for (int threads = 2; threads < 6; threads++) {
                Parallel.threads(threads);
                var program = Backends.program(graph);
                for (int run = 0; run < 50; run++) {
                    var many = program.run(inputs);
                    for (int i = 0; i < one.length; i++) {
                        assertArrayEquals(
                                (float[]) one[i].host().array(), (float[]) many[i].array());
                    }
                }
            }
        } finally {
            Parallel.threads(before);
        }
    }
}
