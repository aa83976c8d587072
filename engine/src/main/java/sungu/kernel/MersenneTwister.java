package sungu.kernel;

/**
 * The generator MT19937 of M. Matsumoto and T. Nishimura, "Mersenne Twister" (1998), seeded and
 * read as Python's {@code random} module does. Keras draws the seeds of unseeded layers from it
 * after {@code set_random_seed}: {@code random.randint(1, 10**9)}.
 */
public final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /**
     * The generator after Python's {@code random.seed(seed)}; as there, the sign of the seed does
     * not count.
     */
    public MersenneTwister(long seed) {
        // |Long.MIN_VALUE| does not change its bits, which are the right ones as unsigned words.
        long size = Math.abs(seed);
        int high = (int) (size >>> 32);
        initialize(high == 0 ? new int[] {(int) size} : new int[] {(int) size, high});
    }

    private void initialize(int[] key) {
        state[0] = 19650218;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        int j = 0;
        for (int k = Math.max(SIZE, key.length); k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = following(i);
            j = (j + 1) % key.length;
        }
        for (int k = SIZE - 1; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i = following(i);
        }
        state[0] = 0x8000_0000;
    }

    private int following(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    /** The next 32 random bits. */
    public int nextInt() {
        if (next == SIZE) {
            for (int i = 0; i < SIZE; i++) {
                int y = (state[i] & 0x8000_0000) | (state[(i + 1) % SIZE] & 0x7FFF_FFFF);
                state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908_B0DF);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >>> 18);
    }

    /** Python's {@code random.random()}: a double from 0 to below 1 with 53 random bits. */
    public double random() {
        int a = nextInt() >>> 5;
        int b = nextInt() >>> 6;
        return (a * 0x1p26 + b) * 0x1p-53;
    }

    /** Python's {@code random.getrandbits(count)} for 1 to 64 bits, the result unsigned. */
    public long bits(int count) {
        if (count < 1 || count > 64) {
            throw new IllegalArgumentException("bits: takes a count from 1 to 64, got " + count);
        }
        if (count <= 32) {
            return (nextInt() >>> (32 - count)) & 0xFFFF_FFFFL;
        }
        long low = nextInt() & 0xFFFF_FFFFL;
        return low | (long) (nextInt() >>> (64 - count)) << 32;
    }

    /**
     * Python's {@code random.randint(first, last)}: an integer from {@code first} to {@code last},
     * both included.
     */
    public long randint(long first, long last) {
        if (first > last || last - first < 0 || last - first == Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "randint: the range from " + first + " to " + last + " is empty or too long");
        }
        long range = last - first + 1;
        int count = 64 - Long.numberOfLeadingZeros(range);
        long offset = bits(count);
        while (offset >= range) {
            offset = bits(count);
        }
        return first + offset;
    }
}
