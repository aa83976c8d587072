package sungu.keras;

import sungu.keras.layers.InputLayer;
import sungu.tensor.Shape;

/** Inputs of models. */
public final class Input {
    private Input() {}

    /**
     * An input whose rows have this shape; the number of rows is left open. Use {@link
     * Shape#UNKNOWN} for open dimensions.
     */
    public static InputLayer shape(int... row) {
        return new InputLayer(Shape.of(row).insert(0, Shape.UNKNOWN));
    }

    /** An input of this shape, the batch dimension first. */
    public static InputLayer batchShape(int... dims) {
        return new InputLayer(Shape.of(dims));
    }
}
