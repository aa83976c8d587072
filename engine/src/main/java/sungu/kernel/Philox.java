package sungu.kernel;

/**
 * The counter-based generator Philox4x32-10 of J. Salmon, M. Moraes, R. Dror and D. Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3" (2011): 128 random bits for every counter of 128 bits under a
 * key of 64, in TensorFlow's order.
 *
 * <p>Not safe for use by several threads: each takes a {@link #copy} and skips to its part of the
 * stream.
 */
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    /** The key under which TensorFlow's stateless operations mix a seed pair. */
    private static final long SCRAMBLING_KEY = 0x02461E29_3EC8F720L;

    private long key;
    private long low;
    private long high;

    /**
     * A stream.
     *
     * @param key the key, its first word in the low half
     * @param low the first two words of the counter, the first in the low half
     * @param high the last two words of the counter
     */
    public Philox(long key, long low, long high) {
        this.key = key;
        this.low = low;
        this.high = high;
    }

    /**
     * The stream of a seed pair in TensorFlow's stateless operations ({@code
     * StatelessRandomGetKeyCounter}): the pair, as a counter, is mixed under a fixed key, and the
     * four words that come out are the key and the upper half of the counter.
     */
    public static Philox ofSeed(long seed0, long seed1) {
        var stream = new Philox(SCRAMBLING_KEY, seed0, seed1);
        stream.seed(seed0, seed1);
        return stream;
    }

    /** Goes to the beginning of {@link #ofSeed} of a seed pair. */
    public void seed(long seed0, long seed1) {
        var scratch = Scratch.take();
        var mixed = scratch.ints0;
        key = SCRAMBLING_KEY;
        low = seed0;
        high = seed1;
        next(mixed);
        key = join(mixed[0], mixed[1]);
        low = 0;
        high = join(mixed[2], mixed[3]);
        scratch.give();
    }

    /** Goes to where another stream is. */
    void set(Philox other) {
        key = other.key;
        low = other.low;
        high = other.high;
    }

    /** The key, its first word in the low half. */
    public long key() {
        return key;
    }

    /** The first two words of the counter. */
    public long low() {
        return low;
    }

    /** The last two words of the counter. */
    public long high() {
        return high;
    }

    /** A stream of its own that starts where this one is. */
    public Philox copy() {
        return new Philox(key, low, high);
    }

    /** A stream of its own that starts {@code groups} groups of 128 bits further on. */
    public Philox at(long groups) {
        var stream = copy();
        stream.skip(groups);
        return stream;
    }

    /** Leaves out that many groups of 128 bits. */
    public void skip(long groups) {
        low += groups;
        if (Long.compareUnsigned(low, groups) < 0) {
            high++;
        }
    }

    /** Writes the next four words. */
    public void next(int[] words) {
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < 10; round++) {
            long product0 = MULTIPLIER_0 * (c0 & 0xFFFF_FFFFL);
            long product1 = MULTIPLIER_1 * (c2 & 0xFFFF_FFFFL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
        if (++low == 0) {
            high++;
        }
    }

    /**
     * Writes the next groups of four words, one behind the other. Two words share a long, and each
     * round is a loop over all groups: so HotSpot vectorises them.
     */
    void fill(Scratch scratch, int[] words, int groups) {
        long[] x = scratch.longs0;
        long[] y = scratch.longs1;
        for (int i = 0; i < groups; i++) {
            x[i] = low;
            y[i] = high;
            if (++low == 0) {
                high++;
            }
        }
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int i = 0; i < 10; i++) {
            round(x, y, k0 & WORD, k1 & WORD, groups);
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        for (int i = 0; i < groups; i++) {
            words[4 * i] = (int) x[i];
            words[4 * i + 1] = (int) (x[i] >>> 32);
            words[4 * i + 2] = (int) y[i];
            words[4 * i + 3] = (int) (y[i] >>> 32);
        }
    }

    private static void round(long[] x, long[] y, long k0, long k1, int n) {
        for (int i = 0; i < n; i++) {
            long product0 = MULTIPLIER_0 * (x[i] & WORD);
            long product1 = MULTIPLIER_1 * (y[i] & WORD);
            x[i] = Long.rotateLeft(product1, 32) ^ (x[i] >>> 32) ^ k0;
            y[i] = Long.rotateLeft(product0, 32) ^ (y[i] >>> 32) ^ k1;
        }
    }

    static long join(int first, int second) {
        return (first & 0xFFFF_FFFFL) | (long) second << 32;
    }
}
