package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.MatrixKernel;
import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

import java.util.List;
import java.util.Locale;

/**
 * Factorizations and solutions of real matrices, the last two dimensions; leading ones are a batch.
 * Gradients as in Giles 2008.
 */
public record MatrixFactor(Task task) implements Opaque {
    /** What is computed. */
    public enum Task {
        /** The lower triangular factor of a positive definite matrix. */
        CHOLESKY,
        /** The solution of A X = B. */
        SOLVE,
        /**
         * L (below the diagonal) and U in one matrix, and the order of the rows, int32. No
         * gradient.
         */
        LU,
        /** The sign and the logarithm of the absolute value of the determinant. */
        DETERMINANT,
        /** Q and R, as many columns and rows as the smaller dimension. */
        QR,
        /** Eigenvalues, ascending, and eigenvectors of a symmetric matrix. */
        EIGH,
        /** U, the singular values and V, as many columns as the smaller dimension. */
        SVD
    }

    @Override
    public String label() {
        return "matrix_factor";
    }

    private String name() {
        return task.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var a = inputs[0];
        int rank = a.shape().rank();
        if (rank < 2 || a.dtype() != DType.FLOAT32 && a.dtype() != DType.FLOAT64) {
            throw new TensorException(name() + ": takes matrices of float32 or float64, got " + a);
        }
        int m = a.shape().dim(-2);
        int n = a.shape().dim(-1);
        if (m != n && task != Task.QR && task != Task.SVD) {
            throw new TensorException(name() + ": the matrices must be square, got " + a);
        }
        var batch = a.shape().slice(0, rank - 2);
        int k = Math.min(m, n);
        return switch (task) {
            case CHOLESKY -> new TensorType[] {a};
            case SOLVE -> {
                var b = inputs[1];
                if (b.dtype() != a.dtype()
                        || b.shape().rank() != rank
                        || !b.shape().slice(0, rank - 1).equals(a.shape().slice(0, rank - 1))) {
                    throw new TensorException(
                            name() + ": " + a + " and " + b + " do not fit each other");
                }
                yield new TensorType[] {b};
            }
            case LU -> new TensorType[] {a, new TensorType(DType.INT32, batch.concat(Shape.of(n)))};
            case DETERMINANT -> new TensorType[] {a.with(batch), a.with(batch)};
            case QR ->
                    new TensorType[] {
                        a.with(batch.concat(Shape.of(m, k))), a.with(batch.concat(Shape.of(k, n)))
                    };
            case EIGH -> new TensorType[] {a.with(batch.concat(Shape.of(n))), a};
            case SVD ->
                    new TensorType[] {
                        a.with(batch.concat(Shape.of(m, k))),
                        a.with(batch.concat(Shape.of(k))),
                        a.with(batch.concat(Shape.of(n, k)))
                    };
        };
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        int m = inputs[0].shape().dim(-2);
        int n = inputs[0].shape().dim(-1);
        int count = m * n == 0 ? 0 : inputs[0].size() / (m * n);
        for (int i = 0; i < count; i++) {
            one(i, read(inputs[0], i, m * n), m, n, inputs, outputs);
        }
    }

