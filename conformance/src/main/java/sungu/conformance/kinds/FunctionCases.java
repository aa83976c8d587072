package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Mismatch;
import sungu.conformance.Tolerance;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.keras.schedules.LearningRateSchedule;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Map;

/**
 * Cases of objects that are functions of one value: {@code schedule}, {@code constraint}, {@code
 * regularizer}, {@code initializer}.
 */
final class FunctionCases {
    /** How far, relative to the spread, an extreme of one sample may lie from that of another. */
    private static final double EXTREME = 0.25;

    private FunctionCases() {}

    private static void check(Case recorded, @Nullable Object got) {
        new Comparison(recorded.tolerance())
                .check("out", got, Values.results().decode(recorded.field("out")));
    }

    private static Tensor tensor(@Nullable Object tensor) {
        return (Tensor) java.util.Objects.requireNonNull(tensor);
    }

    private static Tensor value(Case recorded, String field) {
        var value = Leaves.tensor(Things.arguments().decode(recorded.field(field)));
        if (value == null) {
            throw new Unsupported("the case has no " + field);
        }
        return value;
    }

    static void schedule(Case recorded, Execution execution) {
        var schedule = Things.make(recorded.field("config"), LearningRateSchedule.class);
        check(
                recorded,
                execution.run(value(recorded, "step"), step -> schedule.apply(tensor(step))));
    }

    static void constraint(Case recorded, Execution execution) {
        var constraint = Things.make(recorded.field("config"), Constraint.class);
        check(
                recorded,
                execution.run(value(recorded, "value"), value -> constraint.apply(tensor(value))));
    }

    static void regularizer(Case recorded, Execution execution) {
        var regularizer = Things.make(recorded.field("config"), Regularizer.class);
        check(
                recorded,
                execution.run(value(recorded, "value"), value -> regularizer.apply(tensor(value))));
    }

    static void initializer(Case recorded) {
        var shape = shape(recorded);
        var dtype = DType.of(recorded.text("dtype"));
        var got = Things.make(recorded.field("config"), Initializer.class).apply(shape, dtype);
        if (recorded.has("out")) {
            check(recorded, got);
            return;
        }
        if (got.dtype() != dtype || !got.shape().equals(shape)) {
            throw new Mismatch("out: expected " + dtype + shape + ", got " + got.type());
        }
        statistics(recorded.object("statistics"), got.toDoubles(), recorded.tolerance());
    }

    static Shape shape(Case recorded) {
        return Shape.of(
                recorded.list("shape").stream()
                        .mapToInt(dim -> ((Number) dim).intValue())
                        .toArray());
    }

    private static void statistics(
            Map<String, @Nullable Object> expected, double[] sample, Tolerance tolerance) {
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double x : sample) {
            sum += x;
            min = Math.min(min, x);
            max = Math.max(max, x);
        }
        double mean = sum / sample.length;
        double squares = 0;
        for (double x : sample) {
            squares += (x - mean) * (x - mean);
        }
        double spread = Math.sqrt(squares / sample.length);
        near("mean", mean, Values.real(expected.get("mean")), tolerance);
        near("std", spread, Values.real(expected.get("std")), tolerance);
        double range = Values.real(expected.get("max")) - Values.real(expected.get("min"));
        var loose = new Tolerance(tolerance.rtol(), tolerance.atol() + EXTREME * range);
        near("min", min, Values.real(expected.get("min")), loose);
        near("max", max, Values.real(expected.get("max")), loose);
    }

    private static void near(String what, double got, double expected, Tolerance tolerance) {
        if (!tolerance.accepts(got, expected)) {
            throw new Mismatch(
                    what
                            + " of the sample: expected "
                            + expected
                            + ", got "
                            + got
                            + " ("
                            + tolerance
                            + ")");
        }
    }
}
