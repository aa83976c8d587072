package sungu.kernel;

/**
 * Eigenvalues and eigenvectors of a complex square matrix: Hessenberg form, then QR steps with
 * Wilkinson's shift to a triangle (Golub and Van Loan, Matrix Computations, chapter 7), all by
 * Givens rotations; the vectors by back substitution. Entries are pairs, real part first.
 */
public final class EigenKernel {
    private static final int STEPS_PER_VALUE = 60;

    private final int n;

    /** The matrix, in the end its triangle. */
    private final double[] a;

    /** The product of the rotations. */
    private final double[] u;

    /** Of the current rotation: the cosine, the sine's parts. */
    private double c;

    private double sr;
    private double si;

    /** Works on a matrix of n rows, which is overwritten. */
    public EigenKernel(double[] a, int n) {
        this.a = a;
        this.n = n;
        this.u = new double[2 * n * n];
        for (int i = 0; i < n; i++) {
            u[2 * (i * n + i)] = 1;
        }
    }

    private int at(int row, int column) {
        return 2 * (row * n + column);
    }

    /**
     * Writes the n eigenvalues and, as columns, the eigenvectors: of length 1, their largest entry
     * real and positive. False if the steps do not converge.
     */
    public boolean run(double[] values, double[] vectors) {
        for (int k = 0; k < n - 2; k++) {
            for (int i = k + 2; i < n; i++) {
                zero(k + 1, i, k);
            }
        }
        if (!triangle()) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            values[2 * k] = a[at(k, k)];
            values[2 * k + 1] = a[at(k, k) + 1];
            vector(k, vectors);
        }
        return true;
    }

    /** Turns rows p and q (and the columns back) so that entry (q, column) vanishes. */
    private void zero(int p, int q, int column) {
        rotation(a[at(p, column)], a[at(p, column) + 1], a[at(q, column)], a[at(q, column) + 1]);
        turn(p, q);
        a[at(q, column)] = 0;
        a[at(q, column) + 1] = 0;
    }

    /** The rotation that takes (f, g) to (r, 0). */
    private void rotation(double fr, double fi, double gr, double gi) {
        double f = Math.hypot(fr, fi);
        double g = Math.hypot(gr, gi);
        double norm = Math.hypot(f, g);
        if (g == 0) {
            c = 1;
            sr = 0;
            si = 0;
        } else if (f == 0) {
            c = 0;
            sr = gr / g;
            si = -gi / g;
        } else {
            c = f / norm;
            sr = (fr * gr + fi * gi) / f / norm;
            si = (fi * gr - fr * gi) / f / norm;
        }
    }

    private void turn(int p, int q) {
        for (int j = 0; j < n; j++) {
            turn(a, at(p, j), at(q, j), sr, si);
        }
        for (int i = 0; i < n; i++) {
            turn(a, at(i, p), at(i, q), sr, -si);
            turn(u, at(i, p), at(i, q), sr, -si);
        }
    }

    private void turn(double[] x, int p, int q, double re, double im) {
        double pr = x[p];
        double pi = x[p + 1];
        double qr = x[q];
        double qi = x[q + 1];
        x[p] = c * pr + re * qr - im * qi;
        x[p + 1] = c * pi + re * qi + im * qr;
        x[q] = c * qr - re * pr - im * pi;
        x[q + 1] = c * qi - re * pi + im * pr;
    }

    private double size(int row, int column) {
        return Math.abs(a[at(row, column)]) + Math.abs(a[at(row, column) + 1]);
    }

    private boolean triangle() {
        int steps = 0;
        for (int high = n - 1; high > 0; ) {
            int low = high;
            while (low > 0
                    && size(low, low - 1)
                            > Math.ulp(1.0) * (size(low, low) + size(low - 1, low - 1))) {
                low--;
            }
            if (low > 0) {
                a[at(low, low - 1)] = 0;
                a[at(low, low - 1) + 1] = 0;
            }
            if (low == high) {
                high--;
                steps = 0;
                continue;
            }
            if (++steps > STEPS_PER_VALUE) {
                return false;
            }
            step(low, high, steps % 10 == 0);
        }
        return true;
    }

    /** One implicit QR step on the rows from low to high. */
    private void step(int low, int high, boolean exceptional) {
        double[] shift =
                exceptional
                        ? new double[] {size(high, high - 1) + a[at(high, high)], 0}
                        : shift(high);
        rotation(
                a[at(low, low)] - shift[0],
                a[at(low, low) + 1] - shift[1],
                a[at(low + 1, low)],
                a[at(low + 1, low) + 1]);
        turn(low, low + 1);
        for (int k = low; k < high - 1; k++) {
            zero(k + 1, k + 2, k);
        }
    }

    /** The eigenvalue of the last two rows and columns that is nearer to the last entry. */
    private double[] shift(int high) {
        int p = at(high - 1, high - 1);
        int q = at(high, high);
        int b = at(high - 1, high);
        int d = at(high, high - 1);
        double hr = (a[p] - a[q]) / 2;
        double hi = (a[p + 1] - a[q + 1]) / 2;
        double br = a[b] * a[d] - a[b + 1] * a[d + 1];
        double bi = a[b] * a[d + 1] + a[b + 1] * a[d];
        var root = new double[2];
        ComplexMath.sqrt(hr * hr - hi * hi + br, 2 * hr * hi + bi, root, 0);
        double sign = hr * root[0] + hi * root[1] < 0 ? -1 : 1;
        double wr = hr + sign * root[0];
        double wi = hi + sign * root[1];
        if (wr == 0 && wi == 0) {
            return new double[] {a[q], a[q + 1]};
        }
        var quotient = new double[2];
        ComplexMath.divide(br, bi, wr, wi, quotient, 0);
        return new double[] {a[q] - quotient[0], a[q + 1] - quotient[1]};
    }

    private void vector(int k, double[] vectors) {
        var x = new double[2 * n];
        x[2 * k] = 1;
        double least = Math.ulp(1.0) * Math.max(size(k, k), Double.MIN_NORMAL);
        var quotient = new double[2];
        for (int i = k - 1; i >= 0; i--) {
            double re = 0;
            double im = 0;
            for (int j = i + 1; j <= k; j++) {
                re -= a[at(i, j)] * x[2 * j] - a[at(i, j) + 1] * x[2 * j + 1];
                im -= a[at(i, j)] * x[2 * j + 1] + a[at(i, j) + 1] * x[2 * j];
            }
            double gap = a[at(i, i)] - a[at(k, k)];
            double turn = a[at(i, i) + 1] - a[at(k, k) + 1];
            // Equal eigenvalues may share a vector; a gap of rounding size finds one.
            boolean equal = Math.abs(gap) + Math.abs(turn) < least;
            ComplexMath.divide(re, im, equal ? least : gap, equal ? 0 : turn, quotient, 0);
            x[2 * i] = quotient[0];
            x[2 * i + 1] = quotient[1];
        }
        write(x, k, vectors);
    }

    private void write(double[] x, int k, double[] vectors) {
        double sum = 0;
        double largest = 0;
        double re = 1;
        double im = 0;
        for (int i = 0; i < n; i++) {
            double vr = 0;
            double vi = 0;
            for (int j = 0; j <= k; j++) {
                vr += u[at(i, j)] * x[2 * j] - u[at(i, j) + 1] * x[2 * j + 1];
                vi += u[at(i, j)] * x[2 * j + 1] + u[at(i, j) + 1] * x[2 * j];
            }
            vectors[at(i, k)] = vr;
            vectors[at(i, k) + 1] = vi;
            double square = vr * vr + vi * vi;
            sum += square;
            if (square > largest * (1 + 1e-9)) {
                largest = square;
                re = vr / Math.sqrt(square);
                im = -vi / Math.sqrt(square);
            }
        }
        double norm = Math.sqrt(sum);
        for (int i = 0; i < n; i++) {
            double vr = vectors[at(i, k)] / norm;
            double vi = vectors[at(i, k) + 1] / norm;
            vectors[at(i, k)] = vr * re - vi * im;
            vectors[at(i, k) + 1] = vr * im + vi * re;
        }
    }
}
