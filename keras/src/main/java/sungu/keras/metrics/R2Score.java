package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Objects;

/** The share of the variance of targets that predictions explain: 1 is best. */
public final class R2Score extends Metric.Of<R2Score> {
    static final Setting<String> CLASS_AGGREGATION =
            Setting.text("class_aggregation")
                    .defaults("uniform_average")
                    .optional()
                    .oneOf(List.of("uniform_average", "variance_weighted_average"));
    static final Setting<Integer> NUM_REGRESSORS =
            Setting.integer("num_regressors").defaults(0).nonNegative();
    static final ObjectType<R2Score> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "R2Score",
                    R2Score::new,
                    NAME,
                    DTYPE,
                    CLASS_AGGREGATION,
                    NUM_REGRESSORS);

    private @Nullable Weight samples;
    private @Nullable Weight squares;
    private @Nullable Weight sums;
    private @Nullable Weight residuals;
    private @Nullable Weight counts;

    /** With Keras' defaults. */
    public R2Score() {
        set(NAME, "r2_score");
    }

    /**
     * How the scores of outputs become one: uniform_average or variance_weighted_average; null for
     * a score each.
     */
    public R2Score classAggregation(@Nullable String aggregation) {
        return with(CLASS_AGGREGATION, aggregation);
    }

    /** The number of predictors, for the adjusted score; 0 for the plain one. */
    public R2Score numRegressors(int n) {
        return with(NUM_REGRESSORS, n);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createVariables() {
        samples = addVariable("num_samples", Shape.SCALAR);
    }

    private void addSums(Tensor t, Tensor p) {
        if (t.rank() != 2 || p.rank() != 2) {
            throw new TensorException(
                    "R2Score expects 2D inputs with shape (batch_size, output_dim). Received input"
                            + " shapes: y_pred.shape="
                            + p.shape()
                            + " and y_true.shape="
                            + t.shape()
                            + ".");
        }
        var shape = Shape.of(p.shape().dim(1));
        squares = addVariable("squared_sum", shape);
        sums = addVariable("sum", shape);
        residuals = addVariable("residual", shape);
        counts = addVariable("count", shape);
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        var pair = WeightedValues.sameRank(yTrue.cast(dtype()), yPred.cast(dtype()));
        var t = pair.first();
        var p = pair.second();
        if (sums == null) {
            addSums(t, p);
        }
        var w = sampleWeight == null ? Elements.onesLike(t) : sampleWeight.cast(dtype());
        w = Movements.broadcastTo(w.rank() == 1 ? Movements.expandDims(w, 1) : w, t.shape());
        var weighted = t.times(w);
        Objects.requireNonNull(sums).assignAdd(weighted.sum(0));
        Objects.requireNonNull(squares).assignAdd(t.times(weighted).sum(0));
        Objects.requireNonNull(residuals).assignAdd(t.minus(p).square().times(w).sum(0));
        Objects.requireNonNull(counts).assignAdd(w.sum(0));
        var seen = Objects.requireNonNull(samples);
        seen.assignAdd(Tensor.full(Shape.SCALAR, t.shape().dim(0), seen.dtype()));
    }

    @Override
    public Tensor result() {
        if (sums == null) {
            throw new TensorException(name() + ": no result before the first update");
        }
        var total =
                Objects.requireNonNull(squares)
                        .value()
                        .minus(sums.times(sums.value().div(Objects.requireNonNull(counts))));
        var scores =
                Elements.onesLike(total)
                        .minus(Objects.requireNonNull(residuals).value().div(total));
        scores = Elements.select(Elements.isInf(scores), Elements.zerosLike(scores), scores);
        var score =
                switch (find(CLASS_AGGREGATION)) {
                    case null -> scores;
                    case "uniform_average" -> scores.mean();
                    default -> total.times(scores).sum().div(total.sum());
                };
        int regressors = get(NUM_REGRESSORS);
        if (regressors == 0) {
            return score;
        }
        var n = Objects.requireNonNull(samples).value();
        var rest = n.minus((double) regressors + 1);
        var one = Elements.onesLike(score);
        var adjusted = one.minus(one.minus(score).times(n.minus(1.0)).div(rest));
        // With as many predictors as samples there is no adjusted score: the plain one stands.
        return Elements.select(Elements.broadcastLike(rest.greater(0), score), adjusted, score);
    }
}
