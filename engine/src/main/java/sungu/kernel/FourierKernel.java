package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;

/**
 * Discrete Fourier transforms: radix 2 for powers of 2, else Bluestein's chirp transform, in double
 * precision.
 */
public final class FourierKernel {
    private FourierKernel() {}

    /** Transforms each row of complex numbers. */
    public static void transform(HostTensor x, HostTensor y, boolean inverse) {
        int n = x.shape().dim(-1);
        if (x.size() == 0) {
            return;
        }
        int rows = x.size() / n;
        boolean wide = x.dtype() == DType.COMPLEX128;
        Parallel.loop(
                rows,
                Math.max(1, 65536 / (n + 1)),
                (from, to) -> {
                    var re = new double[n];
                    var im = new double[n];
                    for (int row = from; row < to; row++) {
                        int offset = 2 * row * n;
                        for (int i = 0; i < n; i++) {
                            re[i] =
                                    wide
                                            ? ((double[]) x.array())[offset + 2 * i]
                                            : ((float[]) x.array())[offset + 2 * i];
                            im[i] =
                                    wide
                                            ? ((double[]) x.array())[offset + 2 * i + 1]
                                            : ((float[]) x.array())[offset + 2 * i + 1];
                        }
                        transform(re, im, inverse);
                        for (int i = 0; i < n; i++) {
                            if (wide) {
                                ((double[]) y.array())[offset + 2 * i] = re[i];
                                ((double[]) y.array())[offset + 2 * i + 1] = im[i];
                            } else {
                                ((float[]) y.array())[offset + 2 * i] = (float) re[i];
                                ((float[]) y.array())[offset + 2 * i + 1] = (float) im[i];
                            }
                        }
                    }
                });
    }

    private static void transform(double[] re, double[] im, boolean inverse) {
        if (Integer.bitCount(re.length) == 1) {
            powerOfTwo(re, im, inverse);
        } else {
            chirp(re, im, inverse);
        }
    }

    private static void powerOfTwo(double[] re, double[] im, boolean inverse) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double t = re[i];
                re[i] = re[j];
                re[j] = t;
                t = im[i];
                im[i] = im[j];
                im[j] = t;
            }
        }
        for (int size = 2; size <= n; size *= 2) {
            int half = size / 2;
            for (int k = 0; k < half; k++) {
                double angle = (inverse ? 2 : -2) * Math.PI * k / size;
                double c = Math.cos(angle);
                double s = Math.sin(angle);
                for (int start = k; start < n; start += size) {
                    int other = start + half;
                    double p = re[other] * c - im[other] * s;
                    double q = re[other] * s + im[other] * c;
                    re[other] = re[start] - p;
                    im[other] = im[start] - q;
                    re[start] += p;
                    im[start] += q;
                }
            }
        }
    }

    /**
     * Bluestein 1970: jk = (j^2 + k^2 - (k - j)^2) / 2 makes the transform a convolution, done with
     * powers of 2.
     */
    private static void chirp(double[] re, double[] im, boolean inverse) {
        int n = re.length;
        int m = Integer.highestOneBit(2 * n) * 2;
        var cos = new double[n];
        var sin = new double[n];
        for (int i = 0; i < n; i++) {
            double angle = (inverse ? 1 : -1) * Math.PI * ((long) i * i % (2L * n)) / n;
            cos[i] = Math.cos(angle);
            sin[i] = Math.sin(angle);
        }
        var aRe = new double[m];
        var aIm = new double[m];
        var bRe = new double[m];
        var bIm = new double[m];
        for (int i = 0; i < n; i++) {
            aRe[i] = re[i] * cos[i] - im[i] * sin[i];
            aIm[i] = re[i] * sin[i] + im[i] * cos[i];
            bRe[i] = cos[i];
            bIm[i] = -sin[i];
            if (i > 0) {
                bRe[m - i] = cos[i];
                bIm[m - i] = -sin[i];
            }
        }
        powerOfTwo(aRe, aIm, false);
        powerOfTwo(bRe, bIm, false);
        for (int i = 0; i < m; i++) {
            double p = aRe[i] * bRe[i] - aIm[i] * bIm[i];
            aIm[i] = aRe[i] * bIm[i] + aIm[i] * bRe[i];
            aRe[i] = p;
        }
        powerOfTwo(aRe, aIm, true);
        for (int i = 0; i < n; i++) {
            double p = aRe[i] / m;
            double q = aIm[i] / m;
            re[i] = p * cos[i] - q * sin[i];
            im[i] = p * sin[i] + q * cos[i];
        }
    }
}
