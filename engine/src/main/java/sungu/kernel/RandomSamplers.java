package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.SmallFloats;

/**
 * Random numbers that take a varying number of draws: gamma, binomial, Poisson and categorical
 * ones, with the algorithms and the order of draws of TensorFlow's stateless kernels on the CPU, so
 * that the same seed gives the same values.
 *
 * <p>Parameters are given per trailing element ("batch") of the result; element {@code s * batches
 * + b} is sample {@code s} of batch {@code b}, and draws from the stretch of the stream numbered
 * {@code b * samples + s}, as in TensorFlow.
 */
public final class RandomSamplers {
    private static final int CHUNK = 256;

    /** Groups that TensorFlow sets aside for a binomial number found by inversion. */
    private static final int RESERVED_INVERSION = 42;

    /**
     * Corrections of Stirling's formula for 0 to 9: log k! less its approximation, from Hormann
     * (1993).
     */
    private static final double[] STIRLING_TAIL = {
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
                0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273,
                0.00833056343336287
    };

    private RandomSamplers() {}

    private interface Sampler {
        /** One sample of a batch, from the stretch of the stream with a number. */
        double sample(int batch, long stretch);
    }

    private static void fill(HostTensor out, int batches, Sampler sampler) {
        int n = out.size();
        int samples = n / batches;
        Parallel.loop(
                n,
                CHUNK,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int batch = i / samples;
                        int sample = i % samples;
                        Numbers.put(
                                out.dtype(),
                                out.array(),
                                sample * batches + batch,
                                sampler.sample(batch, i));
                    }
                });
    }

    /**
     * Gamma numbers of rate 1 by the method of G. Marsaglia and W. Tsang, "A simple method for
     * generating gamma variables" (2000).
     *
     * @param alpha the shape parameters, one for each trailing element of {@code out}
     */
    public static void gamma(Philox stream, HostTensor alpha, HostTensor out) {
        fill(
                out,
                alpha.size(),
                (batch, stretch) ->
                        gamma(alpha.number(batch), stream.at(RandomKernels.RESERVED * stretch)));
    }

    private static double gamma(double alpha, Philox stream) {
        var uniforms = new Doubles(stream, false);
        if (alpha == 1) {
            return -Math.log1p(-uniforms.next());
        }
        var normals = new Doubles(stream, true);
        boolean small = alpha < 1;
        // A shape below 1 is raised by one, and the result brought back by a power of one more
        // uniform number.
        double d = alpha + (small ? 2.0 / 3 : -1.0 / 3);
        double c = 1.0 / 3 / Math.sqrt(d);
        if (!(c > 0)) {
            // Infinite, NaN or negative: TensorFlow does not come back.
            return alpha == Double.POSITIVE_INFINITY ? alpha : Double.NaN;
        }
        while (true) {
            double x = normals.next();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double u = uniforms.next();
            if (u < 1 - 0.0331 * (x * x) * (x * x)
                    || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
                return small ? d * v * Math.pow(uniforms.next(), 1 / alpha) : d * v;
            }
        }
    }

    /**
     * Binomial numbers: by inversion where fewer than 10 successes (or failures) are expected, else
     * by the rejection method BTRS of W. Hormann, "The generation of binomial random variates"
     * (1993).
     *
     * @param counts the numbers of trials, one for each trailing element of {@code out}
     * @param probabilities the probabilities of success, as many and of the same dtype
     */
    public static void binomial(
            Philox stream, HostTensor counts, HostTensor probabilities, HostTensor out) {
        var dtype = counts.dtype();
        fill(
                out,
                counts.size(),
                (batch, stretch) -> {
                    double count = counts.number(batch);
                    double probability = probabilities.number(batch);
                    if (count <= 0 || probability <= 0) {
                        return 0;
                    } else if (probability >= 1) {
                        return count;
                    } else if (probability <= 0.5) {
                        return successes(stream, dtype, count, probability, stretch);
                    } else if (probability > 0.5) {
                        return count
                                - successes(
                                        stream,
                                        dtype,
                                        count,
                                        round(dtype, 1 - probability),
                                        stretch);
                    }
                    return Double.NaN;
                });
    }

    /** A value rounded to the dtype of the parameters, in which TensorFlow compares. */
    private static double round(DType dtype, double value) {
        return switch (dtype) {
            case FLOAT64 -> value;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case BFLOAT16 -> SmallFloats.fromBfloat16(SmallFloats.toBfloat16((float) value));
            default -> (float) value;
        };
    }

    private static double successes(
            Philox stream, DType dtype, double count, double probability, long stretch) {
        return round(dtype, count * probability) >= 10
                ? rejection(
                        count,
                        probability,
                        new Doubles(stream.at(RandomKernels.RESERVED * stretch), false))
                : inversion(
                        count,
                        probability,
                        new Doubles(stream.at(RESERVED_INVERSION * stretch), false));
    }

    private static double inversion(double count, double probability, Doubles uniforms) {
        double sum = 0;
        for (int number = 0; ; number++) {
            sum += Math.ceil(Math.log(uniforms.next()) / Math.log1p(-probability));
            if (!(sum <= count)) {
                return number;
            }
        }
    }

    private static double rejection(double count, double probability, Doubles uniforms) {
        double deviation = Math.sqrt(count * probability * (1 - probability));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * probability;
        double c = count * probability + 0.5;
        double tight = 0.92 - 4.2 / b;
        double odds = probability / (1 - probability);
        double alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.floor((count + 1) * probability);
        while (true) {
            double u = uniforms.next() - 0.5;
            double v = uniforms.next();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + c);
            if (us >= 0.07 && v <= tight) {
                return k;
            }
            if (k < 0 || k > count) {
                continue;
            }
            double bound =
                    (mode + 0.5) * Math.log((mode + 1) / (odds * (count - mode + 1)))
                            + (count + 1) * Math.log((count - mode + 1) / (count - k + 1))
                            + (k + 0.5) * Math.log(odds * (count - k + 1) / (k + 1))
                            + (stirlingTail(mode)
                                    + stirlingTail(count - mode)
                                    - stirlingTail(k)
                                    - stirlingTail(count - k));
            if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) {
                return k;
            }
        }
    }

    private static double stirlingTail(double k) {
        if (k <= 9) {
            return STIRLING_TAIL[(int) k];
        }
        double square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }

    /**
     * Poisson numbers: by D. Knuth's product of uniform numbers for rates below 10, else by the
     * rejection method PTRS of W. Hormann, "The transformed rejection method for generating Poisson
     * random variables" (1993).
     *
     * @param rates the expected values, one for each trailing element of {@code out}
     */
    public static void poisson(Philox stream, HostTensor rates, HostTensor out) {
        fill(
                out,
                rates.size(),
                (batch, stretch) -> {
                    double rate = rates.number(batch);
                    var uniforms = new Doubles(stream.at(RandomKernels.RESERVED * stretch), false);
                    return rate < 10 ? product(rate, uniforms) : rejection(rate, uniforms);
                });
    }

    private static double product(double rate, Doubles uniforms) {
        double least = Math.exp(-rate);
        double product = 1;
        for (int number = 0; ; number++) {
            product *= uniforms.next();
            if (product <= least) {
                return number;
            }
        }
    }

    private static double rejection(double rate, Doubles uniforms) {
        if (!(rate < Double.POSITIVE_INFINITY)) {
            // TensorFlow does not come back.
            return rate;
        }
        double logRate = Math.log(rate);
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        while (true) {
            double u = uniforms.next() - 0.5;
            double v = uniforms.next();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) {
                return k;
            }
            if (k < 0 || (us < 0.013 && v > us)) {
                continue;
            }
            if (Math.log(v * inverseAlpha / (a / (us * us) + b))
                    <= -rate + k * logRate - GammaFunctions.lgamma(k + 1)) {
                return k;
            }
        }
    }

    /**
     * Class numbers drawn with probabilities proportional to exp(logits), by search in the
     * cumulative sums. The rows take their draws one after the other from one stream. (TensorFlow
     * does so too unless it spreads many rows over threads, where the values of later rows depend
     * on the number of threads.)
     *
     * @param logits a matrix of rows of classes
     * @param out a matrix of int32 or int64 with as many rows
     */
    public static void categorical(Philox stream, HostTensor logits, HostTensor out) {
        int classes = logits.shape().dim(1);
        int samples = out.shape().dim(1);
        var words = new RandomKernels.Words(stream.copy());
        var sums = new double[classes];
        for (int row = 0; row < logits.shape().dim(0); row++) {
            double largest = -Double.MAX_VALUE;
            for (int i = 0; i < classes; i++) {
                double logit = logits.number(row * classes + i);
                if (Double.isFinite(logit)) {
                    largest = Math.max(largest, logit);
                }
            }
            double total = 0;
            for (int i = 0; i < classes; i++) {
                double logit = logits.number(row * classes + i);
                if (Double.isFinite(logit)) {
                    total += Math.exp(logit - largest);
                }
                sums[i] = total;
            }
            for (int sample = 0; sample < samples; sample++) {
                double wanted = RandomKernels.toDouble(words.next(), words.next()) * total;
                Numbers.put(out.dtype(), out.array(), row * samples + sample, above(sums, wanted));
            }
        }
    }

    /** The first index whose sum is above a value. */
    private static int above(double[] sums, double wanted) {
        int low = 0;
        int high = sums.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (wanted < sums[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Uniform or normal doubles, made two at a time and handed out last first, as TensorFlow does.
     */
    private static final class Doubles {
        private final Philox stream;
        private final boolean normal;
        private final int[] words = new int[4];
        private final double[] pair = new double[2];
        private int left;

        Doubles(Philox stream, boolean normal) {
            this.stream = stream;
            this.normal = normal;
        }

        double next() {
            if (left == 0) {
                stream.next(words);
                if (normal) {
                    RandomKernels.boxMuller(words[0], words[1], words[2], words[3], pair);
                } else {
                    pair[0] = RandomKernels.toDouble(words[0], words[1]);
                    pair[1] = RandomKernels.toDouble(words[2], words[3]);
                }
                left = 2;
            }
            return pair[--left];
        }
    }
}
