package sungu.keras.layers;

import sungu.keras.Tensors;
import sungu.tensor.Tensor;

/**
 * A layer that makes one step of a sequence; {@link RNN} repeats it. A cell of one's own is a
 * {@link Layer} that implements this.
 */
public interface RecurrentCell {
    /** The states before the first step, for that many rows: zeros, in a list. */
    Tensors initialState(int rows);

    /** The size of the output of a step. */
    int outputSize();

    /** Whether the output of a step is its first state, too. */
    default boolean outputIsState() {
        return false;
    }

    /**
     * What stays the same over all steps of one pass, such as dropout masks.
     *
     * @param rows the number of rows
     * @param training whether the call is for training
     */
    Pass pass(int rows, boolean training);

    /** The steps of one pass over sequences. */
    interface Pass {
        /**
         * The part of a step that does not need the states; it is computed for all steps at once.
         *
         * @param inputs (rows, ...) for one step or (steps, rows, ...) for all
         * @return (rows, ...) or (steps, rows, ...)
         */
        default Tensor prepare(Tensor inputs) {
            return inputs;
        }

        /** One step from a prepared input. */
        Step step(Tensor prepared, Tensors states);
    }

    /**
     * What a step gives.
     *
     * @param states in the structure of {@link #initialState}
     */
    record Step(Tensor output, Tensors states) {}
}
