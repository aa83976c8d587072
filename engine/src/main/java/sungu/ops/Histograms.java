package sungu.ops;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** Counts of numbers in bins of equal width. */
public final class Histograms {
    private Histograms() {}

    /**
     * How many numbers fall into each bin between two limits; those outside count in the outermost
     * bins. Not in traced functions.
     *
     * @param range the lower and the upper limit, a vector of the dtype of the values
     */
    public static Tensor fixedWidth(Tensor values, Tensor range, int bins, DType dtype) {
        check(values, range, bins);
        if (range.size() != 2) {
            throw new TensorException("histogram: the range must be a pair, got " + range.type());
        }
        var limits = range.toDoubles();
        if (!(limits[0] < limits[1])) {
            throw new TensorException(
                    "histogram: the range must ascend, got " + limits[0] + " to " + limits[1]);
        }
        for (double value : values.toDoubles()) {
            if (Double.isNaN(value)) {
                throw new TensorException("histogram: a value is NaN");
            }
        }
        var from = Elements.maximum(values, Elements.broadcastLike(range.get(0), values));
        var steps =
                from.minus(range.get(0)).cast(DType.FLOAT64).div((limits[1] - limits[0]) / bins);
        var numbers = Elements.minimum(steps, Elements.weak(bins - 1.0, steps)).cast(DType.INT32);
        return Scattering.bincount(Movements.reshape(numbers, values.size()), null, bins, dtype);
    }

    /**
     * The number, int32, of the bin each value falls into; for those outside of the limits the
     * outermost bins.
     */
    public static Tensor fixedWidthBins(Tensor values, Tensor range, int bins) {
        check(values, range, bins);
        var low = range.get(0);
        var scaled = Elements.trueDivide(values.minus(low), range.get(1).minus(low));
        var numbers = Elements.floor(scaled.times((double) bins));
        return Elements.clip(
                        numbers, Elements.weak(0.0, numbers), Elements.weak(bins - 1.0, numbers))
                .cast(DType.INT32);
    }

    private static void check(Tensor values, Tensor range, int bins) {
        if (bins < 1 || range.rank() != 1 || range.size() < 2 || range.dtype() != values.dtype()) {
            throw new TensorException(
                    "histogram: needs at least one bin and two limits of the dtype of the values "
                            + values.type()
                            + ", got "
                            + bins
                            + " bins and limits "
                            + range.type());
        }
    }
}
