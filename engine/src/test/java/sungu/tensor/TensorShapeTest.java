package sungu.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class TensorShapeTest {
    private static final List<TensorShape> SAMPLES =
            List.of(
                    TensorShape.UNKNOWN,
                    TensorShape.of(),
                    TensorShape.of(2, 3),
                    TensorShape.of(2, -1),
                    TensorShape.of(-1, 3),
                    TensorShape.of(-1, -1),
                    TensorShape.of(4, 3),
                    TensorShape.of(2, 3, 4));

    @Test
    void mergingKnowsWhatEitherKnows() {
        for (var a : SAMPLES) {
            for (var b : SAMPLES) {
                if (!a.isCompatibleWith(b)) {
                    assertThrows(TensorException.class, () -> a.mergeWith(b));
                    continue;
                }
                var merged = a.mergeWith(b);
                assertEquals(merged, b.mergeWith(a));
                assertEquals(true, merged.isSubtypeOf(a) && merged.isSubtypeOf(b));
            }
        }
    }

    @Test
    void theMostSpecificShapeHoldsBoth() {
        for (var a : SAMPLES) {
            for (var b : SAMPLES) {
                var both = a.mostSpecificCompatible(b);
                assertEquals(true, a.isSubtypeOf(both) && b.isSubtypeOf(both), a + " " + b);
                assertEquals(both, b.mostSpecificCompatible(a));
            }
        }
        assertEquals(
                TensorShape.of(-1, 3),
                TensorShape.of(2, 3).mostSpecificCompatible(TensorShape.of(4, 3)));
    }

    @Test
    void partsAreCutAsInPython() {
        var shape = TensorShape.of(2, -1, 4);
        assertEquals(TensorShape.of(-1, 4), shape.slice(-2, null, 1));
        assertEquals(TensorShape.of(4, -1, 2), shape.slice(null, null, -1));
        assertEquals(TensorShape.of(), shape.slice(5, 9, 1));
        assertEquals(TensorShape.ofRank(2), TensorShape.UNKNOWN.slice(1, 3, 1));
        assertEquals(TensorShape.UNKNOWN, TensorShape.UNKNOWN.slice(1, null, 1));
    }

    @Test
    void unknownDimensionsBroadcastToWhatIsLarger() {
        assertEquals(
                TensorShape.of(2, 3),
                TensorShape.broadcast(TensorShape.of(2, 1), TensorShape.of(-1, 3)));
        assertEquals(
                TensorShape.of(2, -1),
                TensorShape.broadcast(TensorShape.of(2, 1), TensorShape.of(-1)));
        assertThrows(
                TensorException.class,
                () -> TensorShape.broadcast(TensorShape.of(2), TensorShape.of(3)));
    }

    @Test
    void ranksAndSizesAreAskedFor() {
        assertEquals(6, TensorShape.of(2, 3).elements());
        assertEquals(Shape.UNKNOWN, TensorShape.of(2, -1).elements());
        assertEquals(TensorShape.ofRank(2), TensorShape.UNKNOWN.withRank(2));
        assertThrows(TensorException.class, () -> TensorShape.of(2).withRankAtLeast(2));
        assertThrows(TensorException.class, () -> TensorShape.of(2, -1).require());
        assertThrows(TensorException.class, TensorShape.UNKNOWN::rank);
        assertEquals("[2,?]", TensorShape.of(2, -1).toString());
    }
}
