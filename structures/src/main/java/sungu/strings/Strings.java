package sungu.strings;

import sungu.ops.Movements;
import sungu.ragged.Folding;
import sungu.ragged.RaggedReductions;
import sungu.ragged.RaggedTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Operations on string tensors, as {@code tf.strings} has them. Strings are bytes; what looks at
 * characters says so and reads UTF-8. Operations on one element at a time can be traced; for ragged
 * tensors they are mapped over the flat values. Those that split strings give a ragged tensor with
 * one more dimension: for a scalar, a vector without partitions.
 */
public final class Strings {
    private Strings() {}

    /** A string tensor of these bytes, which must not change any more. */
    public static Tensor of(Shape shape, byte[]... elements) {
        if (elements.length != shape.size()) {
            throw new TensorException(
                    "strings: " + elements.length + " elements do not fill the shape " + shape);
        }
        return new sungu.tensor.HostTensor(DType.STRING, shape, elements);
    }

    /** The bytes of each element, in order. */
    public static List<byte[]> bytes(Tensor x) {
        return List.of(Arrays.copyOf(x.host().bytes(), x.size()));
    }

    /** How long each string is, int32. */
    public static Tensor length(Tensor x, Unit unit) {
        return MapStrings.bind(
                "string_length",
                DType.INT32,
                (n, inputs, out) -> {
                    var strings = inputs[0].bytes();
                    for (int i = 0; i < n; i++) {
                        ((int[]) out)[i] = unit.length(strings[i]);
                    }
                },
                MapStrings.strings("length", x));
    }

    /** ASCII letters in lower case. */
    public static Tensor lower(Tensor x) {
        return MapStrings.bytes("string_lower", x, s -> shifted(s, 'A', 'a'));
    }

    /** ASCII letters in upper case. */
    public static Tensor upper(Tensor x) {
        return MapStrings.bytes("string_upper", x, s -> shifted(s, 'a', 'A'));
    }

    /** Letters in lower case, read as UTF-8, malformed bytes as U+FFFD. */
    public static Tensor lowerUtf8(Tensor x) {
        return MapStrings.bytes(
                "string_lower_utf8",
                x,
                s -> CodePoints.bytes(CodePoints.utf8(s).toLowerCase(Locale.ROOT)));
    }

    /** Letters in upper case, read as UTF-8, malformed bytes as U+FFFD. */
    public static Tensor upperUtf8(Tensor x) {
        return MapStrings.bytes(
                "string_upper_utf8",
                x,
                s -> CodePoints.bytes(CodePoints.utf8(s).toUpperCase(Locale.ROOT)));
    }

    private static byte[] shifted(byte[] s, char from, char to) {
        var out = s.clone();
        for (int i = 0; i < out.length; i++) {
            if (out[i] >= from && out[i] < from + 26) {
                out[i] += (byte) (to - from);
            }
        }
        return out;
    }

    /** Strings without white space at both ends. */
    public static Tensor strip(Tensor x) {
        return MapStrings.bytes(
                "string_strip",
                x,
                s -> {
                    int from = 0;
                    int to = s.length;
                    while (from < to && Numerals.isSpace(s[from])) {
                        from++;
                    }
                    while (from < to && Numerals.isSpace(s[to - 1])) {
                        to--;
                    }
                    return Arrays.copyOfRange(s, from, to);
                });
    }

    /**
     * Parts of strings.
     *
     * @param position where each begins; negative ones count from the end
     * @param length how long each is at most; a negative one reaches to the end of the bytes
     * @throws TensorException if a position lies outside its string, or position and length differ
     *     in shape or type
     */
    public static Tensor substr(Tensor x, Tensor position, Tensor length, Unit unit) {
        boolean integers = position.dtype() == DType.INT32 || position.dtype() == DType.INT64;
        if (!integers || !position.type().equals(length.type())) {
            throw new TensorException(
                    "substr: positions and lengths must be int32 or int64 and of one type, got "
                            + position.type()
                            + " and "
                            + length.type());
        }
        var shape = Shape.broadcast(MapStrings.strings("substr", x).shape(), position.shape());
        return MapStrings.bind(
                "substr",
                DType.STRING,
                (n, inputs, out) -> {
                    for (int i = 0; i < n; i++) {
                        ((byte[][]) out)[i] =
                                part(
                                        inputs[0].bytes()[i],
                                        inputs[1].integer(i),
                                        inputs[2].integer(i),
                                        unit);
                    }
                },
                Movements.broadcastTo(x, shape),
                Movements.broadcastTo(position, shape),
                Movements.broadcastTo(length, shape));
    }

