package sungu.keras.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.keras.config.KerasConfig;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

class MetricTest {
    @Test
    void precision_streams_over_batches() {
        var precision = new Precision();
        assertEquals(
                0.8,
                precision
                        .apply(
                                Tensor.ofInts(0, 1, 1, 1, 0, 1, 0, 1),
                                Tensor.ofInts(1, 1, 0, 1, 0, 1, 0, 1))
                        .doubleValue(),
                1e-6);
        assertEquals(
                0.5,
                precision
                        .apply(
                                Tensor.ofInts(0, 1, 0, 0, 1, 0, 1, 1),
                                Tensor.ofInts(1, 0, 1, 1, 0, 0, 0, 0))
                        .doubleValue(),
                1e-6);
        precision.reset();
        assertEquals(0, precision.result().doubleValue());
    }

    @Test
    void precision_counts_only_one_class_or_the_top() {
        var t = Tensor.of(new float[][] {{0, 0, 1}, {0, 1, 0}});
        var p = Tensor.of(new float[][] {{0.1f, 0.2f, 0.7f}, {0.8f, 0.1f, 0.1f}});
        assertEquals(0.5, new Precision().topK(1).apply(t, p).doubleValue(), 1e-6);
        assertEquals(1.0, new Precision().classId(2).apply(t, p).doubleValue(), 1e-6);
    }

    @Test
    void mean_takes_weights() {
        var mean = new Mean();
        mean.update(Tensor.ofFloats(1, 3, 5, 7));
        assertEquals(4, mean.result().doubleValue(), 1e-6);
        mean.reset();
        mean.update(Tensor.ofFloats(1, 3, 5, 7), Tensor.ofFloats(1, 1, 0, 0));
        assertEquals(2, mean.result().doubleValue(), 1e-6);
        assertEquals(
                "[mean/total, mean/count]",
                mean.variables().stream()
                        .map(v -> ((sungu.keras.Weight) v).path())
                        .toList()
                        .toString());
    }

    @Test
    void accuracy_fits_the_shapes() {
        var p = Shape.of(8, 3);
        assertTrue(Metrics.of("accuracy", Shape.of(8), p) instanceof SparseCategoricalAccuracy);
        assertTrue(Metrics.of("acc", Shape.of(8, 3), p) instanceof CategoricalAccuracy);
        assertTrue(
                Metrics.of("accuracy", Shape.of(8, 1), Shape.of(8, 1)) instanceof BinaryAccuracy);
        assertEquals("acc", Metrics.of("acc", Shape.of(8), p).name());
        assertEquals("mae", Metrics.of("mae", Shape.of(8), Shape.of(8)).name());
    }

    @Test
    void unnamed_metrics_are_numbered() {
        KerasConfig.clearSession();
        assertEquals("auc", new AUC().name());
        assertEquals("auc_1", new AUC().name());
    }

    @Test
    void area_under_the_curve() {
        var t = Tensor.ofFloats(0, 0, 1, 1);
        var p = Tensor.ofFloats(0, 0.5f, 0.3f, 0.9f);
        assertEquals(0.75, new AUC().numThresholds(3).apply(t, p).doubleValue(), 1e-6);
        assertEquals(0.75, new AUC().apply(t, p).doubleValue(), 1e-6);
    }

    @Test
    void thresholds_give_a_result_each() {
        var recall = new Recall().thresholds(0.25, 0.75);
        assertArrayEquals(
                new float[] {1, 0.5f},
                recall.apply(Tensor.ofFloats(1, 1, 0), Tensor.ofFloats(0.3f, 0.9f, 0.1f))
                        .toFloats(),
                1e-6f);
        assertEquals("[0.25, 0.75]", String.valueOf(recall.config().get("thresholds")));
    }

    @Test
    void updates_are_traced() {
        var metric = new SparseCategoricalAccuracy();
        var step =
                TracedFunction.of(
                        "step",
                        inputs -> {
                            metric.update(inputs[0], inputs[1]);
                            return new Tensor[0];
                        });
        var p = Tensor.of(new float[][] {{0.1f, 0.9f}, {0.8f, 0.2f}});
        step.call(Tensor.ofInts(1, 1), p);
        step.call(Tensor.ofInts(1, 0), p);
        assertEquals(0.75, metric.result().doubleValue(), 1e-6);
    }

    @Test
    void overlap_of_classes() {
        var metric = new MeanIoU(2);
        assertEquals(
                0.33333334,
                metric.apply(Tensor.ofInts(0, 0, 1, 1), Tensor.ofInts(0, 1, 0, 1)).doubleValue(),
                1e-6);
    }
}
