package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.primitive.Eigen;
import sungu.primitive.MatrixFactor;
import sungu.primitive.MatrixFactor.Task;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.List;

/** Linear algebra: norms, factorizations, equations. */
final class LinalgOps {
    private LinalgOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "norm(x, | ord=None, axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var wide =
                            x.dtype() == DType.INT64
                                    ? Conversion.cast(x, Kind.floatx())
                                    : Kind.floating(x);
                    return norm(wide, a.value("ord"), a.axes("axis"), a.flag("keepdims"));
                });
        t.op(
                "cholesky(x, | upper=False)",
                a -> {
                    var x = square(a, "x");
                    var factor = factor(Task.CHOLESKY, x)[0];
                    if (factor instanceof HostTensor
                            && !Reductions.all(Elements.isFinite(factor), false).booleanValue()) {
                        throw a.refused("x", "must be positive definite");
                    }
                    return a.flag("upper") ? MatrixFactor.turned(factor) : factor;
                });
        t.op(
                "cholesky_inverse(x, | upper=False)",
                a -> {
                    var inverse = MatrixFactor.inverse(triangle(square(a, "x"), !a.flag("upper")));
                    var turned = MatrixFactor.turned(inverse);
                    return a.flag("upper")
                            ? Contractions.matmul(inverse, turned)
                            : Contractions.matmul(turned, inverse);
                });
        t.op(
                "det(x)",
                a -> {
                    var parts = factor(Task.DETERMINANT, square(a, "x"));
                    return parts[0].times(parts[1].exp());
                });
        t.op("slogdet(x)", a -> List.of(factor(Task.DETERMINANT, square(a, "x"))));
        t.op(
                "logdet(x)",
                a -> {
                    var factor = factor(Task.CHOLESKY, square(a, "x"))[0];
                    return Reductions.sum(diagonal(factor).log(), false, -1).times(2.0);
                });
        t.op("inv(x)", a -> MatrixFactor.inverse(square(a, "x")));
        t.op("solve(a, b)", a -> solve(square(a, "a"), a.floating("b")));
        t.op(
                "solve_triangular(a, b, | lower=False)",
                a -> {
                    return solve(triangle(square(a, "a"), a.flag("lower")), a.floating("b"));
                });
        t.op(
                "lu_factor(x)",
                a -> {
                    var parts = factor(Task.LU, square(a, "x"));
                    return List.of(parts[0], parts[1]);
                });
        t.op(
                "qr(x, | mode='reduced')",
                a -> {
                    var x = matrix(a, "x");
                    return switch (a.text("mode")) {
                        case "reduced" -> List.of(factor(Task.QR, x));
                        case "complete" -> complete(x);
                        default -> throw a.refused("mode", "must be 'reduced' or 'complete'");
                    };
                });
        t.op("eig(x)", LinalgOps::eigen);
        t.op("eigh(x)", a -> List.of(factor(Task.EIGH, square(a, "x"))));
        t.op(
                "svd(x, | full_matrices=True, compute_uv=True)",
                a -> {
                    var x = matrix(a, "x");
                    var parts = factor(Task.SVD, x);
                    if (!a.flag("compute_uv")) {
                        return parts[1];
                    }
                    boolean full = a.flag("full_matrices");
                    return List.of(
                            full ? completed(parts[0]) : parts[0],
                            parts[1],
                            MatrixFactor.turned(full ? completed(parts[2]) : parts[2]));
                });
        t.op("matrix_power(x, | n)", a -> power(square(a, "x"), a.size("n")));
        t.op(
                "matrix_rank(x, | tol=None)",
                a -> {
                    var x = matrix(a, "x");
                    var values = factor(Task.SVD, x)[1];
                    var largest = Reductions.max(values, true, -1);
                    var limit =
                            a.has("tol")
                                    ? Elements.zerosLike(largest).plus(a.number("tol"))
                                    : largest.times(
                                            epsilon(x)
                                                    * Math.max(
                                                            x.shape().dim(-1), x.shape().dim(-2)));
                    return Reductions.sum(
                            Elements.cast(Elements.greater(values, limit), DType.INT32), false, -1);
                });
        t.op(
                "pinv(x, | rcond=None)",
                a -> {
                    var x = matrix(a, "x");
                    return pseudoInverse(
                            x,
                            a.number(
                                    "rcond",
                                    10
                                            * Math.max(x.shape().dim(-1), x.shape().dim(-2))
                                            * epsilon(x)));
                });
        t.op(
                "lstsq(a, b, | rcond=None)",
                a -> {
                    var x = matrix(a, "a");
                    var b = Conversion.cast(a.tensor("b"), x.dtype());
                    int largest = Math.max(x.shape().dim(0), x.shape().dim(1));
                    var inverse = pseudoInverse(x, a.number("rcond", epsilon(x) * largest));
                    return b.rank() == 1
                            ? Movements.squeeze(
                                    Contractions.matmul(inverse, Movements.expandDims(b, -1)), -1)
                            : Contractions.matmul(inverse, b);
                });
    }

    private static Object eigen(Given a) {
        var x = a.tensor("x");
        var wide =
                x.dtype().isComplex()
                        ? x
                        : Elements.cast(
                                square(a, "x"),
                                x.dtype() == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64);
        return List.of(Context.bindAll(new Eigen(), wide));
    }

    /** The lower or the upper triangle, with zeros elsewhere. */
    private static Tensor triangle(Tensor x, boolean lower) {
        int n = x.shape().dim(-1);
        var rows = Movements.expandDims(Movements.iota(n, DType.INT32), -1);
        var columns = Movements.expandDims(Movements.iota(n, DType.INT32), 0);
        return Elements.select(
                lower ? Elements.greaterEqual(rows, columns) : Elements.lessEqual(rows, columns),
                x,
                Elements.zerosLike(x));
    }

    private static double epsilon(Tensor x) {
        return x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    private static Tensor[] factor(Task task, Tensor... inputs) {
        return Context.bindAll(new MatrixFactor(task), inputs);
    }

    /** The argument as matrices of float32 or float64. */
    private static Tensor matrix(Given a, String name) {
        var x = a.floating(name);
        if (x.rank() < 2) {
            throw a.refused(name, "must have at least 2 dimensions");
        }
        return x.dtype().isFloating() && x.dtype().bytes() < 4
                ? Elements.cast(x, DType.FLOAT32)
                : x;
    }

    private static Tensor square(Given a, String name) {
        var x = matrix(a, name);
        if (x.shape().dim(-1) != x.shape().dim(-2)) {
            throw a.refused(name, "must be square matrices");
        }
        return x;
    }

    private static Tensor solve(Tensor x, Tensor given) {
        var b = Conversion.cast(given, x.dtype());
        if (b.rank() == x.rank() - 1) {
            return Movements.squeeze(factor(Task.SOLVE, x, Movements.expandDims(b, -1))[0], -1);
        }
        return factor(Task.SOLVE, x, b)[0];
    }

    private static Tensor diagonal(Tensor x) {
        return Reductions.sum(
                x.times(MatrixFactor.identity(x.shape().dim(-1), x.dtype())), false, -1);
    }

    private static Tensor power(Tensor x, int n) {
        if (n == 0) {
            return Movements.broadcastTo(
                    MatrixFactor.identity(x.shape().dim(-1), x.dtype()), x.shape());
        }
        var base = n < 0 ? MatrixFactor.inverse(x) : x;
        @Nullable Tensor product = null;
        for (int rest = Math.abs(n); rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                product = product == null ? base : Contractions.matmul(product, base);
            }
            base = rest > 1 ? Contractions.matmul(base, base) : base;
        }
        return product == null ? x : product;
    }

    /** A tall factor with orthonormal columns completed to a square one. */
    private static Tensor completed(Tensor u) {
        int m = u.shape().dim(-2);
        int k = u.shape().dim(-1);
        return m == k
                ? u
                : Movements.concat(List.of(u, Movements.sliceAxis(wideQ(u), -1, k, m)), -1);
    }

    /** The square factor Q: that of the matrix with columns of the identity appended. */
    private static Tensor wideQ(Tensor x) {
        int m = x.shape().dim(-2);
        var identity =
                Movements.broadcastTo(MatrixFactor.identity(m, x.dtype()), x.shape().with(-1, m));
        return factor(Task.QR, Movements.concat(List.of(x, identity), -1))[0];
    }

    private static List<Tensor> complete(Tensor x) {
        int m = x.shape().dim(-2);
        int n = x.shape().dim(-1);
        var reduced = factor(Task.QR, x);
        if (m <= n) {
            return List.of(reduced);
        }
        var zeros = Tensor.zeros(x.shape().with(-2, m - n), x.dtype());
        return List.of(wideQ(x), Movements.concat(List.of(reduced[1], zeros), -2));
    }

    private static Tensor pseudoInverse(Tensor x, double rcond) {
        var parts = factor(Task.SVD, x);
        var s = parts[1];
        var limit = Reductions.max(s, true, -1).times(rcond);
        var kept = Elements.greater(s, limit);
        var inverse =
                Elements.select(
                        kept,
                        Elements.onesLike(s).div(Elements.select(kept, s, Elements.onesLike(s))),
                        Elements.zerosLike(s));
        return Contractions.matmul(
                parts[2].times(Movements.expandDims(inverse, -2)), MatrixFactor.turned(parts[0]));
    }

    // ---- norms
    // ----------------------------------------------------------------------------------------------------------------

    /** The norm over one axis (of vectors), two (of matrices) or, without an order, any. */
    static Tensor norm(Tensor x, @Nullable Object order, int @Nullable [] named, boolean keep) {
        int[] axes = named == null ? Ints.range(0, x.rank()).toArray() : named.clone();
        for (int i = 0; i < axes.length; i++) {
            axes[i] = x.shape().axis(axes[i]);
        }
        var size = Elements.abs(x);
        if (axes.length != 1 && axes.length != 2) {
            throw new TensorException(
                    "norm: argument 'axis' must name one or two axes, got " + axes.length);
        }
        if (order == null || "fro".equals(order) && axes.length == 2) {
            return Elements.sqrt(
                    Reductions.sum(Elements.real(x.times(Elements.conj(x))), keep, axes));
        }
        if (order instanceof String name && !(name.equals("nuc") && axes.length == 2)) {
            throw new TensorException(
                    "norm: argument 'ord' can't be '" + name + "' for " + axes.length + " axes");
        }
        double p = order instanceof Number number ? number.doubleValue() : Double.NaN;
        return axes.length == 1
                ? vector(x, size, p, axes[0], keep)
                : matrix(x, size, p, axes[0], axes[1], keep);
    }

    private static Tensor vector(Tensor x, Tensor size, double p, int axis, boolean keep) {
        if (p == 2) {
            return Elements.sqrt(
                    Reductions.sum(Elements.real(x.times(Elements.conj(x))), keep, axis));
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? Reductions.max(size, keep, axis) : Reductions.min(size, keep, axis);
        }
        if (p == 0) {
            return Reductions.sum(
                    Elements.cast(Elements.notEqual(x, Elements.zerosLike(x)), x.dtype()),
                    keep,
                    axis);
        }
        return Elements.pow(
                Reductions.sum(Elements.pow(size, Kind.weak(p, size)), keep, axis),
                Kind.weak(1 / p, size));
    }

    private static Tensor matrix(
            Tensor x, Tensor size, double p, int row, int column, boolean keep) {
        if (Math.abs(p) == 1 || Double.isInfinite(p)) {
            int summed = Math.abs(p) == 1 ? row : column;
            int other = summed == row ? column : row;
            var sums = Reductions.sum(size, true, summed);
            var found =
                    p > 0 ? Reductions.max(sums, true, other) : Reductions.min(sums, true, other);
            return keep ? found : Movements.squeeze(found, row, column);
        }
        if (!Double.isNaN(p) && Math.abs(p) != 2) {
            throw new TensorException("norm: argument 'ord' can't be " + p + " for matrices");
        }
        var values =
                factor(Task.SVD, ShapeOps.moveAxis(x, new int[] {row, column}, new int[] {-2, -1}))[
                        1];
        var found =
                Double.isNaN(p)
                        ? Reductions.sum(values, false, -1)
                        : p > 0
                                ? Reductions.max(values, false, -1)
                                : Reductions.min(values, false, -1);
        if (!keep) {
            return found;
        }
        Shape kept = x.shape().with(row, 1).with(column, 1);
        return Movements.reshape(found, kept);
    }
}
