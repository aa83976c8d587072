package sungu.keras.ops;

import sungu.keras.config.KerasConfig;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/** Cross-entropies, encodings of classes, normalization. */
final class LossOps {
    private LossOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "categorical_crossentropy(target, output, | from_logits=False, axis=-1)",
                a -> {
                    var target = sameShape(a);
                    var output = a.tensor("output");
                    int axis = a.size("axis");
                    if (target.rank() < 1) {
                        throw a.refused("target", "must have a dimension");
                    }
                    if (a.flag("from_logits")) {
                        return Nets.softmaxCrossEntropy(
                                Conversion.cast(target, output.dtype()), output, axis);
                    }
                    var shares = clipped(output.div(Reductions.sum(output, true, axis)));
                    return Elements.negate(
                            Reductions.sum(target.times(Elements.log(shares)), false, axis));
                });
        t.op(
                "sparse_categorical_crossentropy(target, output, | from_logits=False, axis=-1)",
                LossOps::sparse);
        t.op(
                "binary_crossentropy(target, output, | from_logits=False)",
                a -> {
                    var target = sameShape(a);
                    var output = a.tensor("output");
                    if (a.flag("from_logits")) {
                        return Nets.sigmoidCrossEntropy(target, output);
                    }
                    var p = clipped(output);
                    var one = Kind.weak(1, p);
                    return Elements.negate(
                            target.times(Elements.log(p))
                                    .plus(one.minus(target).times(Elements.log(one.minus(p)))));
                });
        t.op(
                "one_hot(x, | #num_classes, axis=-1, dtype=None, sparse=False)",
                a -> oneHot(a, "x", "num_classes"));
        t.op(
                "multi_hot(inputs, | #num_classes=None, axis=-1, dtype=None, sparse=False,"
                        + " **kwargs)",
                a -> {
                    var hot = oneHot(a, "inputs", a.has("num_classes") ? "num_classes" : "kwargs");
                    return Reductions.max(hot, false, a.tensor("inputs").rank() > 1 ? 1 : 0);
                });
        t.op(
                "moments(x, | axes, keepdims=False, synchronized=False)",
                a -> {
                    var x = a.tensor("x");
                    var found =
                            Nets.moments(
                                    x, a.flag("keepdims"), ReductionOps.axes(a.axes("axes"), x));
                    return List.of(found.mean(), found.variance());
                });
        t.op(
                "batch_normalization(x, mean, variance, | axis, +offset=None, +scale=None,"
                        + " epsilon=0.001)",
                a ->
                        Nets.batchNormalization(
                                a.tensor("x"),
                                a.tensor("mean"),
                                a.tensor("variance"),
                                a.size("axis"),
                                a.optional("offset"),
                                a.optional("scale"),
                                a.number("epsilon")));
        t.op(
                "layer_normalization(x, gamma=None, beta=None, | axis=-1, epsilon=None, **kwargs)",
                LossOps::layerNormalization);
        t.op(
                "rms_normalization(x, scale=None, | axis=-1, epsilon=None)",
                a -> {
                    var x = a.tensor("x");
                    var wide =
                            x.dtype().isFloating()
                                    ? Conversion.cast(x, Promotion.result(x.dtype(), DType.FLOAT32))
                                    : Conversion.cast(x, Kind.floatx());
                    var squares =
                            ReductionOps.mean(
                                    wide.square(), ReductionOps.axes(a.axes("axis"), wide), true);
                    var y =
                            wide.times(
                                    Elements.rsqrt(
                                            squares.plus(
                                                    a.number("epsilon", KerasConfig.epsilon()))));
                    var scale = a.optional("scale");
                    return Conversion.cast(
                            scale == null ? y : y.times(Conversion.cast(scale, y.dtype())),
                            x.dtype().isFloating() ? x.dtype() : y.dtype());
                });
        t.op(
                "psnr(x1, x2, max_val)",
                a -> {
                    var x = a.tensor("x1");
                    var y = a.tensor("x2");
                    if (!x.shape().equals(y.shape())) {
                        throw a.refused("x2", "must have the shape of x1, " + x.shape());
                    }
                    var ten = Elements.log(Kind.weak(10, y));
                    var peak =
                            Elements.log(Conversion.tensor(a.value("max_val"), y.dtype()))
                                    .div(ten)
                                    .times(20);
                    return peak.minus(
                            Elements.log(Reductions.mean(x.minus(y).square(), false))
                                    .div(ten)
                                    .times(10));
                });
        t.op(
                "dot_product_attention(query, key, value, bias=None, mask=None, | scale=None,"
                        + " is_causal=False, flash_attention=None, attn_logits_soft_cap=None)",
                LossOps::attention);
    }

    private static Tensor sameShape(Given a) {
        var target = a.tensor("target");
        var output = a.tensor("output");
        if (!target.shape().equals(output.shape())) {
            throw a.refused("target", "must have the shape of output, " + output.shape());
        }
        return target;
    }

    private static Tensor clipped(Tensor p) {
        double epsilon = KerasConfig.epsilon();
        return Elements.minimum(
                Elements.maximum(p, Kind.weak(epsilon, p)), Kind.weak(1 - epsilon, p));
    }

    private static Tensor sparse(Given a) {
        var target = Conversion.cast(a.tensor("target"), DType.INT64);
        var output = a.tensor("output");
        int axis = a.size("axis");
        if (axis != -1 && axis != output.rank() - 1) {
            throw a.refused("axis", "must be the last one");
        }
        if (target.rank() == output.rank() && target.rank() > 0 && target.shape().dim(-1) == 1) {
            target = Movements.squeeze(target, -1);
        }
        if (output.rank() < 1
                || !target.shape().equals(output.shape().slice(0, output.rank() - 1))) {
            throw a.refused(
                    "target",
                    "must have the shape of output "
                            + output.shape()
                            + " without the last dimension");
        }
        var logits = a.flag("from_logits") ? output : Elements.log(clipped(output));
        int classes = output.shape().dim(-1);
        if (target instanceof sungu.tensor.HostTensor host
                && Arrays.stream(host.toLongs()).anyMatch(i -> i < 0 || i >= classes)) {
            throw a.refused("target", "must be class numbers from 0 to " + (classes - 1));
        }
        return Nets.sparseSoftmaxCrossEntropy(target, logits);
    }

    private static Tensor oneHot(Given a, String input, String number) {
        if (a.flag("sparse")) {
            throw a.refused("sparse", "must be False: there are dense tensors only");
        }
        // The name that the argument had before.
        int classes =
                number.equals("kwargs") && a.map("kwargs").get("num_tokens") instanceof Number named
                        ? named.intValue()
                        : a.size("num_classes");
        if (classes < 0) {
            throw a.refused("num_classes", "must not be negative");
        }
        return Indexing.oneHot(
                Conversion.cast(a.tensor(input), DType.INT64),
                classes,
                a.size("axis"),
                a.dtype("dtype", DType.FLOAT32));
    }

    private static Tensor layerNormalization(Given a) {
        var x = a.tensor("x");
        var wide =
                x.dtype().isFloating()
                        ? Conversion.cast(x, Promotion.result(x.dtype(), DType.FLOAT32))
                        : Conversion.cast(x, Kind.floatx());
        var axes = ReductionOps.axes(a.axes("axis"), wide);
        var found = Nets.moments(wide, true, axes);
        var dims = new int[wide.rank()];
        Arrays.fill(dims, 1);
        for (int axis : axes) {
            dims[axis] = wide.shape().dim(axis);
        }
        var y =
                wide.minus(found.mean())
                        .times(
                                Elements.rsqrt(
                                        found.variance()
                                                .plus(a.number("epsilon", KerasConfig.epsilon()))));
        var gamma = a.optional("gamma");
        var beta = a.optional("beta");
        if (gamma != null) {
            y = y.times(Movements.reshape(Conversion.cast(gamma, y.dtype()), Shape.of(dims)));
        }
        if (beta != null) {
            y = y.plus(Movements.reshape(Conversion.cast(beta, y.dtype()), Shape.of(dims)));
        }
        return x.dtype().isFloating() ? Conversion.cast(y, x.dtype()) : y;
    }

    /** The norm of vectors: order 1, 2, infinity or any other power. */
    static Tensor vectorNorm(Tensor x, double order, int[] axes, boolean keep) {
        var size = Elements.abs(x);
        if (order == Double.POSITIVE_INFINITY) {
            return ReductionOps.reduce(Fold.MAX, size, ReductionOps.axes(axes, x), keep);
        }
        if (order == 1) {
            return Reductions.sum(size, keep, axes);
        }
        if (order == 2) {
            return Elements.sqrt(Reductions.sum(size.square(), keep, axes));
        }
        return Elements.pow(
                Reductions.sum(Elements.pow(size, Kind.weak(order, size)), keep, axes),
                Kind.weak(1 / order, size));
    }

    private static Tensor attention(Given a) {
        if (a.flag("flash_attention")) {
            throw a.refused("flash_attention", "must be False or None");
        }
        var xs = Kind.promoted(a.tensor("query"), a.tensor("key"), a.tensor("value"));
        var query = xs.get(0);
        if (query.rank() != 4 || xs.get(1).rank() != 4 || xs.get(2).rank() != 4) {
            throw a.refused("query", "key and value must have four dimensions");
        }
        int heads = xs.get(1).shape().dim(2);
        int groups = heads > 1 ? query.shape().dim(2) / heads : 1;
        if (groups * heads != query.shape().dim(2)) {
            throw a.refused("key", "must have as many heads as query, or a part of them");
        }
        var key = groups > 1 ? repeated(xs.get(1), groups) : xs.get(1);
        var value = groups > 1 ? repeated(xs.get(2), groups) : xs.get(2);
        double scale = a.number("scale", 1 / Math.sqrt(key.shape().dim(3)));
        var logits =
                Elements.cast(sungu.ops.Einsum.einsum("btnh,bsnh->bnts", query, key), DType.FLOAT32)
                        .times(scale);
        var bias = a.optional("bias");
        if (bias != null) {
            logits = logits.plus(Elements.cast(bias, DType.FLOAT32));
        }
        var mask = a.optional("mask");
        if (a.flag("is_causal")) {
            int rows = logits.shape().dim(2);
            int columns = logits.shape().dim(3);
            var causal =
                    Elements.greaterEqual(
                            Movements.reshape(ShapeOps.range(rows), Shape.of(rows, 1)),
                            ShapeOps.range(columns));
            mask = mask == null ? causal : Elements.and(LogicOps.bool(mask), causal);
        }
        if (mask != null) {
            logits =
                    Elements.select(
                            LogicOps.bool(mask), logits, Kind.weak(-0.7 * Float.MAX_VALUE, logits));
        }
        var weights = Conversion.cast(Nets.softmax(logits, -1), key.dtype());
        return sungu.ops.Einsum.einsum("bnts,bsnh->btnh", weights, value);
    }

    private static Tensor repeated(Tensor x, int times) {
        var wide = Movements.expandDims(x, 3);
        return Movements.reshape(
                Movements.broadcastTo(wide, wide.shape().with(3, times)),
                x.shape().with(2, x.shape().dim(2) * times));
    }
}
