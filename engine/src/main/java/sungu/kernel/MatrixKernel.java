package sungu.kernel;

import java.util.Arrays;

/** Factorizations of one matrix, row by row in an array, in double precision. */
public final class MatrixKernel {
    private static final int SWEEPS = 60;

    private MatrixKernel() {}

    /** The lower triangular L with L Lᵀ = A; NaN where A is not positive definite. */
    public static double[] cholesky(double[] a, int n) {
        var l = new double[n * n];
        for (int j = 0; j < n; j++) {
            double d = a[j * n + j];
            for (int k = 0; k < j; k++) {
                d -= l[j * n + k] * l[j * n + k];
            }
            double root = d > 0 ? Math.sqrt(d) : Double.NaN;
            l[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double s = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    s -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = s / root;
            }
        }
        return l;
    }

    /**
     * Replaces A by its factors L (without its diagonal of ones) and U; {@code order[i]} tells
     * which row of A became row i.
     *
     * @return the sign of the permutation
     */
    public static int lu(double[] a, int n, int[] order) {
        int sign = 1;
        Arrays.setAll(order, i -> i);
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) {
                    pivot = i;
                }
            }
            if (pivot != k) {
                sign = -sign;
                int row = order[k];
                order[k] = order[pivot];
                order[pivot] = row;
                for (int j = 0; j < n; j++) {
                    double t = a[k * n + j];
                    a[k * n + j] = a[pivot * n + j];
                    a[pivot * n + j] = t;
                }
            }
            double d = a[k * n + k];
            if (d == 0) {
                continue;
            }
            for (int i = k + 1; i < n; i++) {
                double f = a[i * n + k] / d;
                a[i * n + k] = f;
                for (int j = k + 1; j < n; j++) {
                    a[i * n + j] -= f * a[k * n + j];
                }
            }
        }
        return sign;
    }

    /** Solves A X = B by the factors; B has {@code m} columns. */
    public static double[] solve(double[] lu, int n, int[] order, double[] b, int m) {
        var x = new double[n * m];
        for (int i = 0; i < n; i++) {
            System.arraycopy(b, order[i] * m, x, i * m, m);
            for (int k = 0; k < i; k++) {
                double f = lu[i * n + k];
                for (int j = 0; j < m; j++) {
                    x[i * m + j] -= f * x[k * m + j];
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                double f = lu[i * n + k];
                for (int j = 0; j < m; j++) {
                    x[i * m + j] -= f * x[k * m + j];
                }
            }
            for (int j = 0; j < m; j++) {
                x[i * m + j] /= lu[i * n + i];
            }
        }
        return x;
    }

    /**
     * Householder's factorization A = Q R of an m x n matrix: {@code r} starts as A and becomes R,
     * {@code q} (m x m) becomes Q.
     */
    public static void qr(double[] r, double[] q, int m, int n) {
        for (int i = 0; i < m; i++) {
            q[i * m + i] = 1;
        }
        for (int k = 0; k < Math.min(m, n); k++) {
            double tail = 0;
            for (int i = k + 1; i < m; i++) {
                tail += r[i * n + k] * r[i * n + k];
            }
            if (tail == 0) {
                continue;
            }
            double first = r[k * n + k];
            double beta = Math.sqrt(first * first + tail) * (first >= 0 ? -1 : 1);
            var v = new double[m];
            v[k] = 1;
            for (int i = k + 1; i < m; i++) {
                v[i] = r[i * n + k] / (first - beta);
            }
            double tau = (beta - first) / beta;
            for (int j = 0; j < n; j++) {
                double dot = 0;
                for (int i = k; i < m; i++) {
                    dot += v[i] * r[i * n + j];
                }
                for (int i = k; i < m; i++) {
                    r[i * n + j] -= tau * dot * v[i];
                }
            }
            for (int i = k + 1; i < m; i++) {
                r[i * n + k] = 0;
            }
            for (int i = 0; i < m; i++) {
                double dot = 0;
                for (int j = k; j < m; j++) {
                    dot += q[i * m + j] * v[j];
                }
                for (int j = k; j < m; j++) {
                    q[i * m + j] -= tau * dot * v[j];
                }
            }
        }
    }

    /**
     * Jacobi's rotations: {@code a}, symmetric, becomes diagonal; the columns of {@code v} become
     * its eigenvectors, by ascending value.
     */
    public static double[] eigh(double[] a, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            v[i * n + i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            double all = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    all += a[i * n + j] * a[i * n + j];
                    off += i == j ? 0 : a[i * n + j] * a[i * n + j];
                }
            }
            if (off <= 1e-30 * all) {
                break;
            }
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, n, p, q);
                }
            }
        }
        var values = new double[n];
        Arrays.setAll(values, i -> a[i * n + i]);
        var order = sorted(values);
        var vectors = v.clone();
        var ascending = new double[n];
        for (int j = 0; j < n; j++) {
            ascending[j] = values[order[j]];
            for (int i = 0; i < n; i++) {
                v[i * n + j] = vectors[i * n + order[j]];
            }
        }
        return ascending;
    }

    private static void rotate(double[] a, double[] v, int n, int p, int q) {
        double apq = a[p * n + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < n; k++) {
            double x = a[k * n + p];
            double y = a[k * n + q];
            a[k * n + p] = c * x - s * y;
            a[k * n + q] = s * x + c * y;
        }
        for (int k = 0; k < n; k++) {
            double x = a[p * n + k];
            double y = a[q * n + k];
            a[p * n + k] = c * x - s * y;
            a[q * n + k] = s * x + c * y;
        }
        for (int k = 0; k < n; k++) {
            double x = v[k * n + p];
            double y = v[k * n + q];
            v[k * n + p] = c * x - s * y;
            v[k * n + q] = s * x + c * y;
        }
    }

    private static int[] sorted(double[] values) {
        return java.util.stream.IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[i], values[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * One-sided Jacobi rotations of an m x n matrix with m >= n: its columns become U times the
     * singular values, those of {@code v} V.
     *
     * @return the singular values, largest first; {@code u} holds the columns of U in the same
     *     order
     */
    public static double[] svd(double[] u, double[] v, int m, int n) {
        for (int i = 0; i < n; i++) {
            v[i * n + i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean done = true;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double alpha = 0;
                    double beta = 0;
                    double gamma = 0;
                    for (int i = 0; i < m; i++) {
                        alpha += u[i * n + p] * u[i * n + p];
                        beta += u[i * n + q] * u[i * n + q];
                        gamma += u[i * n + p] * u[i * n + q];
                    }
                    if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta) || gamma == 0) {
                        continue;
                    }
                    done = false;
                    double zeta = (beta - alpha) / (2 * gamma);
                    double t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
                    double c = 1 / Math.sqrt(1 + t * t);
                    columns(u, m, n, p, q, c, c * t);
                    columns(v, n, n, p, q, c, c * t);
                }
            }
            if (done) {
                break;
            }
        }
        var negated = new double[n];
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < m; i++) {
                sum += u[i * n + j] * u[i * n + j];
            }
            negated[j] = -Math.sqrt(sum);
        }
        var order = sorted(negated);
        var left = u.clone();
        var right = v.clone();
        var values = new double[n];
        for (int j = 0; j < n; j++) {
            values[j] = -negated[order[j]];
            for (int i = 0; i < m; i++) {
                u[i * n + j] = values[j] == 0 ? 0 : left[i * n + order[j]] / values[j];
            }
            for (int i = 0; i < n; i++) {
                v[i * n + j] = right[i * n + order[j]];
            }
        }
        return values;
    }

    private static void columns(double[] a, int rows, int n, int p, int q, double c, double s) {
        for (int i = 0; i < rows; i++) {
            double x = a[i * n + p];
            double y = a[i * n + q];
            a[i * n + p] = c * x - s * y;
            a[i * n + q] = s * x + c * y;
        }
    }
}
