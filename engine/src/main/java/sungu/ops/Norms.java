package sungu.ops;

import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** Lengths of tensors taken as vectors, and tensors shortened to them. */
public final class Norms {
    private Norms() {}

    /**
     * The tensor scaled down so that its Euclidean norm over some axes, over all when none is
     * given, is at most {@code norm}.
     */
    public static Tensor clipByNorm(Tensor x, double norm, int... axes) {
        if (!x.dtype().isDifferentiable()) {
            throw new TensorException("clipByNorm: takes floating-point numbers, got " + x.type());
        }
        var squares = Reductions.sum(x.times(x), true, axes);
        // The root of 0 has no gradient, so it is taken where there is something to take it of.
        var some = Elements.greater(squares, Elements.zerosLike(squares));
        var length =
                Elements.select(
                        some,
                        Elements.sqrt(Elements.select(some, squares, Elements.onesLike(squares))),
                        squares);
        return x.times(norm).div(Elements.maximum(length, Elements.weak(norm, length)));
    }

    /** The Euclidean norm of all elements of several tensors together. */
    public static Tensor globalNorm(List<? extends Tensor> tensors) {
        if (tensors.isEmpty()) {
            throw new TensorException("globalNorm: no tensors");
        }
        var sum = tensors.get(0).square().sum();
        for (var tensor : tensors.subList(1, tensors.size())) {
            sum = sum.plus(tensor.square().sum());
        }
        return sum.sqrt();
    }

    /** The tensors scaled down together so that their global norm is at most {@code norm}. */
    public static List<Tensor> clipByGlobalNorm(List<? extends Tensor> tensors, double norm) {
        var length = globalNorm(tensors);
        var scale =
                Elements.weak(norm, length)
                        .div(Elements.maximum(length, Elements.weak(norm, length)));
        return tensors.stream().map(tensor -> tensor.times(scale)).toList();
    }
}
