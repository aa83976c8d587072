package sungu.keras.applications;

import sungu.keras.models.Functional;

import java.util.function.UnaryOperator;

/** Known image models. */
public final class Applications {
    private Applications() {}

    /** MobileNetV2 with 1000 classes for images of 224 x 224, with random weights. */
    public static Functional mobileNetV2() {
        return mobileNetV2(options -> options);
    }

    /**
     * MobileNetV2 (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018):
     * {@code Applications.mobileNetV2(o -> o.inputShape(96, 96, 3).weights(null).classes(10))}.
     */
    public static Functional mobileNetV2(UnaryOperator<ApplicationOptions> options) {
        return new MobileNetV2(options.apply(ApplicationOptions.DEFAULT)).make();
    }
}
