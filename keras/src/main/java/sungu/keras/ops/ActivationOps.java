package sungu.keras.ops;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.ops.Sorting;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.function.UnaryOperator;

/** Activation functions: {@code keras.ops.nn} and {@code keras.activations}. */
final class ActivationOps {
    private ActivationOps() {}

    static void declare(Operations.Table t) {
        both(t);
        t.op("relu(x)", a -> Nets.relu(a.tensor("x")));
        t.op("gelu(x, | approximate=True)", a -> Nets.gelu(real(a), a.flag("approximate")));
        t.op("normalize(x, | axis=-1, order=2, epsilon=None)", ActivationOps::normalize);
    }

    static void declareActivations(Operations.Table t) {
        both(t);
        t.op("gelu(x, | approximate=False)", a -> Nets.gelu(real(a), a.flag("approximate")));
        t.op("relu(x, | negative_slope=0.0, max_value=None, threshold=0.0)", ActivationOps::relu);
        t.op("linear(x)", a -> a.value("x"));
        t.op("exponential(x)", a -> Elements.exp(a.floating("x")));
        t.op(
                "mish(x)",
                a -> {
                    var x = a.tensor("x");
                    return x.times(Elements.tanh(Elements.softplus(x)));
                });
        t.op("tanh(x)", a -> Elements.tanh(a.floating("x")));
    }

    private static void both(Operations.Table t) {
        unary(t, "relu6", Nets::relu6);
        unary(t, "sigmoid", Elements::sigmoid);
        unary(t, "softplus", x -> Elements.softplus(floatingOnly(x)));
        unary(t, "softsign", x -> softsign(floatingOnly(x)));
        unary(t, "log_sigmoid", x -> Nets.logSigmoid(floatingOnly(x)));
        for (var name : new String[] {"silu", "swish"}) {
            unary(t, name, x -> Nets.silu(floatingOnly(x)));
        }
        unary(t, "hard_sigmoid", ActivationOps::hardSigmoid);
        for (var name : new String[] {"hard_silu", "hard_swish"}) {
            unary(t, name, x -> x.times(hardSigmoid(x)));
        }
        unary(t, "selu", x -> Nets.selu(floatingOnly(x)));
        unary(t, "tanh_shrink", x -> x.minus(Elements.tanh(x)));
        unary(
                t,
                "hard_tanh",
                x ->
                        Elements.minimum(
                                Elements.maximum(floatingOnly(x), Elements.weak(-1, x)),
                                Elements.weak(1, x)));
        unary(
                t,
                "sparse_plus",
                x ->
                        Elements.select(
                                Elements.lessEqual(x, Kind.weak(-1, x)),
                                Elements.zerosLike(x),
                                Elements.select(x.less(1), x.plus(1).square().times(0.25), x)));
        unary(
                t,
                "sparse_sigmoid",
                x ->
                        Elements.select(
                                Elements.lessEqual(x, Kind.weak(-1, x)),
                                Elements.zerosLike(x),
                                Elements.select(
                                        Elements.greaterEqual(x, Kind.weak(1, x)),
                                        Elements.onesLike(x),
                                        x.plus(1).times(0.5))));
        t.op(
                "leaky_relu(x, | negative_slope=0.2)",
                a -> {
                    var x = a.tensor("x");
                    double slope = a.number("negative_slope");
                    return x.dtype().isInteger()
                            ? Elements.maximum(x, x.times((long) slope))
                            : Nets.leakyRelu(x, slope);
                });
        t.op("elu(x, | alpha=1.0)", a -> Nets.elu(real(a), a.number("alpha")));
        t.op(
                "celu(x, | alpha=1.0)",
                a -> {
                    var x = real(a);
                    double alpha = a.number("alpha");
                    return Elements.maximum(x, Kind.weak(0, x))
                            .plus(
                                    Elements.expm1(
                                                    Elements.minimum(x, Kind.weak(0, x))
                                                            .div(Kind.weak(alpha, x)))
                                            .times(alpha));
                });
        t.op(
                "soft_shrink(x, | threshold=0.5)",
                a -> {
                    var x = real(a);
                    double edge = a.number("threshold");
                    return Elements.select(
                            x.greater(edge),
                            x.minus(edge),
                            Elements.select(x.less(-edge), x.plus(edge), Elements.zerosLike(x)));
                });
        t.op(
                "hard_shrink(x, | threshold=0.5)",
                a -> {
                    var x = real(a);
                    return Elements.select(
                            Elements.abs(x).greater(a.number("threshold")),
                            x,
                            Elements.zerosLike(x));
                });
        t.op(
                "threshold(x, | threshold, default_value)",
                a -> {
                    var x = a.tensor("x");
                    for (var name : new String[] {"threshold", "default_value"}) {
                        if (x.dtype().isInteger() && a.value(name) instanceof Double) {
                            throw a.refused(name, "must be an integer for " + x.type());
                        }
                    }
                    return Elements.select(
                            Elements.greater(x, Conversion.tensor(a.value("threshold"), x.dtype())),
                            x,
                            Conversion.tensor(a.value("default_value"), x.dtype()));
                });
        t.op(
                "squareplus(x, | b=4)",
                a -> {
                    var x = real(a);
                    return x.plus(Elements.sqrt(x.square().plus(a.number("b")))).times(0.5);
                });
        t.op(
                "glu(x, | axis=-1)",
                a -> {
                    var x = a.tensor("x");
                    int axis = x.shape().axis(a.size("axis"));
                    int size = x.shape().dim(axis);
                    if (size % 2 != 0) {
                        throw a.refused("axis", "must have an even size in " + x.type());
                    }
                    return Movements.sliceAxis(x, axis, 0, size / 2)
                            .times(Elements.sigmoid(Movements.sliceAxis(x, axis, size / 2, size)));
                });
        t.op("softmax(x, | axis=-1)", a -> soft(a, true));
        t.op("log_softmax(x, | axis=-1)", a -> soft(a, false));
        t.op("sparsemax(x, | axis=-1)", a -> sparsemax(real(a), a.size("axis")));
    }

