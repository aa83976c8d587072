package sungu.keras;

import org.jspecify.annotations.Nullable;

import sungu.keras.constraints.Constraint;
import sungu.keras.regularizers.Regularizer;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.Variable;
import sungu.trace.Context;

/**
 * A variable of a layer or optimizer: it has a path, such as {@code mlp/dense/kernel}, and perhaps
 * a penalty and a constraint.
 */
public final class Weight extends Variable {
    private String path;
    private @Nullable Regularizer regularizer;
    private @Nullable Constraint constraint;
    private boolean structurallyTrainable = true;
    private boolean overwrittenWithGradient;
    private boolean inFiles = true;
    private @Nullable Adaptation adaptation;

    /** A weight with an initial value; {@code scope} is the path of its owner and may be empty. */
    public Weight(Tensor initial, String name, String scope) {
        super(initial, name);
        path = scope.isEmpty() ? name : scope + "/" + name;
    }

    /** The names of the layers around it and its own, joined by slashes. */
    public String path() {
        return path;
    }

    /** Its layer's path has changed. */
    public void move(String before, String now) {
        path = moved(path, before, now);
    }

    /** A path below {@code before} as it is below {@code now}; other paths stay. */
    public static String moved(String path, String before, String now) {
        return path.equals(before) || path.startsWith(before + "/")
                ? now + path.substring(before.length())
                : path;
    }

    /** The penalty on its value; null for none. */
    public @Nullable Regularizer regularizer() {
        return regularizer;
    }

    /** Sets the penalty on its value. */
    public void regularizer(@Nullable Regularizer penalty) {
        regularizer = penalty;
    }

    /** What its value is brought back to after each update; null for none. */
    public @Nullable Constraint constraint() {
        return constraint;
    }

    /** Sets what its value is brought back to after each update. */
    public void constraint(@Nullable Constraint limits) {
        constraint = limits;
    }

    /**
     * Whether it is made for training: statistics such as moving means are not, whatever flags are
     * set.
     */
    public boolean structurallyTrainable() {
        return structurallyTrainable;
    }

    /** Sets whether it is made for training. */
    public void structurallyTrainable(boolean on) {
        structurallyTrainable = on;
    }

    /**
     * Whether what comes as its gradient is its next value: so it is with the scales of 8-bit float
     * training.
     */
    public boolean overwrittenWithGradient() {
        return overwrittenWithGradient;
    }

    /** Sets whether what comes as its gradient is its next value. */
    public void overwrittenWithGradient(boolean on) {
        overwrittenWithGradient = on;
    }

    /**
     * Whether files hold it: not if it only adapts another weight, in whose value it is then
     * contained.
     */
    public boolean inFiles() {
        return inFiles;
    }

    /** What is trained in place of a weight. */
    public interface Adaptation {
        /** The value of the weight with the adaptation in it. */
        Tensor merged();

        /** Makes the adaptation leave the weight as it is. */
        void restart();
    }

    /**
     * Declares what is trained in place of this weight, and by which weights: files hold this
     * weight with the adaptation in it.
     */
    public void adaptedBy(Adaptation by, Weight... parts) {
        adaptation = by;
        trainable(false);
        for (var part : parts) {
            part.inFiles = false;
        }
    }

    /** The value that files hold. */
    public HostTensor saved() {
        var by = adaptation;
        return by == null ? stored() : Context.eagerly(() -> by.merged().host());
    }

    /** Assigns a value from a file. */
    public void restore(Tensor value) {
        assign(value);
        if (adaptation != null) {
            adaptation.restart();
        }
    }
}
