package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowKernel;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * Folds windows of an input (batch, spatial..., channels), each channel by itself: sums or maxima;
 * padding does not count. With {@code fold} SUM or MAX it takes the input only.
 */
public record WindowReduce(Reduce.Fold fold, Window window) implements Reduction {
    @Override
    public String label() {
        return "window_reduce";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var x = inputs[0];
        if (fold != Reduce.Fold.SUM && fold != Reduce.Fold.MAX) {
            throw new TensorException(
                    "pool: windows are summed or their maximum is taken, not " + fold);
        }
        check(x);
        return new TensorType[] {x.with(output(window, x.shape()))};
    }

    static void check(TensorType x) {
        if (x.dtype() == DType.STRING || x.dtype() == DType.BOOL || x.dtype().isComplex()) {
            throw new TensorException(
                    "pool: takes real numbers, got " + x,
                    x.dtype() == DType.BOOL ? "cast it first: x.cast(DType.FLOAT32)" : "");
        }
    }

    static Shape output(Window window, Shape input) {
        var dims = input.dims();
        System.arraycopy(window.outputs("pool", input), 0, dims, 1, window.rank());
        return Shape.owning(dims);
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new WindowKernel(window, inputs[0].type(), outputs[0].shape())
                .fold(fold, inputs[0], outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var kernel = new WindowKernel(window, inputs[0], outputs[0].shape());
        return (in, out) -> kernel.fold(fold, in[0], out[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() ->
                fold == Reduce.Fold.MAX
                        ? Context.bind(new WindowScatter(window), g.x(), g.d())
                        : spread(g.d(), g.x().shape()));
    }

    /**
     * Each element of {@code d} added to all elements of its window: again sums over windows, of
     * the gradient spread by the strides.
     */
    private Tensor spread(Tensor d, Shape input) {
        int rank = window.rank();
        var low = new int[rank];
        var high = new int[rank];
        for (int i = 0; i < rank; i++) {
            low[i] = window.reach(i) - 1 - window.low().get(i);
            high[i] =
                    Window.reach(input.dim(i + 1), window.inputDilation().get(i))
                            - 1
                            + window.reach(i)
                            - low[i]
                            - Window.reach(d.shape().dim(i + 1), window.strides().get(i));
        }
        var turned =
                new Window(
                        window.size(),
                        /* strides= */ window.inputDilation(),
                        /* inputDilation= */ window.strides(),
                        window.dilation(),
                        Ints.of(low),
                        Ints.of(high));
        return Movements.reshape(Context.bind(new WindowReduce(Reduce.Fold.SUM, turned), d), input);
    }
}
