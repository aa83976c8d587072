package sungu.keras.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

class ApplicationsTest {
    /** The counts are those that Keras gives for its models. */
    @Test
    void mobileNetV2HasKerasWeights() {
        var model = Applications.mobileNetV2();
        assertEquals("mobilenetv2_1.00_224", model.name());
        assertEquals(3_538_984, model.countParams());
        assertEquals(156, model.layers().size());
        var features = Applications.mobileNetV2(o -> o.includeTop(false));
        assertEquals("mobilenetv2_1.00_None", features.name());
        assertEquals(2_223_872, features.trainableWeights().stream().mapToLong(Tensor::size).sum());
    }

    @Test
    void smallImagesAreClassified() {
        var model =
                Applications.mobileNetV2(
                        o -> o.inputShape(32, 32, 3).alpha(0.35).classes(5).weights(null));
        var classes = model.apply(Tensor.ones(Shape.of(2, 32, 32, 3), DType.FLOAT32));
        assertEquals(Shape.of(2, 5), classes.shape());
        assertEquals(2, classes.sum().floatValue(), 1e-5);
    }

    @Test
    void optionsAreChecked() {
        assertThrows(TensorException.class, () -> Applications.mobileNetV2(o -> o.classes(0)));
        assertThrows(
                TensorException.class, () -> Applications.mobileNetV2(o -> o.inputShape(8, 8, 3)));
    }
}
