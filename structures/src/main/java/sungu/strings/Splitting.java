package sungu.strings;

import sungu.ragged.RaggedTensor;
import sungu.ragged.RowPartition;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Strings cut into pieces, which makes a ragged dimension. */
final class Splitting {
    private Splitting() {}

    static RaggedTensor split(RaggedTensor x, String separator, int maximum) {
        var at = CodePoints.bytes(separator);
        return pieces(
                "split",
                x,
                s ->
                        maximum == 0
                                ? List.of(s)
                                : at.length == 0 ? words(s, maximum) : fields(s, at, maximum));
    }

    static RaggedTensor bytes(RaggedTensor x) {
        return pieces(
                "bytesSplit",
                x,
                s -> {
                    var out = new ArrayList<byte[]>(s.length);
                    for (byte b : s) {
                        out.add(new byte[] {b});
                    }
                    return out;
                });
    }

    /** After the last split allowed, the rest follows even if nothing is left, as in TensorFlow. */
    private static List<byte[]> words(byte[] s, int maximum) {
        var out = new ArrayList<byte[]>();
        int at = skip(s, 0, true);
        while (at < s.length) {
            int end = skip(s, at, false);
            out.add(Arrays.copyOfRange(s, at, end));
            at = skip(s, end, true);
            if (out.size() == maximum) {
                out.add(Arrays.copyOfRange(s, at, s.length));
                break;
            }
        }
        return out;
    }

    private static int skip(byte[] s, int at, boolean spaces) {
        int i = at;
        while (i < s.length && Numerals.isSpace(s[i]) == spaces) {
            i++;
        }
        return i;
    }

    private static List<byte[]> fields(byte[] s, byte[] separator, int maximum) {
        var out = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i + separator.length <= s.length && out.size() != maximum; ) {
            if (Arrays.equals(s, i, i + separator.length, separator, 0, separator.length)) {
                out.add(Arrays.copyOfRange(s, from, i));
                i += separator.length;
                from = i;
            } else {
                i++;
            }
        }
        out.add(Arrays.copyOfRange(s, from, s.length));
        return out;
    }

    /** Each string replaced by a row of pieces. */
    private static RaggedTensor pieces(
            String label, RaggedTensor x, Function<byte[], List<byte[]>> cut) {
        var flat = MapStrings.strings(label, x.flatValues());
        var all = new ArrayList<byte[]>();
        var ends = new long[flat.size() + 1];
        int n = flat.size();
        var strings = flat.host().bytes();
        for (int i = 0; i < n; i++) {
            all.addAll(cut.apply(strings[i]));
            ends[i + 1] = all.size();
        }
        return under(x, Bytes.vector(all), ends);
    }

    /** Rows of values in place of the elements of {@code x}; for a scalar, the values alone. */
    static RaggedTensor under(RaggedTensor x, Tensor values, long[] ends) {
        var shape = x.flatValues().shape();
        if (shape.rank() == 0) {
            return RaggedTensor.of(values);
        }
        var dtype = x.rowSplitsDtype();
        var partitions = new ArrayList<>(x.partitions());
        for (int axis = 1; axis < shape.rank(); axis++) {
            partitions.add(
                    RowPartition.ofUniform(shape.dim(axis), shape.slice(0, axis).size(), dtype));
        }
        var splits = new HostTensor(DType.INT64, Shape.of(ends.length), ends);
        partitions.add(RowPartition.ofSplits(splits.cast(dtype), values.shape().dim(0)));
        return RaggedTensor.of(values, partitions);
    }

    static Tensor ngrams(Tensor x, Ngrams how) {
        var shape = MapStrings.strings("ngrams", x).shape();
        if (shape.rank() == 0) {
            throw new TensorException("ngrams: a scalar " + x.type() + " has no neighbours");
        }
        int width = shape.dim(-1);
        int rows = shape.remove(-1).size();
        var strings = List.of(Arrays.copyOf(x.host().bytes(), shape.size()));
        var all = new ArrayList<byte[]>();
        for (int row = 0; row < rows; row++) {
            all.addAll(how.of(strings.subList(row * width, (row + 1) * width)));
        }
        int each = rows == 0 ? 0 : all.size() / rows;
        return new HostTensor(DType.STRING, shape.with(-1, each), all.toArray(byte[][]::new));
    }

    static RaggedTensor ngrams(RaggedTensor x, Ngrams how) {
        var flat = MapStrings.strings("ngrams", x.flatValues());
        if (flat.rank() > 1 || x.raggedRank() == 0) {
            return x.withFlatValues(ngrams(flat, how));
        }
        int last = x.raggedRank() - 1;
        var offsets = x.partitions().get(last).splits().toLongs();
        var strings = List.of(Arrays.copyOf(flat.host().bytes(), flat.size()));
        var all = new ArrayList<byte[]>();
        var ends = new long[offsets.length];
        for (int row = 0; row + 1 < offsets.length; row++) {
            all.addAll(how.of(strings.subList((int) offsets[row], (int) offsets[row + 1])));
            ends[row + 1] = all.size();
        }
        var partitions = new ArrayList<>(x.partitions().subList(0, last));
        var splits = new HostTensor(DType.INT64, Shape.of(ends.length), ends);
        partitions.add(RowPartition.ofSplits(splits.cast(x.rowSplitsDtype()), all.size()));
        return RaggedTensor.of(Bytes.vector(all), partitions);
    }
}