    private static void unary(Operations.Table t, String name, UnaryOperator<Tensor> rule) {
        t.op(name + "(x)", a -> rule.apply(a.tensor("x")));
    }

    private static Tensor real(Given a) {
        return floatingOnly(a.tensor("x"));
    }

    private static Tensor floatingOnly(Tensor x) {
        if (!x.dtype().isDifferentiable()) {
            throw new TensorException(
                    "argument 'x' must be floating, got " + x.type(),
                    "cast it: x.cast(DType.FLOAT32)");
        }
        return x;
    }

    /** x / (1 + |x|); the gradient is written out, so that it is 0 at infinity. */
    private static Tensor softsign(Tensor x) {
        return Controls.customGradient(
                v -> {
                    var width = Elements.abs(v[0]).plus(1);
                    var out = v[0].div(width);
                    return new Controls.WithGradient(
                            new Tensor[] {out},
                            d ->
                                    new Tensor[] {
                                        java.util.Objects.requireNonNull(d[0]).div(width.square())
                                    });
                },
                x)[0];
    }

    private static Tensor hardSigmoid(Tensor x) {
        var shifted = Nets.relu6(x.plus(3));
        return Elements.trueDivide(shifted, Kind.weak(6, x));
    }

    private static Tensor relu(Given a) {
        var x = a.tensor("x");
        double slope = a.number("negative_slope");
        double edge = a.number("threshold");
        boolean capped = a.has("max_value");
        double most = a.number("max_value", 0);
        Tensor negative = null;
        if (slope != 0) {
            if (!capped && edge == 0) {
                return Nets.leakyRelu(x, slope);
            }
            negative =
                    edge != 0
                            ? Nets.relu(Elements.negate(x).plus(edge))
                            : Nets.relu(Elements.negate(x));
        }
        if (edge != 0) {
            x = x.times(Elements.cast(x.greater(edge), x.dtype()));
        } else if (capped && most == 6) {
            x = Nets.relu6(x);
            capped = false;
        } else {
            x = Nets.relu(x);
        }
        if (capped) {
            x = Elements.minimum(Elements.maximum(x, Kind.weak(0, x)), Kind.weak(most, x));
        }
        return negative == null ? x : x.minus(negative.times(slope));
    }

    private static Tensor soft(Given a, boolean plain) {
        var x = real(a);
        if (!a.has("axis")) {
            var flat = ShapeOps.flat(x);
            return Movements.reshape(
                    plain ? Nets.softmax(flat, 0) : Nets.logSoftmax(flat, 0), x.shape());
        }
        var axes = a.ints("axis");
        ReductionOps.axes(axes, x);
        return plain ? Nets.softmax(x, axes) : Nets.logSoftmax(x, axes);
    }

    private static Tensor sparsemax(Tensor x, int axis) {
        int a = x.shape().axis(axis);
        var sorted = Sorting.sort(x, a, true);
        var sums = Reductions.cumulativeSum(sorted, a, false, false);
        var line = new int[x.rank()];
        java.util.Arrays.fill(line, 1);
        line[a] = x.shape().dim(a);
        var ranks =
                Movements.reshape(
                        Elements.cast(ShapeOps.range(line[a]).plus(1), x.dtype()), Shape.of(line));
        var support = sorted.minus(sums.minus(1).div(ranks)).greater(0);
        var safe = Elements.select(support, sums, Elements.zerosLike(sums));
        var count = Reductions.sum(Elements.cast(support, x.dtype()), true, a);
        var tau = Reductions.sum(safe, true, a).minus(1).div(count);
        return Elements.maximum(x.minus(tau), Elements.weak(0, x));
    }

    private static Tensor normalize(Given a) {
        var x = a.floating("x");
        double order = a.number("order");
        if (order < 1 || order != Math.rint(order)) {
            throw a.refused("order", "must be an integer of 1 or more");
        }
        int[] axes = ReductionOps.axes(a, x);
        double epsilon = a.number("epsilon", sungu.keras.config.KerasConfig.epsilon());
        if (order == 2) {
            var squares = Reductions.sum(x.square(), true, axes);
            return x.times(
                    Elements.rsqrt(Elements.maximum(squares, Kind.weak(epsilon * epsilon, x))));
        }
        Tensor norm = LossOps.vectorNorm(x, order, axes, true);
        return x.div(Elements.maximum(norm, Kind.weak(epsilon, x)));
    }
}
