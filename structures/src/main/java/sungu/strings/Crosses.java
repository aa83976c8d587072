package sungu.strings;

import sungu.ragged.RaggedTensor;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Crosses of features: for each row all combinations of one entry of every input, joined to a
 * string or hashed to a bucket. The last input changes fastest.
 */
public final class Crosses {
    /** Between the parts of a joined cross. */
    public static final String SEPARATOR = "_X_";

    /** The key that hashes begin with. */
    public static final long HASH_KEY = 0xDECAFCAFFEL;

    private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;

    private interface Cross {
        /** Makes an entry of the result from an entry of each input. */
        void make(List<HostTensor> inputs, int[] entries, int place);
    }

    private Crosses() {}

    /** The rows of a sparse matrix of features: its values by row, whatever their columns. */
    public static RaggedTensor rows(SparseTensor features) {
        if (features.rank() != 2) {
            throw new TensorException("cross: features have rank 2, got " + features.rank());
        }
        return RaggedTensor.fromRowIds(
                features.values(), features.indices().get(":, 0"), features.denseShape()[0]);
    }

    /** The rows of a dense matrix of features. */
    public static RaggedTensor rows(Tensor features) {
        return RaggedTensor.fromTensor(features, 1);
    }

    /**
     * Combinations as strings: the entries with a separator between them.
     *
     * @param inputs rows of strings or numbers, whose fraction is cut off; all of the same number
     */
    public static RaggedTensor join(List<RaggedTensor> inputs, String separator) {
        var features = checked(inputs);
        var flats = flats(features);
        var out = HostTensor.allocate(DType.STRING, Shape.of(count(features)));
        var between = separator.getBytes(StandardCharsets.UTF_8);
        return crossed(
                features,
                flats,
                out,
                (values, entries, place) -> {
                    var text = new ByteArrayOutputStream();
                    for (int i = 0; i < entries.length; i++) {
                        if (i > 0) {
                            text.writeBytes(between);
                        }
                        text.writeBytes(bytes(values.get(i), entries[i]));
                    }
                    out.bytes()[place] = text.toByteArray();
                });
    }

    /**
     * Combinations as hashes, int64.
     *
     * @param buckets hashes are taken modulo it; 0 for hashes of 63 bits
     * @param key what the hash begins with; {@link #HASH_KEY} by default
     */
    public static RaggedTensor hash(List<RaggedTensor> inputs, long buckets, long key) {
        if (buckets < 0) {
            throw new TensorException("cross: " + buckets + " buckets");
        }
        var features = checked(inputs);
        var flats = flats(features);
        var out = HostTensor.allocate(DType.INT64, Shape.of(count(features)));
        return crossed(
                features,
                flats,
                out,
                (values, entries, place) -> {
                    long hash = key;
                    for (int i = 0; i < entries.length; i++) {
                        var value = values.get(i);
                        hash =
                                joined(
                                        hash,
                                        value.dtype() == DType.STRING
                                                ? Fingerprints.farm(value.bytes()[entries[i]])
                                                : value.integer(entries[i]));
                    }
                    ((long[]) out.array())[place] =
                            Long.remainderUnsigned(hash, buckets > 0 ? buckets : Long.MAX_VALUE);
                });
    }

    /** One hash of two. */
    private static long joined(long first, long second) {
        long result = first ^ MULTIPLIER;
        result ^= mixed(second * MULTIPLIER) * MULTIPLIER;
        return mixed(mixed(result * MULTIPLIER) * MULTIPLIER);
    }

    private static long mixed(long bits) {
        return bits ^ bits >>> 47;
    }

    private static byte[] bytes(HostTensor value, int i) {
        return value.dtype() == DType.STRING
                ? value.bytes()[i]
                : Long.toString(value.integer(i)).getBytes(StandardCharsets.UTF_8);
    }

    private static List<RaggedTensor> checked(List<RaggedTensor> inputs) {
        for (var input : inputs) {
            if (input.rank() != 2
                    || input.raggedRank() != 1
                    || input.rows() != inputs.getFirst().rows()) {
                throw new TensorException(
                        "cross: inputs must be rows, all of the same number; got "
                                + inputs.stream().map(RaggedTensor::shape).toList());
            }
        }
        return inputs;
    }

    private static List<HostTensor> flats(List<RaggedTensor> inputs) {
        return inputs.stream().map(input -> input.flatValues().host()).toList();
    }

    private static int[] counts(List<RaggedTensor> inputs) {
        if (inputs.isEmpty()) {
            return new int[0];
        }
        var counts = new int[inputs.getFirst().rows()];
        Arrays.fill(counts, 1);
        for (var input : inputs) {
            var lengths = input.rowPartition().lengths().toInts();
            Arrays.setAll(counts, row -> Math.multiplyExact(counts[row], lengths[row]));
        }
        return counts;
    }

    private static int count(List<RaggedTensor> inputs) {
        return Arrays.stream(counts(inputs)).reduce(0, Math::addExact);
    }

    private static RaggedTensor crossed(
            List<RaggedTensor> inputs, List<HostTensor> flats, HostTensor out, Cross cross) {
        var counts = counts(inputs);
        var splits = inputs.stream().map(input -> input.rowPartition().splits().toInts()).toList();
        var entries = new int[inputs.size()];
        int place = 0;
        for (int row = 0; row < counts.length; row++) {
            for (int i = 0; i < counts[row]; i++) {
                int rest = i;
                for (int k = entries.length - 1; k >= 0; k--) {
                    int start = splits.get(k)[row];
                    int length = splits.get(k)[row + 1] - start;
                    entries[k] = start + rest % length;
                    rest /= length;
                }
                cross.make(flats, entries, place++);
            }
        }
        var lengths = Tensor.of(Arrays.stream(counts).asLongStream().toArray());
        return RaggedTensor.fromRowLengths(out, lengths);
    }
}
