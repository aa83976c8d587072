package sungu.primitive;

import static sungu.ops.Elements.*;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Philox;
import sungu.kernel.RandomKernels;
import sungu.kernel.RandomSamplers;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Random numbers of a distribution with parameters, which are inputs behind the seed of two
 * integers: TensorFlow's stateless Philox streams. Parameters have the shape of the last dimensions
 * of the result: each of their elements gives as many samples as the dimensions before those hold.
 */
public record RandomSample(Distribution distribution, DType dtype, Shape shape) implements Opaque {
    /** A distribution and its parameters. */
    public enum Distribution {
        /** int32 or int64 from one scalar (inclusive) to another. */
        INTEGERS(2),
        /** Of a shape parameter and rate 1. */
        GAMMA(1),
        /** Of a number of trials and a probability. */
        BINOMIAL(2),
        /** Of a rate. */
        POISSON(1),
        /** Of a matrix of logits, a row for each row of the result. */
        CATEGORICAL(1);

        private final int parameters;

        Distribution(int parameters) {
            this.parameters = parameters;
        }
    }

    @Override
    public String label() {
        return "random_sample";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs.length != 1 + distribution.parameters) {
            throw new TensorException(
                    label()
                            + ": "
                            + distribution
                            + " takes a seed and "
                            + distribution.parameters
                            + " parameters, got "
                            + (inputs.length - 1));
        }
        if (!inputs[0].shape().equals(Shape.of(2)) || !inputs[0].dtype().isInteger()) {
            throw new TensorException(
                    label() + ": the seed must be two integers, got " + inputs[0]);
        }
        boolean integers = dtype == DType.INT32 || dtype == DType.INT64;
        boolean fits =
                switch (distribution) {
                    case INTEGERS ->
                            integers
                                    && inputs[1].equals(new TensorType(dtype, Shape.SCALAR))
                                    && inputs[2].equals(inputs[1]);
                    case GAMMA ->
                            dtype.isFloating()
                                    && inputs[1].dtype() == dtype
                                    && endsWith(inputs[1].shape());
                    case POISSON ->
                            (integers || dtype.isFloating())
                                    && inputs[1].dtype().isFloating()
                                    && endsWith(inputs[1].shape());
                    case BINOMIAL ->
                            (integers || dtype.isFloating())
                                    && inputs[1].dtype().isFloating()
                                    && inputs[1].equals(inputs[2])
                                    && endsWith(inputs[1].shape());
                    case CATEGORICAL ->
                            integers
                                    && inputs[1].dtype().isFloating()
                                    && inputs[1].shape().rank() == 2
                                    && shape.rank() == 2
                                    && inputs[1].shape().dim(0) == shape.dim(0)
                                    && inputs[1].shape().dim(1) > 0;
                };
        if (!fits) {
            var parameters =
                    inputs.length == 2 ? inputs[1].toString() : inputs[1] + " and " + inputs[2];
            throw new TensorException(
                    label()
                            + ": parameters "
                            + parameters
                            + " do not fit to "
                            + distribution
                            + " numbers "
                            + new TensorType(dtype, shape),
                    "the result's last dimensions are those of the parameters");
        }
        return new TensorType[] {new TensorType(dtype, shape)};
    }

    private boolean endsWith(Shape parameters) {
        int more = shape.rank() - parameters.rank();
        for (int i = 0; i < parameters.rank(); i++) {
            if (more < 0 || shape.dim(more + i) != parameters.dim(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var out = outputs[0];
        if (out.size() == 0) {
            return;
        }
        var stream = Philox.ofSeed(inputs[0].integer(0), inputs[0].integer(1));
        var parameter = inputs[1];
        switch (distribution) {
            case INTEGERS -> {
                long min = parameter.integer(0);
                long max = inputs[2].integer(0);
                if (min >= max) {
                    throw new TensorException(
                            label() + ": the range from " + min + " to below " + max + " is empty");
                }
                RandomKernels.integers(stream, dtype, min, max, out.array(), out.size());
            }
            case GAMMA -> RandomSamplers.gamma(stream, parameter, out);
            case BINOMIAL -> RandomSamplers.binomial(stream, parameter, inputs[2], out);
            case POISSON -> RandomSamplers.poisson(stream, parameter, out);
            case CATEGORICAL -> RandomSamplers.categorical(stream, parameter, out);
        }
    }

    /**
     * Gamma numbers have a gradient by their shape parameter, the implicit one of M. Figurnov, S.
     * Mohamed and A. Mnih, "Implicit reparameterization gradients" (2018): with P the distribution
     * function and p its density, dx/da = -(dP/da) / p. It is worked out in float64, since the
     * density cancels large numbers.
     */
    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        if (distribution != Distribution.GAMMA) {
            return g.none();
        }
        return g.each(
                () -> null,
                () -> {
                    var a = cast(g.y(), DType.FLOAT64);
                    var x = cast(g.out(), DType.FLOAT64);
                    var density = exp(a.minus(1).times(log(x)).minus(x).minus(lgamma(a)));
                    var slope = negate(gammaincGradientA(a, x).div(density));
                    return Reductions.sumTo(g.d().times(cast(slope, dtype)), g.y().shape());
                });
    }
}
