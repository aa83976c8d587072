package sungu.primitive;

import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;

/**
 * How windows lie over the spatial dimensions of a channels-last tensor (batch, spatial...,
 * channels): output position {@code o} and tap {@code k} of an axis meet the input element {@code
 * (o * stride + k * dilation - low) / inputDilation} where that is a whole number in range;
 * elsewhere lies padding. Each list has one entry per spatial dimension.
 *
 * @param size taps of the window
 * @param strides steps between windows, at least 1
 * @param inputDilation distance of input elements, at least 1: more than 1 puts gaps between them
 * @param dilation distance of the taps of a window, at least 1
 * @param low padding before the first element; negative cuts off
 * @param high padding after the last element; negative cuts off
 */
public record Window(
        Ints size, Ints strides, Ints inputDilation, Ints dilation, Ints low, Ints high) {
    /** The number of spatial dimensions. */
    public int rank() {
        return size.size();
    }

    /** How far the window reaches along an axis: {@code (size - 1) * dilation + 1}. */
    public int reach(int axis) {
        return reach(size.get(axis), dilation.get(axis));
    }

    /**
     * How many elements {@code size} of them cover when {@code dilation} lies between neighbours.
     */
    public static int reach(int size, int dilation) {
        return size == 0 ? 0 : (size - 1) * dilation + 1;
    }

    /** The number of windows along an axis of {@code in} elements. */
    public int outputs(int axis, int in) {
        int padded = reach(in, inputDilation.get(axis)) + low.get(axis) + high.get(axis);
        return padded < reach(axis) ? 0 : (padded - reach(axis)) / strides.get(axis) + 1;
    }

    /**
     * The spatial dimensions of the output for an input (batch, spatial..., channels).
     *
     * @throws TensorException if the settings do not name each spatial dimension or are out of
     *     range
     */
    int[] outputs(String name, Shape input) {
        int rank = rank();
        if (input.rank() != rank + 2) {
            throw new TensorException(
                    name
                            + ": a window over "
                            + rank
                            + " dimensions needs an input (batch, spatial..., channels) of rank "
                            + (rank + 2)
                            + ", got "
                            + input);
        }
        for (var list : new Ints[] {strides, inputDilation, dilation, low, high}) {
            if (list.size() != rank) {
                throw new TensorException(
                        name
                                + ": "
                                + list
                                + " must have "
                                + rank
                                + " entries, one per spatial dimension");
            }
        }
        var dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            if (size.get(i) < 1
                    || strides.get(i) < 1
                    || dilation.get(i) < 1
                    || inputDilation.get(i) < 1) {
                throw new TensorException(
                        name
                                + ": window size "
                                + size
                                + ", strides "
                                + strides
                                + " and dilations "
                                + dilation
                                + ", "
                                + inputDilation
                                + " must be at least 1");
            }
            dims[i] = outputs(i, input.dim(i + 1));
        }
        return dims;
    }
}
