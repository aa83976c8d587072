package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.SmallFloats;

/**
 * Random bits, uniform and normal numbers as TensorFlow's stateless kernels on the CPU make them:
 * integers and uniform numbers bit for bit, normal ones up to the rounding of log, sin and cos.
 * Groups of results have counters of their own, so that any part can be made by itself and threads
 * do not change a value.
 *
 * <p>Arrays are those of {@link DType#storage}; {@code n} is the number of elements to fill, from
 * the first.
 */
public final class RandomKernels {
    private static final int CHUNK = 1 << 13;

    /** Words that TensorFlow sets aside for each result that takes a varying number of them. */
    static final int RESERVED = 256;

    private static final float SMALLEST_FLOAT = 1e-7f;
    private static final double SMALLEST_DOUBLE = 1e-7;
    private static final double TWO_PI = 2 * Math.PI;

    private RandomKernels() {}

    /** Fills with integers that use all bits of the type: int32, uint32, int64 or uint64. */
    public static void bits(Philox stream, DType dtype, Object out, int n) {
        switch (dtype) {
            case INT32, UINT32 ->
                    groups(
                            stream,
                            4,
                            n,
                            (words, at, count) -> System.arraycopy(words, 0, out, at, count));
            case INT64, UINT64 ->
                    groups(
                            stream,
                            2,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    ((long[]) out)[at + i] =
                                            Philox.join(words[2 * i], words[2 * i + 1]);
                                }
                            });
            default -> throw new IllegalArgumentException("no random bits of type " + dtype);
        }
    }

    /**
     * Fills with int32 or int64 from {@code min} to below {@code max}: the remainder of random bits
     * by the length of the range, which favours small values a little, as TensorFlow does.
     */
    public static void integers(Philox stream, DType dtype, long min, long max, Object out, int n) {
        long range = max - min;
        switch (dtype) {
            case INT32, UINT32 ->
                    groups(
                            stream,
                            4,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    ((int[]) out)[at + i] =
                                            (int) min
                                                    + Integer.remainderUnsigned(
                                                            words[i], (int) range);
                                }
                            });
            case INT64, UINT64 ->
                    groups(
                            stream,
                            2,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    ((long[]) out)[at + i] =
                                            min
                                                    + Long.remainderUnsigned(
                                                            Philox.join(
                                                                    words[2 * i], words[2 * i + 1]),
                                                            range);
                                }
                            });
            default -> throw new IllegalArgumentException("no random integers of type " + dtype);
        }
    }

    /**
     * Fills with floating-point numbers from 0 to below 1: random mantissas between 1 and 2, less
     * 1.
     */
    public static void uniform(Philox stream, DType dtype, Object out, int n) {
        switch (dtype) {
            case FLOAT16 ->
                    groups(
                            stream,
                            4,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    float value =
                                            Float.float16ToFloat(
                                                            (short) (0x3C00 | (words[i] & 0x3FF)))
                                                    - 1;
                                    ((short[]) out)[at + i] = Float.floatToFloat16(value);
                                }
                            });
            case BFLOAT16 ->
                    groups(
                            stream,
                            4,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    float value =
                                            SmallFloats.fromBfloat16(
                                                            (short) (0x3F80 | (words[i] & 0x7F)))
                                                    - 1;
                                    ((short[]) out)[at + i] = SmallFloats.toBfloat16(value);
                                }
                            });
            case FLOAT32 -> new UniformFloats().fill(stream, (float[]) out, n);
            case FLOAT64 ->
                    groups(
                            stream,
                            2,
                            n,
                            (words, at, count) -> {
                                for (int i = 0; i < count; i++) {
                                    ((double[]) out)[at + i] =
                                            toDouble(words[2 * i], words[2 * i + 1]);
                                }
                            });
            default -> throw new IllegalArgumentException("no uniform numbers of type " + dtype);
        }
    }

    /**
     * Fills with normal numbers of mean 0 and deviation 1, by the method of G. Box and M. Muller
     * (1958).
     */
    public static void normal(Philox stream, DType dtype, Object out, int n) {
        if (dtype == DType.FLOAT64) {
            groups(
                    stream,
                    2,
                    n,
                    (words, at, count) -> {
                        var pair = new double[2];
                        for (int i = 0; i < count; i += 2) {
                            int w = 2 * i;
                            boxMuller(words[w], words[w + 1], words[w + 2], words[w + 3], pair);
                            System.arraycopy(pair, 0, out, at + i, Math.min(2, count - i));
                        }
                    });
            return;
        }
        requireFloating(dtype);
        groups(
                stream,
                4,
                n,
                (words, at, count) -> {
                    var pair = new float[2];
                    for (int i = 0; i < count; i += 2) {
                        boxMuller(words[i], words[i + 1], pair, 0);
                        Blocks.store(dtype, pair, out, at + i, Math.min(2, count - i));
                    }
                });
    }

    /**
     * Fills with normal numbers of mean 0 and deviation 1, drawn again where they lie 2 or more
     * from 0.
     */
    public static void truncatedNormal(Philox stream, DType dtype, Object out, int n) {
        requireFloating(dtype);
        boolean wide = dtype == DType.FLOAT64;
        int size = wide ? 2 : 4;
        int groups = (n + size - 1) / size;
        Parallel.loop(
                groups,
                CHUNK / size,
                (from, to) -> {
                    var results = new double[6];
                    var floats = new float[4];
                    for (int group = from; group < to; group++) {
                        // Each group has a stretch of the stream to itself.
                        var words = new Words(stream.at((long) group * size * RESERVED / 4));
                        truncatedGroup(words, wide, size, results);
                        int count = Math.min(size, n - group * size);
                        if (wide) {
                            System.arraycopy(results, 0, out, group * size, count);
                        } else {
                            for (int i = 0; i < size; i++) {
                                floats[i] = (float) results[i];
                            }
                            Blocks.store(dtype, floats, out, group * size, count);
                        }
                    }
                });
    }

    private static void truncatedGroup(Words words, boolean wide, int size, double[] results) {
        var pair = new double[2];
        var floats = new float[2];
        for (int filled = 0; filled < size; ) {
            if (wide) {
                boxMuller(words.next(), words.next(), words.next(), words.next(), pair);
            } else {
                boxMuller(words.next(), words.next(), floats, 0);
                pair[0] = floats[0];
                pair[1] = floats[1];
            }
            for (int i = 0; i < 2; i++) {
                if (Math.abs(pair[i]) < 2) {
                    results[filled++] = pair[i];
                }
            }
        }
    }

    /** A float from 0 to below 1 with the low 23 bits of a word behind the point. */
    static float toFloat(int word) {
        return (word & 0x7F_FFFF) * 0x1p-23f;
    }

    /**
     * A double from 0 to below 1 with the low 20 bits of one word and all of another as its
     * mantissa.
     */
    static double toDouble(int first, int second) {
        return Double.longBitsToDouble(
                        0x3FF0_0000_0000_0000L
                                | (long) (first & 0xF_FFFF) << 32
                                | (second & 0xFFFF_FFFFL))
                - 1;
    }

    private static void boxMuller(int first, int second, float[] out, int at) {
        float uniform = Math.max(toFloat(first), SMALLEST_FLOAT);
        float angle = (float) (TWO_PI * toFloat(second));
        float radius = (float) Math.sqrt(-2f * (float) Math.log(uniform));
        out[at] = (float) Math.sin(angle) * radius;
        out[at + 1] = (float) Math.cos(angle) * radius;
    }

    static void boxMuller(int w0, int w1, int w2, int w3, double[] out) {
        double uniform = Math.max(toDouble(w0, w1), SMALLEST_DOUBLE);
        double angle = TWO_PI * toDouble(w2, w3);
        double radius = Math.sqrt(-2 * Math.log(uniform));
        out[0] = Math.sin(angle) * radius;
        out[1] = Math.cos(angle) * radius;
    }

    private static void requireFloating(DType dtype) {
        if (dtype != DType.FLOAT64
                && dtype != DType.FLOAT32
                && dtype != DType.FLOAT16
                && dtype != DType.BFLOAT16) {
            throw new IllegalArgumentException("no normal numbers of type " + dtype);
        }
    }

    private interface Group {
        /** Makes {@code count} results, stored from {@code at}, of words that follow each other. */
        void fill(int[] words, int at, int count);
    }

    private static void groups(Philox stream, int size, int n, Group group) {
        int groups = (n + size - 1) / size;
        int chunk = CHUNK / size;
        if (groups <= chunk) {
            part(stream, size, n, group, 0, groups);
        } else {
            Parallel.loop(groups, chunk, (from, to) -> part(stream, size, n, group, from, to));
        }
    }

    private static void part(Philox stream, int size, int n, Group group, int from, int to) {
        var part = stream.at(from);
        var scratch = Scratch.take();
        int most = Scratch.BLOCK / 4;
        for (int i = from; i < to; i += most) {
            int count = Math.min(most, to - i);
            part.fill(scratch, scratch.ints0, count);
            group.fill(scratch.ints0, i * size, Math.min(count * size, n - i * size));
        }
        scratch.give();
    }

    /** A stream word by word. */
    static final class Words {
        private final Philox stream;
        private final int[] words = new int[4];
        private int used = 4;

        Words(Philox stream) {
            this.stream = stream;
        }

        int next() {
            if (used == 4) {
                stream.next(words);
                used = 0;
            }
            return words[used++];
        }
    }
}
