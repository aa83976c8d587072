package sungu.kernel;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Small arrays for work by blocks. They are lent to one loop at a time and used again, so that a
 * call of a kernel allocates nothing; a loop that fails may keep its own.
 */
final class Scratch {
    /** Entries of each array. */
    static final int BLOCK = 1024;

    private static final AtomicReferenceArray<@Nullable Scratch> SPARE =
            new AtomicReferenceArray<>(32);

    final float[] floats0 = new float[BLOCK];
    final float[] floats1 = new float[BLOCK];
    final float[] floats2 = new float[BLOCK];
    final float[] floats3 = new float[BLOCK];
    final int[] ints0 = new int[BLOCK];
    final int[] ints1 = new int[BLOCK];
    final int[] ints2 = new int[BLOCK];
    final double[] doubles0 = new double[BLOCK];
    final double[] doubles1 = new double[BLOCK];
    final double[] doubles2 = new double[BLOCK];
    final long[] longs0 = new long[BLOCK];
    final long[] longs1 = new long[BLOCK];
    final long[] longs2 = new long[BLOCK];
    final byte[] bytes = new byte[BLOCK];

    /** A place in a stream of random numbers. */
    final Philox stream = new Philox(0, 0, 0);

    /** Arrays seen as memory, between which bits are copied whatever the types are. */
    final MemorySegment memoryOfFloats0 = MemorySegment.ofArray(floats0);

    final MemorySegment memoryOfFloats1 = MemorySegment.ofArray(floats1);
    final MemorySegment memoryOfFloats2 = MemorySegment.ofArray(floats2);
    final MemorySegment memoryOfInts0 = MemorySegment.ofArray(ints0);
    final MemorySegment memoryOfInts1 = MemorySegment.ofArray(ints1);

    private Scratch() {}

    /** Arrays that nobody else uses until they are given back; their contents are left over. */
    static Scratch take() {
        var spare = SPARE.getAndSet(slot(), null);
        return spare != null ? spare : new Scratch();
    }

    /** Ends the use of these arrays. */
    void give() {
        SPARE.set(slot(), this);
    }

    /** Threads with neighbouring numbers have slots of their own. */
    private static int slot() {
        return (int) Thread.currentThread().threadId() & (SPARE.length() - 1);
    }
}
