package sungu.kernel;

/**
 * Float32 numbers from 0 to below 1, as {@link RandomKernels#uniform} makes them. It is made once
 * and used by one thread at a time, which may share out the work.
 */
public final class UniformFloats {
    private static final int CHUNK = 1 << 11;
    private static final float[] EMPTY = {};
    private static final Philox NOTHING = new Philox(0, 0, 0);

    /** What a run is about. */
    private Philox stream = NOTHING;

    private float[] out = EMPTY;
    private int n;
    private final Parallel.Range part = this::part;

    /** Makes a filler. */
    public UniformFloats() {}

    /** Fills the first {@code count} entries. */
    public void fill(Philox numbers, float[] array, int count) {
        stream = numbers;
        out = array;
        n = count;
        Parallel.loop((n + 3) / 4, CHUNK, part);
        stream = NOTHING;
        out = EMPTY;
    }

    /** The numbers of some groups of four. */
    private void part(int from, int to) {
        var scratch = Scratch.take();
        scratch.stream.set(stream);
        scratch.stream.skip(from);
        int most = Scratch.BLOCK / 4;
        for (int i = from; i < to; i += most) {
            int groups = Math.min(most, to - i);
            scratch.stream.fill(scratch, scratch.ints0, groups);
            convert(scratch.ints0, out, 4 * i, Math.min(4 * groups, n - 4 * i));
        }
        scratch.give();
    }

    private static void convert(int[] words, float[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = RandomKernels.toFloat(words[i]);
        }
    }
}
