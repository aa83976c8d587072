package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.optimizers.Adam;
import sungu.ragged.RaggedTensor;
import sungu.sparse.Sparse;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

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
    void a_dense_layer_takes_a_sparse_batch() {
        var dense = Tensor.of(new float[][] {{0, 2, 0, 0}, {1, 0, 0, -3}});
        var sparse = Sparse.fromDense(dense);
        var layer = new Dense(3).activation("tanh");
        var built = layer.apply(sparse);
        assertArrayEquals(layer.apply(dense).toFloats(), built.toFloats(), 1e-6f);
        var weights = layer.trainableWeights();
        try (var tape = GradientTape.persistent()) {
            var expected = tape.gradient(layer.apply(dense).square().sum(), weights);
            var got = tape.gradient(layer.apply(sparse).square().sum(), weights);
            for (int i = 0; i < weights.size(); i++) {
                assertArrayEquals(
                        expected.get(i).toFloats(), got.get(i).toFloats(), 1e-5f, "weight " + i);
            }
        }
        var flat = Sparse.fromDense(Tensor.ofFloats(0, 1));
        assertThrows(TensorException.class, () -> layer.apply(flat));
    }
}
