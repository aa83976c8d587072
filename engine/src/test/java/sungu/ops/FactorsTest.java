package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.primitive.Eigen;
import sungu.primitive.Fft;
import sungu.primitive.MatrixFactor;
import sungu.primitive.MatrixFactor.Task;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.Random;

/**
 * Fourier transforms and factorizations: products give the matrices back, gradients agree with
 * differences.
 */
class FactorsTest {
    private static Tensor[] factor(Task task, Tensor... inputs) {
        return Context.bindAll(new MatrixFactor(task), inputs);
    }

    private static void same(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.toDoubles(), actual.toDoubles(), 1e-9);
    }

    private static Tensor matrices(int... dims) {
        return GradientCheck.random(new Random(3), dims);
    }

    /** Positive definite matrices. */
    private static Tensor definite(Tensor x) {
        return x.matmul(MatrixFactor.turned(x))
                .plus(MatrixFactor.identity(x.shape().dim(-1), x.dtype()));
    }

    @Test
    void factorsGiveTheMatrixBack() {
        var x = matrices(2, 3, 3);
        var l = factor(Task.CHOLESKY, definite(x))[0];
        same(definite(x), l.matmul(MatrixFactor.turned(l)));
        for (var shape : new int[][] {{4, 3}, {3, 4}, {3, 3}}) {
            var a = matrices(shape);
            var qr = factor(Task.QR, a);
            same(a, qr[0].matmul(qr[1]));
            var svd = factor(Task.SVD, a);
            same(
                    a,
                    svd[0].times(Movements.expandDims(svd[1], -2))
                            .matmul(MatrixFactor.turned(svd[2])));
        }
        var eigh = factor(Task.EIGH, definite(x));
        same(
                definite(x),
                eigh[1].times(Movements.expandDims(eigh[0], -2))
                        .matmul(MatrixFactor.turned(eigh[1])));
        same(
                Movements.broadcastTo(MatrixFactor.identity(3, x.dtype()), x.shape()),
                x.matmul(MatrixFactor.inverse(x)));
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var x = matrices(3, 3);
        GradientCheck.check(in -> factor(Task.CHOLESKY, definite(in[0]))[0], x);
        GradientCheck.check(in -> factor(Task.SOLVE, in[0], in[1])[0], x, matrices(3, 2));
        GradientCheck.check(in -> factor(Task.DETERMINANT, in[0])[1], x);
        GradientCheck.check(in -> factor(Task.QR, in[0])[1], matrices(4, 3));
        GradientCheck.check(in -> factor(Task.EIGH, definite(in[0]))[0], x);
        GradientCheck.check(in -> factor(Task.SVD, in[0])[1], matrices(4, 3));
    }

    @Test
    void transformsOfAnyLengthAreInverted() {
        for (int n : new int[] {1, 2, 7, 8, 12}) {
            var x = matrices(2, n);
            var y = Context.bind(new Fft(false), Elements.complex(x, x.square()));
            var back = Context.bind(new Fft(true), y);
            same(x, Elements.real(back).div((double) n));
            same(x.square(), Elements.imag(back).div((double) n));
        }
        GradientCheck.check(
                in -> Elements.real(Context.bind(new Fft(false), Elements.complex(in[0], in[1]))),
                matrices(2, 6),
                matrices(2, 6));
    }

    @Test
    void refusals() {
        assertThrows(
                TensorException.class, () -> factor(Task.SOLVE, matrices(3, 4), matrices(3, 4)));
        assertThrows(
                TensorException.class,
                () -> factor(Task.SOLVE, Tensor.of(new double[2][2]), Tensor.of(new double[2][2])));
        assertThrows(TensorException.class, () -> Context.bind(new Fft(false), matrices(3)));
    }

    @Test
    void eigenvectorsSatisfyTheirEquation() {
        for (int n = 1; n <= 7; n++) {
            var re = matrices(3, n, n);
            var x = Elements.complex(re, GradientCheck.random(new Random(n), 3, n, n));
            for (var a : new Tensor[] {x, Elements.cast(re, sungu.tensor.DType.COMPLEX128)}) {
                var found = Context.bindAll(new Eigen(), a);
                var scaled = found[1].times(Movements.expandDims(found[0], -2));
                var error = Elements.abs(a.matmul(found[1]).minus(scaled));
                same(Elements.zerosLike(error), error);
                var lengths = Reductions.sum(Elements.abs(found[1]).square(), false, -2);
                same(Elements.onesLike(lengths), lengths);
            }
        }
    }

    @Test
    void eigenvaluesHaveGradients() {
        var a = Tensor.of(new double[][] {{4, 1, 0.5}, {0.2, 2, -1}, {0.3, 0.7, -1}});
        GradientCheck.check(
                x -> {
                    var found =
                            Context.bindAll(
                                    new Eigen(),
                                    Elements.cast(x[0], sungu.tensor.DType.COMPLEX128));
                    return Movements.concat(
                            java.util.List.of(
                                    Elements.real(found[0]),
                                    Elements.imag(found[0]).square(),
                                    Movements.reshape(Elements.abs(found[1]).square(), 9)),
                            0);
                },
                a);
    }

    @Test
    void wideMatricesHaveGradientsOfTheirTriangle() {
        GradientCheck.check(
                x -> {
                    var qr = factor(Task.QR, x[0]);
                    return Movements.concat(java.util.List.of(qr[0], qr[1]), -1);
                },
                matrices(2, 4));
    }
}
