package sungu.ragged;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.ops.Indexing;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.List;

class RaggedGradientTest {
    @Test
    void gradients_flow_to_the_flat_values() {
        var flat = Tensor.ofFloats(1, -2, 3, 4);
        try (var tape = new GradientTape()) {
            tape.watch(flat);
            var rows = RaggedTensor.fromRowLengths(flat, Tensor.of(new long[] {3, 0, 1}));
            var loss = rows.times(rows).sum(1).flatValues().times(Tensor.ofFloats(1, 5, 10)).sum();
            assertArrayEquals(new float[] {2, -4, 6, 80}, tape.gradient(loss, flat).toFloats());
        }
    }

    @Test
    void an_embedding_of_a_ragged_batch_and_its_mean_train() {
        var ids = RaggedTensor.ofLists(List.of(List.of(0, 1), List.of(2), List.of(1, 2, 0)));
        var wanted = Tensor.ofFloats(1, -1, 0.5f);
        Tensor table = Tensor.ofFloats(0.1f, 0.2f, 0.3f).reshape(3, 1);
        double first = 0;
        double loss = 0;
        for (int step = 0; step < 200; step++) {
            try (var tape = new GradientTape()) {
                tape.watch(table);
                var weights = table;
                var vectors = ids.map(x -> Indexing.gather(weights, x, 0));
                var error = vectors.mean(1).flatValues().reshape(3).minus(wanted).square().sum();
                var gradient = tape.gradient(error, table);
                table = table.minus(gradient.times(0.3));
                loss = error.doubleValue();
            }
            first = step == 0 ? loss : first;
        }
        assertTrue(loss < first / 10, first + " -> " + loss);
    }

    @Test
    void row_splits_may_be_traced() {
        var step =
                TracedFunction.of(
                        "rows",
                        inputs -> {
                            var rows =
                                    RaggedTensor.of(
                                            inputs[0],
                                            List.of(
                                                    RowPartition.ofSplits(
                                                            inputs[1], inputs[0].size())));
                            return new Tensor[] {
                                rows.sum(1).flatValues(), RaggedMath.softmax(rows).flatValues()
                            };
                        });
        var flat = Tensor.ofFloats(1, 2, 3, 4);
        for (var splits : List.of(new long[] {0, 2, 2, 4}, new long[] {0, 0, 1, 4})) {
            var eager = RaggedTensor.fromRowSplits(flat, Tensor.of(splits));
            var traced = step.call(flat, Tensor.of(splits));
            assertArrayEquals(eager.sum(1).flatValues().toFloats(), traced[0].toFloats());
            assertArrayEquals(
                    RaggedMath.softmax(eager).flatValues().toFloats(), traced[1].toFloats(), 1e-6f);
        }
    }
}