    /** Parts of strings: as many units as {@code length} from {@code position} on. */
    public static Tensor substr(Tensor x, int position, int length, Unit unit) {
        return substr(x, Tensor.of(position), Tensor.of(length), unit);
    }

    private static byte[] part(byte[] s, long position, long length, Unit unit) {
        int all = unit.length(s);
        if (position > all || position < -all) {
            throw new TensorException(
                    "substr: position "
                            + position
                            + " lies outside a string of length "
                            + all
                            + ": '"
                            + CodePoints.utf8(s)
                            + "'");
        }
        int from = (int) (position < 0 ? position + all : position);
        long wanted = length < 0 ? unit == Unit.BYTE ? all : 0 : length;
        int to = (int) Math.min(all, from + Math.min(wanted, all));
        return unit == Unit.BYTE
                ? Arrays.copyOfRange(s, from, to)
                : Arrays.copyOfRange(s, offset(s, from), offset(s, to));
    }

    /** Where the character of that number begins. */
    private static int offset(byte[] s, int character) {
        int at = 0;
        while (at < s.length && Unit.isContinuation(s[at])) {
            at++;
        }
        for (int i = 0; i < character; i++) {
            at = Unit.next(s, at);
        }
        return at;
    }

    // ---- joining
    // --------------------------------------------------------------------------------------------------------------

    /** Strings joined elementwise; scalars go with any shape, other shapes must be equal. */
    public static Tensor join(List<? extends Tensor> tensors, String separator) {
        var shape = Shape.SCALAR;
        for (var tensor : tensors) {
            MapStrings.strings("join", tensor);
            if (tensor.rank() > 0 && shape.rank() > 0 && !tensor.shape().equals(shape)) {
                throw new TensorException(
                        "join: shapes differ: " + shape + " and " + tensor.shape(),
                        "only scalars are stretched");
            }
            shape = tensor.rank() > 0 ? tensor.shape() : shape;
        }
        if (tensors.isEmpty()) {
            return Tensor.of("");
        }
        var between = CodePoints.bytes(separator);
        var inputs = new Tensor[tensors.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Movements.broadcastTo(tensors.get(i), shape);
        }
        return MapStrings.bind(
                "string_join",
                DType.STRING,
                (n, values, out) -> {
                    for (int i = 0; i < n; i++) {
                        var parts = new ArrayList<byte[]>(values.length);
                        for (var value : values) {
                            parts.add(value.bytes()[i]);
                        }
                        ((byte[][]) out)[i] = Bytes.join(parts, between);
                    }
                },
                inputs);
    }

    /**
     * Strings joined along axes, over all when none is given; with several axes, the first one
     * named runs fastest.
     */
    public static Tensor reduceJoin(Tensor x, String separator, boolean keep, int... axes) {
        return Joining.reduce(MapStrings.strings("reduceJoin", x), separator, keep, axes);
    }

    /** Strings of a ragged tensor joined along axes, over all when none is given. */
    public static RaggedTensor reduceJoin(
            RaggedTensor x, String separator, boolean keep, int... axes) {
        return RaggedReductions.reduce(
                new Folding() {
                    @Override
                    public Tensor along(Tensor dense, boolean kept, int... dimensions) {
                        return reduceJoin(dense, separator, kept, dimensions);
                    }

                    @Override
                    public Tensor segments(Tensor data, Tensor ids, int segments) {
                        return unsortedSegmentJoin(data, ids, segments, separator);
                    }
                },
                x,
                keep,
                axes);
    }

    /**
     * Strings joined by the segment each belongs to, in their order; an empty segment gives an
     * empty string.
     *
     * @param ids of the leading dimensions of {@code x}
     */
    public static Tensor unsortedSegmentJoin(Tensor x, Tensor ids, int segments, String separator) {
        return Joining.segments(
                MapStrings.strings("unsortedSegmentJoin", x), ids, segments, separator);
    }

    // ---- numbers
    // --------------------------------------------------------------------------------------------------------------

    /** Numbers as strings, with six digits behind the point. */
    public static Tensor asString(Tensor x) {
        return asString(x, NumberStyle.PLAIN);
    }

    /** Numbers as strings. */
    public static Tensor asString(Tensor x, NumberStyle format) {
        return Numerals.asString(x, format);
    }

    /**
     * Strings read as numbers of type float32, float64, int32 or int64; white space around them is
     * skipped.
     *
     * @throws TensorException if a string is no such number or an integer too large
     */
    public static Tensor toNumber(Tensor x, DType dtype) {
        return Numerals.toNumber(x, dtype);
    }

    /** A template with tensors written in place of each <code>{}</code>, three at each end. */
    public static Tensor format(String template, Tensor... tensors) {
        return format(template, "{}", 3, List.of(tensors));
    }

