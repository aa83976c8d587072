package sungu.strings;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hashes of byte strings that TensorFlow uses, bit for bit: stable from run to run and between
 * machines, so that a model finds its buckets again.
 */
public final class Fingerprints {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long K0 = 0xc3a5c85c97cb3127L;
    private static final long K1 = 0xb492b66fbe98f273L;
    private static final long K2 = 0x9ae16a3b2f90404fL;

    private Fingerprints() {}

    /** FarmHash Fingerprint64: the hash of {@code toHashBucketFast} and of vocabulary tables. */
    public static long farm(byte[] s) {
        int n = s.length;
        if (n <= 16) {
            return upTo16(s, n);
        }
        return n <= 32 ? upTo32(s, n) : n <= 64 ? upTo64(s, n) : farmLong(s, n);
    }

    private static long upTo16(byte[] s, int n) {
        long mul = K2 + 2L * n;
        if (n >= 8) {
            long a = word(s, 0) + K2;
            long b = word(s, n - 8);
            long c = Long.rotateRight(b, 37) * mul + a;
            long d = (Long.rotateRight(a, 25) + b) * mul;
            return fold(c, d, mul);
        }
        if (n >= 4) {
            return fold(n + (half(s, 0) << 3), half(s, n - 4), mul);
        }
        if (n == 0) {
            return K2;
        }
        int y = (s[0] & 0xff) + ((s[n >> 1] & 0xff) << 8);
        int z = n + ((s[n - 1] & 0xff) << 2);
        return shift(y * K2 ^ z * K0) * K2;
    }

    private static long upTo32(byte[] s, int n) {
        long mul = K2 + 2L * n;
        long a = word(s, 0) * K1;
        long b = word(s, 8);
        long c = word(s, n - 8) * mul;
        long d = word(s, n - 16) * K2;
        return fold(
                Long.rotateRight(a + b, 43) + Long.rotateRight(c, 30) + d,
                a + Long.rotateRight(b + K2, 18) + c,
                mul);
    }

    private static long upTo64(byte[] s, int n) {
        long mul = K2 + 2L * n;
        long a = word(s, 0) * K2;
        long b = word(s, 8);
        long c = word(s, n - 8) * mul;
        long d = word(s, n - 16) * K2;
        long y = Long.rotateRight(a + b, 43) + Long.rotateRight(c, 30) + d;
        long z = fold(y, a + Long.rotateRight(b + K2, 18) + c, mul);
        long e = word(s, 16) * mul;
        long f = word(s, 24);
        long g = (y + word(s, n - 32)) * mul;
        long h = (z + word(s, n - 24)) * mul;
        return fold(
                Long.rotateRight(e + f, 43) + Long.rotateRight(g, 30) + h,
                e + Long.rotateRight(f + a, 18) + g,
                mul);
    }

    /** Blocks of 64 bytes, the last of which overlaps the one before. */
    private static long farmLong(byte[] s, int n) {
        var state = new State();
        long seed = 81;
        state.x = seed * K2 + word(s, 0);
        state.y = seed * K1 + 113;
        state.z = shift(state.y * K2 + 113) * K2;
        int blocks = (n - 1) / 64;
        for (int i = 0; i < blocks; i++) {
            state.block(s, 64 * i, K1, 1);
        }
        long mul = K1 + ((state.z & 0xff) << 1);
        state.w1 += (n - 1) & 63;
        state.v1 += state.w1;
        state.w1 += state.v1;
        state.block(s, n - 64, mul, 9);
        return fold(
                fold(state.v1, state.w1, mul) + shift(state.y) * K0 + state.z,
                fold(state.v2, state.w2, mul) + state.x,
                mul);
    }

    private static final class State {
        private long x;
        private long y;
        private long z;
        private long v1;
        private long v2;
        private long w1;
        private long w2;

        void block(byte[] s, int at, long mul, long weight) {
            x = Long.rotateRight(x + y + v1 + word(s, at + 8), 37) * mul;
            y = Long.rotateRight(y + v2 + word(s, at + 48), 42) * mul;
            x ^= w2 * weight;
            y += v1 * weight + word(s, at + 40);
            z = Long.rotateRight(z + w1, 33) * mul;

            long a = v2 * mul + word(s, at);
            long b = Long.rotateRight(x + w1 + a + word(s, at + 24), 21);
            long c = a + word(s, at + 8) + word(s, at + 16);
            v2 = b + Long.rotateRight(c, 44) + a;
            v1 = c + word(s, at + 24);

            a = z + w2 + word(s, at + 32);
            b = Long.rotateRight(y + word(s, at + 16) + a + word(s, at + 56), 21);
            c = a + word(s, at + 40) + word(s, at + 48);
            w2 = b + Long.rotateRight(c, 44) + a;
            w1 = c + word(s, at + 56);

            long swap = z;
            z = x;
            x = swap;
        }
    }

    /** MurmurHash64A with TensorFlow's seed: the hash of {@code toHashBucket}. */
    public static long murmur(byte[] s) {
        long m = 0xc6a4a7935bd1e995L;
        int n = s.length;
        long h = 0xDECAFCAFFEL ^ n * m;
        int at = 0;
        for (; at + 8 <= n; at += 8) {
            long k = word(s, at) * m;
            h = (h ^ (k ^ k >>> 47) * m) * m;
        }
        if (at < n) {
            h = (h ^ tail(s, at)) * m;
        }
        h = (h ^ h >>> 47) * m;
        return h ^ h >>> 47;
    }

    /** SipHash-2-4 under a key that makes collisions hard to find: {@code toHashBucketStrong}. */
    public static long sip(long key0, long key1, byte[] s) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int words = s.length / 8;
        for (int i = 0; i <= words + 1; i++) {
            boolean end = i > words;
            long m =
                    i < words
                            ? word(s, 8 * i)
                            : end ? 0 : tail(s, 8 * words) | (long) s.length << 56;
            v3 ^= m;
            v2 ^= end ? 0xff : 0;
            for (int round = end ? 4 : 2; round > 0; round--) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long fold(long u, long v, long mul) {
        long a = (u ^ v) * mul;
        a ^= a >>> 47;
        long b = (v ^ a) * mul;
        b ^= b >>> 47;
        return b * mul;
    }

    private static long shift(long v) {
        return v ^ v >>> 47;
    }

    private static long word(byte[] s, int at) {
        return (long) LONGS.get(s, at);
    }

    private static long half(byte[] s, int at) {
        return Integer.toUnsignedLong((int) INTS.get(s, at));
    }

    /** The less than eight bytes from a position on, the first one lowest. */
    private static long tail(byte[] s, int at) {
        long out = 0;
        for (int i = s.length - 1; i >= at; i--) {
            out = out << 8 | s[i] & 0xff;
        }
        return out;
    }
}
