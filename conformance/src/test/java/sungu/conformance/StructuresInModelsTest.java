package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.optimizers.Adam;
import sungu.ragged.RaggedTensor;
import sungu.sparse.Sparse;
import sungu.sparse.SparseMath;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ragged and sparse batches go through Keras layers: their values as tensors, their form beside.
 */
class StructuresInModelsTest {
    @Test
    void a_ragged_batch_trains_an_embedding_through_a_mean() {
        var ids =
                RaggedTensor.ofLists(
                        List.of(List.of(0, 1), List.of(2), List.of(1, 2, 3), List.of(3, 0)));
        var wanted = Tensor.of(new float[][] {{1}, {-1}, {2}, {0}});
        var embedding = new Embedding(4, 8);
        var head = new Dense(1);
        Supplier<Tensor> error =
                () -> {
                    var vectors = ids.map(embedding::apply);
                    return head.apply(vectors.mean(1).flatValues()).minus(wanted).square().mean();
                };
        double before = error.get().doubleValue();
        var optimizer = new Adam().learningRate(0.05);
        for (int step = 0; step < 100; step++) {
            try (var tape = new GradientTape()) {
                var loss = error.get();
                var weights = new ArrayList<>(embedding.trainableWeights());
                weights.addAll(head.trainableWeights());
                optimizer.apply(tape.gradient(loss, weights), weights);
            }
        }
        double after = error.get().doubleValue();
        assertTrue(after < before / 20, before + " -> " + after);
    }

    @Test
    void a_sparse_batch_times_the_kernel_of_a_dense_layer_is_the_layer() {
        var dense = Tensor.of(new float[][] {{0, 2, 0, 0}, {1, 0, 0, -3}});
        var sparse = Sparse.fromDense(dense);
        var layer = new Dense(3);
        var expected = layer.apply(dense);
        var kernel = layer.weights().get(0);
        var bias = layer.weights().get(1);
        try (var tape = GradientTape.persistent()) {
            var got = SparseMath.matmul(sparse, kernel).plus(bias);
            assertArrayEquals(expected.toFloats(), got.toFloats(), 1e-6f);
            var again = layer.apply(dense);
            assertArrayEquals(
                    tape.gradient(again.square().sum(), kernel).toFloats(),
                    tape.gradient(got.square().sum(), kernel).toFloats(),
                    1e-5f);
        }
    }
}