    private void one(int i, double[] a, int m, int n, HostTensor[] inputs, HostTensor[] outputs) {
        int k = Math.min(m, n);
        switch (task) {
            case CHOLESKY -> write(outputs[0], i, MatrixKernel.cholesky(a, n));
            case SOLVE -> {
                var order = new int[n];
                MatrixKernel.lu(a, n, order);
                int columns = inputs[1].shape().dim(-1);
                for (int j = 0; j < n; j++) {
                    if (a[j * n + j] == 0) {
                        throw new TensorException(name() + ": matrix " + i + " is not invertible");
                    }
                }
                write(
                        outputs[0],
                        i,
                        MatrixKernel.solve(a, n, order, read(inputs[1], i, n * columns), columns));
            }
            case LU -> {
                var order = new int[n];
                MatrixKernel.lu(a, n, order);
                write(outputs[0], i, a);
                System.arraycopy(order, 0, outputs[1].array(), i * n, n);
            }
            case DETERMINANT -> {
                double sign = MatrixKernel.lu(a, n, new int[n]);
                double log = 0;
                for (int j = 0; j < n; j++) {
                    sign *= Math.signum(a[j * n + j]);
                    log += Math.log(Math.abs(a[j * n + j]));
                }
                write(outputs[0], i, new double[] {sign});
                write(outputs[1], i, new double[] {log});
            }
            case QR -> {
                var q = new double[m * m];
                MatrixKernel.qr(a, q, m, n);
                write(outputs[0], i, corner(q, m, m, k));
                write(outputs[1], i, corner(a, n, k, n));
            }
            case EIGH -> {
                var lower = a.clone();
                for (int r = 0; r < n; r++) {
                    for (int c = r + 1; c < n; c++) {
                        lower[r * n + c] = a[c * n + r];
                    }
                }
                var v = new double[n * n];
                write(outputs[0], i, MatrixKernel.eigh(lower, v, n));
                write(outputs[1], i, v);
            }
            case SVD -> {
                boolean wide = m < n;
                var left = wide ? transposed(a, m, n) : a;
                var right = new double[k * k];
                write(outputs[1], i, MatrixKernel.svd(left, right, Math.max(m, n), k));
                write(outputs[wide ? 2 : 0], i, left);
                write(outputs[wide ? 0 : 2], i, right);
            }
        }
    }

