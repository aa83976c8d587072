package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.EigenKernel;
import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

import java.util.List;

/**
 * Eigenvalues [..., n] and eigenvectors [..., n, n], as columns of length 1 whose largest entry is
 * real and positive, of complex matrices [..., n, n]; in no particular order. The gradient as in
 * Boeddeker, Hanebrink, Drude, Heymann, Haeb-Umbach 2017.
 */
public record Eigen() implements Opaque {
    @Override
    public String label() {
        return "eigen";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var a = inputs[0];
        int rank = a.shape().rank();
        if (!a.dtype().isComplex() || rank < 2 || a.shape().dim(-1) != a.shape().dim(-2)) {
            throw new TensorException(label() + ": takes square complex matrices, got " + a);
        }
        return new TensorType[] {a.with(a.shape().slice(0, rank - 1)), a};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var x = inputs[0];
        int n = x.shape().dim(-1);
        int entries = 2 * n * n;
        for (int i = 0; i < (n == 0 ? 0 : x.size() / (n * n)); i++) {
            var a = new double[entries];
            for (int j = 0; j < entries; j++) {
                a[j] = entry(x, i * entries + j);
                if (!Double.isFinite(a[j])) {
                    throw new TensorException(
                            label() + ": matrix " + i + " has entries that are not finite");
                }
            }
            var values = new double[2 * n];
            var vectors = new double[entries];
            if (!new EigenKernel(a, n).run(values, vectors)) {
                throw new TensorException(label() + ": no convergence for matrix " + i);
            }
            write(outputs[0], i, values);
            write(outputs[1], i, vectors);
        }
    }

    private static double entry(HostTensor x, int index) {
        return x.array() instanceof double[] wide ? wide[index] : ((float[]) x.array())[index];
    }

    private static void write(HostTensor x, int index, double[] entries) {
        var part = x.dtype().real();
        for (int i = 0; i < entries.length; i++) {
            Numbers.put(part, x.array(), index * entries.length + i, entries[i]);
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> gradient(g.out(0), g.out(1), g.d(0), g.d(1)));
    }

    private static Tensor gradient(Tensor w, Tensor v, Tensor dw, Tensor dv) {
        int n = w.shape().dim(-1);
        var one = MatrixFactor.identity(n, w.dtype());
        var adjoint = Elements.conj(MatrixFactor.turned(v));
        var gap = Movements.expandDims(w, -2).minus(Movements.expandDims(w, -1));
        var none = Elements.equal(gap, Elements.zerosLike(gap));
        var inverse =
                Elements.select(
                        none,
                        Elements.zerosLike(gap),
                        Elements.onesLike(gap)
                                .div(Elements.select(none, Elements.onesLike(gap), gap)));
        var inner = Contractions.matmul(adjoint, dv);
        // A vector's own direction and phase are fixed: what changes them has no effect.
        var along =
                Movements.expandDims(
                        Reductions.sum(
                                Elements.cast(Elements.real(inner.times(one)), w.dtype()),
                                false,
                                -2),
                        -2);
        var turned =
                Elements.conj(inverse)
                        .times(inner.minus(Contractions.matmul(adjoint, v).times(along)));
        var core = Movements.expandDims(dw, -1).times(one).plus(turned);
        return Contractions.matmul(solve(adjoint, core), adjoint);
    }

    /** The solution of complex equations, by real ones of twice the size. */
    private static Tensor solve(Tensor a, Tensor b) {
        int n = a.shape().dim(-1);
        var re = Elements.real(a);
        var im = Elements.imag(a);
        var rows =
                List.of(
                        Movements.concat(List.of(re, Elements.negate(im)), -1),
                        Movements.concat(List.of(im, re), -1));
        var right = Movements.concat(List.of(Elements.real(b), Elements.imag(b)), -2);
        var x =
                Context.bind(
                        new MatrixFactor(MatrixFactor.Task.SOLVE),
                        Movements.concat(rows, -2),
                        right);
        return Elements.complex(
                Movements.sliceAxis(x, -2, 0, n), Movements.sliceAxis(x, -2, n, 2 * n));
    }
}