    /**
     * A template with tensors written in place of each placeholder.
     *
     * @param summarize how many elements to write at each end of a dimension; negative for all
     */
    public static Tensor format(
            String template, String placeholder, int summarize, List<? extends Tensor> tensors) {
        return TensorText.format(template, placeholder, summarize, tensors);
    }

    // ---- hashes
    // ---------------------------------------------------------------------------------------------------------------

    /** A bucket, int64 from 0 to {@code buckets - 1}, by TensorFlow's older hash. */
    public static Tensor toHashBucket(Tensor x, long buckets) {
        check(buckets);
        return MapStrings.longs(
                "to_hash_bucket", x, s -> Long.remainderUnsigned(Fingerprints.murmur(s), buckets));
    }

    /** A bucket, int64 from 0 to {@code buckets - 1}, by {@link Fingerprints#farm}. */
    public static Tensor toHashBucketFast(Tensor x, long buckets) {
        check(buckets);
        return MapStrings.longs(
                "to_hash_bucket_fast",
                x,
                s -> Long.remainderUnsigned(Fingerprints.farm(s), buckets));
    }

    /**
     * A bucket, int64 from 0 to {@code buckets - 1}, by a hash under a key: whoever does not know
     * it can't fill one bucket on purpose.
     */
    public static Tensor toHashBucketStrong(Tensor x, long buckets, long key0, long key1) {
        check(buckets);
        return MapStrings.longs(
                "to_hash_bucket_strong",
                x,
                s -> Long.remainderUnsigned(Fingerprints.sip(key0, key1, s), buckets));
    }

    private static void check(long buckets) {
        if (buckets < 1) {
            throw new TensorException(
                    "hash buckets: there must be at least one bucket, got " + buckets);
        }
    }

    // ---- regular expressions
    // --------------------------------------------------------------------------------------------------

    /** Whether a regular expression of RE2 syntax matches each string as a whole: bool. */
    public static Tensor regexFullMatch(Tensor x, String pattern) {
        return Regexes.fullMatch(x, pattern);
    }

    /**
     * Each match of a regular expression replaced; see {@link #regexReplace(Tensor, String, String,
     * boolean)}.
     */
    public static Tensor regexReplace(Tensor x, String pattern, String rewrite) {
        return regexReplace(x, pattern, rewrite, true);
    }

    /**
     * Matches of a regular expression of RE2 syntax replaced; time grows linearly with the strings,
     * whatever the pattern.
     *
     * @param rewrite {@code \0} stands for the match, {@code \1} to {@code \9} for its groups
     * @param global all matches, not the first one only
     */
    public static Tensor regexReplace(Tensor x, String pattern, String rewrite, boolean global) {
        return Regexes.replace(x, pattern, rewrite, global);
    }

    // ---- splitting
    // ------------------------------------------------------------------------------------------------------------

    /** Strings split at white space. */
    public static RaggedTensor split(Tensor x) {
        return split(x, "", -1);
    }

    /** Strings split at a separator. */
    public static RaggedTensor split(Tensor x, String separator) {
        return split(x, separator, -1);
    }

    /**
     * Strings split at a separator.
     *
     * @param separator empty for white space, of which any amount is one separator and that at the
     *     ends none
     * @param maximum the number of splits at most, the rest stays whole; negative for all
     */
    public static RaggedTensor split(Tensor x, String separator, int maximum) {
        return split(RaggedTensor.of(x), separator, maximum);
    }

    /** Strings of a ragged tensor split; see {@link #split(Tensor, String, int)}. */
    public static RaggedTensor split(RaggedTensor x, String separator, int maximum) {
        return Splitting.split(x, separator, maximum);
    }

    /** Strings split into their bytes. */
    public static RaggedTensor bytesSplit(Tensor x) {
        return bytesSplit(RaggedTensor.of(x));
    }

    /** Strings of a ragged tensor split into their bytes. */
    public static RaggedTensor bytesSplit(RaggedTensor x) {
        return Splitting.bytes(x);
    }

    /** Neighbours in the last dimension joined, {@code width} at a time. */
    public static Tensor ngrams(Tensor x, int width) {
        return ngrams(x, Ngrams.of(width));
    }

    /** Neighbours in the last dimension joined. */
    public static Tensor ngrams(Tensor x, Ngrams how) {
        return Splitting.ngrams(x, how);
    }

    /** Neighbours in the last, ragged, dimension joined. */
    public static RaggedTensor ngrams(RaggedTensor x, Ngrams how) {
        return Splitting.ngrams(x, how);
    }
}
