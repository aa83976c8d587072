package sungu.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

class ForeignTest {
    @Test
    void buffersAreCopiedAndKeepTheirPosition() {
        var buffer = FloatBuffer.wrap(new float[] {9, 1, 2, 3, 4});
        buffer.position(1);
        var tensor = Tensor.of(buffer, Shape.of(2, 2));
        buffer.put(1, 7);
        assertEquals(new TensorType(DType.FLOAT32, Shape.of(2, 2)), tensor.type());
        assertArrayEquals(new float[] {1, 2, 3, 4}, tensor.toFloats());
        assertEquals(1, buffer.position());
        assertEquals(DType.INT32, Tensor.of(IntBuffer.wrap(new int[] {1}), Shape.of(1)).dtype());
        assertEquals(DType.INT64, Tensor.of(LongBuffer.wrap(new long[] {1}), Shape.SCALAR).dtype());
        assertEquals(DType.INT8, Tensor.of(ByteBuffer.allocateDirect(2), Shape.of(2)).dtype());
        var wrong = assertThrows(TensorException.class, () -> Tensor.of(buffer, Shape.of(3)));
        assertEquals(
                "a buffer with 4 remaining elements does not fill the shape [3] of 3\n"
                        + "  hint: set position and limit of the buffer",
                wrong.getMessage());
    }

    @Test
    void segmentsGoThereAndBack() {
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3);
            var tensor = Tensor.of(segment, DType.FLOAT64, Shape.of(3));
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 9);
            assertArrayEquals(new double[] {1, 2, 3}, tensor.toDoubles());
            var copy = tensor.toSegment();
            copy.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 9);
            assertArrayEquals(new double[] {1, 2, 3}, tensor.toDoubles());
            assertEquals(24, copy.byteSize());
        }
        var bools = Tensor.of(MemorySegment.ofArray(new byte[] {0, 2}), DType.BOOL, Shape.of(2));
        assertArrayEquals(new byte[] {0, 1}, (byte[]) bools.host().array());
        for (var dtype : DType.values()) {
            if (dtype != DType.STRING) {
                var ones = Tensor.ones(Shape.of(2, 3), dtype);
                assertEquals(
                        ones.toString(),
                        Tensor.of(ones.toSegment(), dtype, Shape.of(2, 3)).toString());
            }
        }
        var text = assertThrows(TensorException.class, () -> Tensor.of("a").toSegment());
        assertEquals(
                "strings have no fixed width, so no memory segment holds them\n"
                        + "  hint: use toStrings()",
                text.getMessage());
        var small =
                assertThrows(
                        TensorException.class,
                        () ->
                                Tensor.of(
                                        MemorySegment.ofArray(new byte[3]),
                                        DType.FLOAT32,
                                        Shape.of(1)));
        assertEquals(
                "a segment of 3 bytes does not hold a f32[1] of 4\n"
                        + "  hint: take a slice of the segment: segment.asSlice(offset, 4)",
                small.getMessage());
    }
}
