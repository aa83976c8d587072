package sungu.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.backend.Stage;
import sungu.gradient.GradientTape;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.List;

/** How often normalizations pass over the tensor that they normalize. */
class SweepsTest {
    private static final Tensor X = Movements.broadcastTo(Tensor.of(1f), Shape.of(8, 16, 16, 16));
    private static final Tensor CHANNELS = Movements.broadcastTo(Tensor.of(1f), Shape.of(16));

    private static Tensor normalized(Tensor[] x) {
        return Nets.relu(Nets.batchNormalization(x[0], x[1], x[2], 3, x[3], x[4], 1e-3));
    }

    private static Tensor normalizedByBatch(Tensor x, Tensor offset, Tensor scale) {
        var batch = Nets.moments(x, false, 0, 1, 2);
        return normalized(new Tensor[] {x, batch.mean(), batch.variance(), offset, scale});
    }

    /** The steps that pass over all elements: nests of that size, and reductions on their own. */
    private static long sweeps(TracedFunction function, Tensor... inputs) {
        return function.lower(inputs)
                .text(Stage.LOOPS)
                .lines()
                .filter(line ->
                        line.contains("for 2048 x 16 nest") || line.contains("] = reduce {"))
                .count();
    }

    @Test
    void normalizationIsOneSweep() {
        var function = TracedFunction.of("f", x -> new Tensor[] {normalized(x)});
        assertEquals(1, sweeps(function, X, CHANNELS, CHANNELS, CHANNELS, CHANNELS));
    }

    /** Mean and variance; then the sums of the gradient with its producers; then the gradient. */
    @Test
    void gradientOfBatchNormalizationIsTwoSweepsAfterTheStatistics() {
        var function =
                TracedFunction.of(
                        "f",
                        x -> {
                            try (var tape = new GradientTape()) {
                                var sources = List.of(x[0], x[1], x[2]);
                                sources.forEach(tape::watch);
                                var sum = normalizedByBatch(x[0], x[1], x[2]).times(x[3]).sum();
                                return tape.gradientOrZeros(sum, sources).toArray(Tensor[]::new);
                            }
                        });
        assertEquals(1 + 2, sweeps(function, X, CHANNELS, CHANNELS, X));
    }
}
