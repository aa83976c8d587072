package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Objects;
import java.util.function.BiFunction;

/** The state of a weighted mean: the sum of values times weights, and the sum of weights. */
abstract class Averaging<S extends Averaging<S>> extends Metric.Of<S> {
    private @Nullable Weight total;
    private @Nullable Weight count;

    /** Values per sample and their weights. */
    record Samples(Tensor values, @Nullable Tensor weights) {}

    @Override
    protected void createVariables() {
        total = addVariable("total", Shape.SCALAR, dtype());
        count = addVariable("count", Shape.SCALAR, dtype());
    }

    /**
     * Takes values into account; weights have their leading dimensions, the others are averaged
     * first.
     */
    final void accumulate(Tensor values, @Nullable Tensor weights) {
        build();
        var samples = samples(values, weights, this, Tensor::mean);
        double rows = samples.values().rank() == 0 ? 1 : samples.values().shape().dim(0);
        Objects.requireNonNull(total).assignAdd(samples.values().sum());
        Objects.requireNonNull(count)
                .assignAdd(
                        samples.weights() == null
                                ? Tensor.full(Shape.SCALAR, rows, dtype())
                                : samples.weights().sum());
    }

    /** Values folded to one per sample, times their weights. */
    static Samples samples(
            Tensor values,
            @Nullable Tensor weights,
            Metric metric,
            BiFunction<Tensor, int[], Tensor> fold) {
        var dtype = metric.dtype();
        var mask = values.mask();
        var x = values.cast(dtype);
        Tensor w = null;
        if (weights != null) {
            w = WeightedValues.masked(weights, mask, dtype, false);
            var pair = WeightedValues.sameRank(x, Objects.requireNonNull(w));
            x = pair.first();
            w = pair.second();
            int rank = w.rank();
            if (x.rank() > rank) {
                x = fold.apply(x, Ints.range(rank, x.rank()).toArray());
            }
            w = Movements.broadcastTo(w, x.shape());
            x = x.times(w);
            if (rank > 1) {
                w = fold.apply(w, Ints.range(1, rank).toArray());
            }
        }
        if (x.rank() > 1) {
            x = fold.apply(x, Ints.range(1, x.rank()).toArray());
        }
        return new Samples(x, w);
    }

    @Override
    public Tensor result() {
        build();
        var sum = Objects.requireNonNull(total).value();
        var weight = Objects.requireNonNull(count).value();
        // A look at the values saves four of five operations, once per epoch.
        return weight instanceof HostTensor known && known.number(0) != 0
                ? sum.div(weight)
                : Elements.divideNoNan(sum, weight);
    }
}
