package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Many words at once against group after group. */
class PhiloxTest {
    @Test
    void manyGroupsAreGroupAfterGroup() {
        // The counter carries into its upper half on the way.
        var stream = new Philox(0x1234_5678_9ABC_DEF0L, -3, 41);
        var other = stream.copy();
        var words = new int[4 * 10];
        var scratch = Scratch.take();
        stream.fill(scratch, words, 10);
        scratch.give();
        var group = new int[4];
        for (int i = 0; i < 10; i++) {
            other.next(group);
            assertArrayEquals(group, Arrays.copyOfRange(words, 4 * i, 4 * i + 4));
        }
        assertEquals(other.low(), stream.low());
        assertEquals(other.high(), stream.high());
    }
}
