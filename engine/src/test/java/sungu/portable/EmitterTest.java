package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.compile.KernelEmitter;
import sungu.compile.Nest;
import sungu.compile.Plan;
import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.passes.Passes;
import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The seam for emitted kernels: nests that an emitter takes run on its kernels, all others
 * portably.
 */
class EmitterTest {
    /**
     * Takes float32 nests of additions and multiplications, and computes them element by element.
     */
    private static final class Additions implements KernelEmitter {
        final List<Nest> emitted = new ArrayList<>();

        @Override
        public String name() {
            return "additions";
        }

        @Override
        public boolean supports(Nest nest) {
            return nest.instructions().stream()
                    .allMatch(i ->
                            i.dtype() == DType.FLOAT32
                                    && (i.action() == Pointwise.ADD
                                            || i.action() == Pointwise.MULTIPLY));
        }

        @Override
        public Kernel emit(Nest nest) {
            emitted.add(nest);
            int inputs = nest.operands().size();
            return (operands, results, from, count) -> {
                var registers = new float[inputs + nest.instructions().size()];
                for (int i = from; i < from + count; i++) {
                    for (int k = 0; k < inputs; k++) {
                        registers[k] =
                                ((float[]) operands[k])
                                        [
                                        nest.operands().get(k).level() == Nest.Level.SCALAR
                                                ? 0
                                                : i];
                    }
                    int next = inputs;
                    for (var instruction : nest.instructions()) {
                        float x = registers[instruction.arguments().get(0)];
                        float y = registers[instruction.arguments().get(1)];
                        registers[next++] = instruction.action() == Pointwise.ADD ? x + y : x * y;
                    }
                    ((float[]) results[0])[i] = registers[nest.results().get(0).register()];
                }
            };
        }
    }

    private static Graph graph(int n) {
        return GraphText.parse(
                """
                graph(%0: f32[N], %1: f32[]) {
                  %2: f32[N] = multiply(%0, %1)
                  %3: f32[N] = add(%2, %0)
                  %4: f32[N] = multiply(%3, %2)
                  %5: f32[N] = reverse(%4) {axes=[0]}
                  %6: f32[N] = exp(%5)
                  %7: f32[N] = add(%6, %1)
                  return %7, %4
                }\
                """
                        .replace("N", Integer.toString(n)));
    }

    @Test
    void supportedNestsRunOnEmittedKernels() {
        for (int n : new int[] {3, 5000, 100_000}) {
            var graph = graph(n);
            var emitter = new Additions();
            var program = new HostProgram(graph, Plan.of(Passes.run(graph)), List.of(emitter));
            var made = new RandomGraphs(n, 8);
            var inputs =
                    new HostTensor[] {
                        made.tensor(graph.inputs().get(0).type(), false),
                        (HostTensor) Tensor.of(0.5f)
                    };
            RandomGraphsTest.assertBits(graph.apply(inputs), program.run(inputs), "n = " + n);
            assertEquals(1, emitter.emitted.size());
            assertTrue(
                    emitter.emitted.get(0).text().contains("multiply(r0, r1)"),
                    emitter.emitted.get(0).text());
        }
    }

    @Test
    void nestsAreEqualWhateverTheirLengthIs() {
        var small = new Additions();
        var large = new Additions();
        new HostProgram(graph(3), Plan.of(graph(3)), List.of(small));
        new HostProgram(graph(900), Plan.of(graph(900)), List.of(large));
        assertEquals(small.emitted, large.emitted);
    }
}