    private static double[] corner(double[] a, int width, int rows, int columns) {
        var part = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a, i * width, part, i * columns, columns);
        }
        return part;
    }

    private static double[] transposed(double[] a, int m, int n) {
        var t = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                t[j * m + i] = a[i * n + j];
            }
        }
        return t;
    }

    private static double[] read(HostTensor x, int index, int size) {
        var values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = x.number(index * size + i);
        }
        return values;
    }

    private static void write(HostTensor x, int index, double[] values) {
        for (int i = 0; i < values.length; i++) {
            Numbers.put(x.dtype(), x.array(), index * values.length + i, values[i]);
        }
    }

    // ---- gradients
    // ------------------------------------------------------------------------------------------------------------

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Tensor[] gradient(Gradient g) {
        return switch (task) {
            case CHOLESKY -> g.each(() -> cholesky(g.out(), g.d()));
            case SOLVE -> {
                var b = Context.bind(this, turned(g.x(0)), g.d());
                yield g.each(
                        () -> Elements.negate(Contractions.matmul(b, turned(g.out()))), () -> b);
            }
            case LU -> g.none();
            case DETERMINANT -> g.each(() -> column(g.d(1)).times(turned(inverse(g.x()))));
            case QR -> g.each(() -> qr(g.x(), g.out(0), g.out(1), g.d(0), g.d(1)));
            case EIGH -> g.each(() -> eigh(g.out(0), g.out(1), g.d(0), g.d(1)));
            case SVD -> g.each(() -> svd(g));
        };
    }

    /** The inverse of square matrices. */
    public static Tensor inverse(Tensor a) {
        return Context.bind(
                new MatrixFactor(Task.SOLVE),
                a,
                Movements.broadcastTo(identity(a.shape().dim(-1), a.dtype()), a.shape()));
    }

    /** The identity matrix. */
    public static Tensor identity(int n, DType dtype) {
        return Elements.cast(
                Elements.equal(
                        column(Movements.iota(n, DType.INT32), n),
                        Movements.broadcastTo(Movements.iota(n, DType.INT32), Shape.of(n, n))),
                dtype);
    }

    /** Matrices with rows and columns exchanged. */
    public static Tensor turned(Tensor a) {
        int rank = a.rank();
        var axes = sungu.tensor.Ints.range(0, rank).toArray();
        axes[rank - 1] = rank - 2;
        axes[rank - 2] = rank - 1;
        return Movements.transpose(a, axes);
    }

    private static Tensor column(Tensor numbers, int n) {
        return Movements.broadcastTo(Movements.expandDims(numbers, -1), Shape.of(n, n));
    }

    private static Tensor column(Tensor x) {
        return Movements.expandDims(Movements.expandDims(x, -1), -1);
    }

    /** 1 below the diagonal, {@code diagonal} on it, 0 above. */
    private static Tensor lower(int n, double diagonal, DType dtype) {
        var rows = column(Movements.iota(n, DType.INT32), n);
        var columns = Movements.broadcastTo(Movements.iota(n, DType.INT32), Shape.of(n, n));
        return Elements.cast(Elements.greater(rows, columns), dtype)
                .plus(identity(n, dtype).times(diagonal));
    }

    private static Tensor cholesky(Tensor l, Tensor d) {
        int n = l.shape().dim(-1);
        var inverse = inverse(l);
        var middle = Contractions.matmul(turned(l), d).times(lower(n, 0.5, l.dtype()));
        var full = Contractions.matmul(Contractions.matmul(turned(inverse), middle), inverse);
        return full.plus(turned(full)).times(0.5);
    }

    private static Tensor qr(Tensor a, Tensor q, Tensor r, Tensor dq, Tensor dr) {
        int m = a.shape().dim(-2);
        int n = a.shape().dim(-1);
        if (m < n) {
            // R = [U, V] and A = [X, Y] with X = Q U square and Y = Q V (Roberts, Roberts 2020).
            var dv = Movements.sliceAxis(dr, -1, m, n);
            var y = Movements.sliceAxis(a, -1, m, n);
            var square =
                    qr(
                            Movements.sliceAxis(a, -1, 0, m),
                            q,
                            Movements.sliceAxis(r, -1, 0, m),
                            dq.plus(Contractions.matmul(y, turned(dv))),
                            Movements.sliceAxis(dr, -1, 0, m));
            return Movements.concat(List.of(square, Contractions.matmul(q, dv)), -1);
        }
        var left = Contractions.matmul(turned(q), dq);
        var right = Contractions.matmul(r, turned(dr));
        var skew =
                left.minus(turned(left))
                        .plus(right.minus(turned(right)))
                        .times(lower(n, 1, a.dtype()));
        var inverse = turned(inverse(r));
        return Contractions.matmul(q, dr.plus(Contractions.matmul(skew, inverse)))
                .plus(Contractions.matmul(dq.minus(Contractions.matmul(q, left)), inverse));
    }

    private static Tensor eigh(Tensor w, Tensor v, Tensor dw, Tensor dv) {
        int n = w.shape().dim(-1);
        var inner = Contractions.matmul(turned(v), dv).times(gaps(w)).plus(diagonal(dw));
        var full = Contractions.matmul(Contractions.matmul(v, inner), turned(v));
        return full.plus(turned(full)).times(lower(n, 0.5, w.dtype()));
    }

    /** 1 / (w[j] - w[i]), and 0 on the diagonal. */
    private static Tensor gaps(Tensor w) {
        var difference = Movements.expandDims(w, -2).minus(Movements.expandDims(w, -1));
        var zero = Elements.equal(difference, Elements.zerosLike(difference));
        return Elements.select(
                zero,
                Elements.zerosLike(difference),
                Elements.onesLike(difference)
                        .div(Elements.select(zero, Elements.onesLike(difference), difference)));
    }

    private static Tensor diagonal(Tensor w) {
        return Movements.expandDims(w, -1).times(identity(w.shape().dim(-1), w.dtype()));
    }

    private static Tensor svd(Gradient g) {
        var u = g.out(0);
        var s = g.out(1);
        var v = g.out(2);
        var gaps = gaps(s.times(s));
        var left = Contractions.matmul(turned(u), g.d(0));
        var right = Contractions.matmul(turned(v), g.d(2));
        var row = Movements.expandDims(s, -2);
        var columns = Movements.expandDims(s, -1);
        var core =
                gaps.times(left.minus(turned(left)))
                        .times(row)
                        .plus(columns.times(gaps.times(right.minus(turned(right)))))
                        .plus(diagonal(g.d(1)));
        var safe =
                Elements.select(
                        Elements.equal(row, Elements.zerosLike(row)), Elements.onesLike(row), row);
        var outside =
                Contractions.matmul(
                        g.d(0).minus(Contractions.matmul(u, left)).div(safe), turned(v));
        var beyond =
                Contractions.matmul(
                        u, turned(g.d(2).minus(Contractions.matmul(v, right)).div(safe)));
        return Contractions.matmul(Contractions.matmul(u, core), turned(v))
                .plus(outside)
                .plus(beyond);
    }
}
