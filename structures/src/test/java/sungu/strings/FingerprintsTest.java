package sungu.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/** All branches by length, against TensorFlow 2.21. */
class FingerprintsTest {
    private static final long BUCKETS = 1L << 62;

    private static Tensor repeated(int... lengths) {
        return Tensor.of(Arrays.stream(lengths).mapToObj("a"::repeat).toArray(String[]::new));
    }

    @Test
    void farmHashes() {
        assertArrayEquals(
                new long[] {
                    3694432073954588131L, 3360065502999313129L, 1373008272375474036L,
                    3005736497893877398L, 1507030721935717893L, 3481940567716887985L,
                    3756752071939108419L, 3058527438150226200L, 3476057946412062037L,
                    1281596039326491513L, 3166372076517071988L, 2919849145759673618L,
                    4475744069048419318L, 4345125006625403520L, 886273374978001185L
                },
                Strings.toHashBucketFast(
                                repeated(1, 3, 4, 7, 8, 16, 17, 32, 33, 64, 65, 127, 128, 129, 200),
                                BUCKETS)
                        .toLongs());
    }

    @Test
    void murmurHashes() {
        assertArrayEquals(
                new long[] {
                    2996632905371535868L, 3088291681347200595L, 3419344588715874L,
                    4419367838126088511L, 3164473864279976110L, 3135563497012114365L,
                    862311048571850610L
                },
                Strings.toHashBucket(repeated(1, 3, 4, 7, 8, 16, 200), BUCKETS).toLongs());
    }

    @Test
    void sipHashes() {
        assertArrayEquals(
                new long[] {
                    443797209252341627L, 546566331822570742L, 4513784360743759747L,
                    2307315094896867255L, 3953429938924346798L, 3232940821485089783L
                },
                Strings.toHashBucketStrong(repeated(0, 1, 3, 7, 8, 200), BUCKETS, 1, 2).toLongs());
    }

    @Test
    void thereMustBeBuckets() {
        var error =
                assertThrows(
                        TensorException.class, () -> Strings.toHashBucketFast(Tensor.of("a"), 0));
        assertEquals("hash buckets: there must be at least one bucket, got 0", error.problem());
    }
}
