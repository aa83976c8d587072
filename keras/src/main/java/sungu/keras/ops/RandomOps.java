package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.random.GlobalSeed;
import sungu.keras.random.SeedGenerator;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** {@code keras.random}, and the stateless operations of TensorFlow behind it. */
final class RandomOps {
    private RandomOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "normal(#shape, mean=0.0, stddev=1.0, dtype=None, seed=None)",
                a ->
                        Randoms.statelessNormal(
                                a.shape("shape"),
                                seed(a),
                                a.number("mean"),
                                a.number("stddev"),
                                floating(a)));
        t.op(
                "uniform(#shape, minval=0.0, maxval=1.0, dtype=None, seed=None)",
                a ->
                        Randoms.statelessUniform(
                                a.shape("shape"),
                                seed(a),
                                a.number("minval"),
                                a.number("maxval"),
                                floating(a)));
        t.op(
                "truncated_normal(#shape, mean=0.0, stddev=1.0, dtype=None, seed=None)",
                a ->
                        Randoms.statelessTruncatedNormal(
                                a.shape("shape"),
                                seed(a),
                                a.number("mean"),
                                a.number("stddev"),
                                floating(a)));
        t.op(
                "randint(#shape, minval, maxval, dtype='int32', seed=None)",
                a -> {
                    var dtype = a.dtype("dtype", DType.INT32);
                    if (!dtype.isInteger()) {
                        throw a.refused("dtype", "must be an integer dtype");
                    }
                    var wide = dtype == DType.INT32 ? dtype : DType.INT64;
                    return Elements.cast(
                            Randoms.statelessIntegers(
                                    a.shape("shape"),
                                    seed(a),
                                    a.integer("minval"),
                                    a.integer("maxval"),
                                    wide),
                            dtype);
                });
        t.op(
                "categorical(logits, #num_samples, dtype='int32', seed=None)",
                a ->
                        Elements.cast(
                                Randoms.statelessCategorical(
                                        a.tensor("logits"),
                                        a.size("num_samples"),
                                        seed(a),
                                        DType.INT64),
                                a.dtype("dtype", DType.INT32)));
        t.op(
                "shuffle(x, axis=0, seed=None)",
                a -> {
                    var x = a.tensor("x");
                    var axis = a.axis("axis");
                    return Randoms.statelessShuffle(x, axis == null ? 0 : axis, seed(a));
                });
        t.op("dropout(inputs, rate, noise_shape=None, seed=None)", RandomOps::dropout);
        t.op(
                "gamma(#shape, alpha, dtype=None, seed=None)",
                a -> gamma(a.shape("shape"), a, "alpha", seed(a)));
        t.op(
                "beta(#shape, alpha, beta, dtype=None, seed=None)",
                a -> {
                    // X / (X + Y) of two gamma variables; the second seed is the first plus 12, as
                    // in Keras.
                    var first = seed(a);
                    var x = gamma(a.shape("shape"), a, "alpha", first);
                    return x.div(x.plus(gamma(a.shape("shape"), a, "beta", first.plus(12))));
                });
        t.op(
                "binomial(#shape, counts, probabilities, dtype=None, seed=None)",
                a -> {
                    var dtype = floating(a);
                    var wide = dtype == DType.BFLOAT16 ? DType.FLOAT32 : dtype;
                    return Elements.cast(
                            Randoms.statelessBinomial(
                                    a.shape("shape"),
                                    seed(a),
                                    Conversion.tensor(a.value("counts"), wide),
                                    Conversion.tensor(a.value("probabilities"), wide),
                                    wide),
                            dtype);
                });
    }

    static void declareStateless(Operations.Table t) {
        t.op(
                "stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype=None)",
                a ->
                        Randoms.statelessNormal(
                                a.shape("shape"),
                                a.tensor("seed"),
                                a.number("mean"),
                                a.number("stddev"),
                                a.dtype("dtype", DType.FLOAT32)));
        t.op(
                "stateless_truncated_normal(shape, seed, mean=0.0, stddev=1.0, dtype=None)",
                a ->
                        Randoms.statelessTruncatedNormal(
                                a.shape("shape"),
                                a.tensor("seed"),
                                a.number("mean"),
                                a.number("stddev"),
                                a.dtype("dtype", DType.FLOAT32)));
        t.op(
                "stateless_uniform(shape, seed, minval=0, maxval=None, dtype=None)",
                a -> {
                    var dtype = a.dtype("dtype", DType.FLOAT32);
                    if (dtype.isFloating()) {
                        return Randoms.statelessUniform(
                                a.shape("shape"),
                                a.tensor("seed"),
                                a.number("minval"),
                                a.number("maxval", 1),
                                dtype);
                    }
                    if (a.has("minval") != a.has("maxval")) {
                        throw a.refused("maxval", "must be given for integers");
                    }
                    return a.has("minval")
                            ? Randoms.statelessIntegers(
                                    a.shape("shape"),
                                    a.tensor("seed"),
                                    a.integer("minval"),
                                    a.integer("maxval"),
                                    dtype)
                            : Randoms.statelessBits(a.shape("shape"), a.tensor("seed"), dtype);
                });
    }

    private static DType floating(Given a) {
        var dtype = a.dtype("dtype", Kind.floatx());
        if (!dtype.isFloating()) {
            throw a.refused("dtype", "must be a floating dtype");
        }
        return dtype;
    }

    /**
     * Keras takes seeds modulo the largest int32 less one, so that they fit TensorFlow's int32
     * seeds.
     */
    static Tensor seed(Given a) {
        var drawn = drawn(a.value("seed"));
        return drawn.dtype() == DType.INT64 ? drawn.rem(Integer.MAX_VALUE - 1L) : drawn;
    }

    /**
     * The seed of one draw: of an integer that with a count of 0, of a generator its next one,
     * without either one from the global generator.
     */
    private static Tensor drawn(@Nullable Object seed) {
        return switch (seed) {
            case null -> SeedGenerator.reduced(GlobalSeed.draw());
            case SeedGenerator generator -> SeedGenerator.reduced(generator.next());
            case Number number ->
                    SeedGenerator.reduced(Tensor.of(new long[] {number.longValue(), 0}));
            case Tensor pair -> pair;
            default ->
                    throw new TensorException(
                            "argument 'seed' must be an integer or a SeedGenerator, got " + seed);
        };
    }

    private static Tensor gamma(Shape shape, Given a, String parameter, Tensor seed) {
        var dtype = floating(a);
        var wide = dtype == DType.BFLOAT16 ? DType.FLOAT32 : dtype;
        var alpha = Movements.broadcastTo(Conversion.tensor(a.value(parameter), wide), shape);
        return Elements.cast(Randoms.statelessGamma(shape, seed, alpha), dtype);
    }

    private static Tensor dropout(Given a) {
        var x = a.tensor("inputs");
        double rate = a.number("rate");
        if (rate < 0 || rate > 1) {
            throw a.refused("rate", "must lie between 0 and 1");
        }
        if (rate == 0) {
            return x;
        }
        if (rate == 1) {
            return Elements.zerosLike(x);
        }
        var dims = x.shape().dims();
        if (a.has("noise_shape")) {
            var noise = a.items("noise_shape");
            for (int i = 0; i < Math.min(dims.length, noise.size()); i++) {
                dims[i] = noise.get(i) instanceof Number size ? size.intValue() : dims[i];
            }
        }
        return sungu.keras.random.Dropouts.drop(x, rate, Shape.of(dims), seed(a));
    }
}
