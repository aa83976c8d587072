package sungu.keras.applications;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Shape;
import sungu.tensor.TensorException;

import java.nio.file.Path;
import java.util.List;

/**
 * How a known model is made. A value: each method returns changed options.
 *
 * @param inputShape of one image; null for the model's own
 * @param alpha by what the numbers of filters are multiplied, in models that have such a factor
 * @param includeTop whether the layers that tell classes are there
 * @param weights a file to read the weights from; null for random ones
 * @param pooling without these layers: {@code avg}, {@code max}, or null for the last images
 * @param classes the number of classes
 * @param classifierActivation what follows the last layer
 * @param name of the model; null for the model's own
 */
public record ApplicationOptions(
        @Nullable Shape inputShape,
        double alpha,
        boolean includeTop,
        @Nullable Path weights,
        @Nullable String pooling,
        int classes,
        String classifierActivation,
        @Nullable String name) {
    /** Keras' defaults, but for weights: they are random, as nothing is downloaded. */
    public static final ApplicationOptions DEFAULT =
            new ApplicationOptions(null, 1, true, null, null, 1000, "softmax", null);

    /** Checks the values. */
    public ApplicationOptions {
        if (pooling != null && !List.of("avg", "max").contains(pooling)) {
            throw new TensorException(
                    "pooling must be 'avg', 'max' or null, got '" + pooling + "'");
        }
        if (classes < 1) {
            throw new TensorException("classes must be positive, got " + classes);
        }
        if (!(alpha > 0)) {
            throw new TensorException("alpha must be positive, got " + alpha);
        }
    }

    /** The shape of one image, channels last unless Keras' data format says otherwise. */
    public ApplicationOptions inputShape(int... image) {
        return new ApplicationOptions(
                Shape.of(image),
                alpha,
                includeTop,
                weights,
                pooling,
                classes,
                classifierActivation,
                name);
    }

    /** By what the numbers of filters are multiplied. */
    public ApplicationOptions alpha(double factor) {
        return new ApplicationOptions(
                inputShape,
                factor,
                includeTop,
                weights,
                pooling,
                classes,
                classifierActivation,
                name);
    }

    /** Whether the layers that tell classes are there. */
    public ApplicationOptions includeTop(boolean on) {
        return new ApplicationOptions(
                inputShape, alpha, on, weights, pooling, classes, classifierActivation, name);
    }

    /** A file to read the weights from; null for random ones. */
    public ApplicationOptions weights(@Nullable Path file) {
        return new ApplicationOptions(
                inputShape, alpha, includeTop, file, pooling, classes, classifierActivation, name);
    }

    /** What becomes of the last images where no classes are told. */
    public ApplicationOptions pooling(@Nullable String how) {
        return new ApplicationOptions(
                inputShape, alpha, includeTop, weights, how, classes, classifierActivation, name);
    }

    /** The number of classes. */
    public ApplicationOptions classes(int count) {
        return new ApplicationOptions(
                inputShape, alpha, includeTop, weights, pooling, count, classifierActivation, name);
    }

    /** What follows the last layer: {@code softmax}, or {@code linear} for logits. */
    public ApplicationOptions classifierActivation(String function) {
        return new ApplicationOptions(
                inputShape, alpha, includeTop, weights, pooling, classes, function, name);
    }

    /** The name of the model. */
    public ApplicationOptions name(String chosen) {
        return new ApplicationOptions(
                inputShape,
                alpha,
                includeTop,
                weights,
                pooling,
                classes,
                classifierActivation,
                chosen);
    }
}
