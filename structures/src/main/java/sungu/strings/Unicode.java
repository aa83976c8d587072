package sungu.strings;

import sungu.ragged.RaggedTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Characters of strings, as {@code tf.strings.unicode_*} has them. Encodings to read are UTF-8,
 * UTF-16-BE, UTF-32-BE and those that Java knows; to write, the first three. What splits strings
 * gives one more, ragged, dimension; a scalar gives a vector without partitions.
 */
public final class Unicode {
    private Unicode() {}

    /**
     * The characters of strings with the positions of their first bytes.
     *
     * @param values code points, int32, or strings of one character
     * @param offsets int64
     */
    public record WithOffsets(RaggedTensor values, RaggedTensor offsets) {}

    /** The code points, int32, of strings. */
    public static RaggedTensor decode(Tensor x, String encoding, Errors errors) {
        return decode(RaggedTensor.of(x), encoding, errors);
    }

    /** The code points, int32, of the strings of a ragged tensor. */
    public static RaggedTensor decode(RaggedTensor x, String encoding, Errors errors) {
        return decodeWithOffsets(x, encoding, errors).values();
    }

    /** The code points of strings and where each begins. */
    public static WithOffsets decodeWithOffsets(Tensor x, String encoding, Errors errors) {
        return decodeWithOffsets(RaggedTensor.of(x), encoding, errors);
    }

    /** The code points of the strings of a ragged tensor and where each begins. */
    public static WithOffsets decodeWithOffsets(RaggedTensor x, String encoding, Errors errors) {
        var flat = MapStrings.strings("unicode", x.flatValues());
        var reader = CodePoints.of(encoding);
        var found = new Found(flat.size());
        for (int i = 0; i < flat.size(); i++) {
            reader.read(
                    flat.host().bytes()[i],
                    (code, offset) -> {
                        var settled = errors.settle(code);
                        if (settled != null) {
                            found.add(settled, offset);
                        }
                    });
            found.ends[i + 1] = found.count;
        }
        return new WithOffsets(
                Splitting.under(x, found.codePoints(), found.ends),
                Splitting.under(x, found.offsets(), found.ends));
    }

    private static final class Found {
        private final long[] ends;
        private int[] codes = new int[64];
        private long[] offsets = new long[64];
        private int count;

        Found(int strings) {
            ends = new long[strings + 1];
        }

        void add(int code, int offset) {
            if (count == codes.length) {
                codes = Arrays.copyOf(codes, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            codes[count] = code;
            offsets[count++] = offset;
        }

        Tensor codePoints() {
            return new HostTensor(DType.INT32, Shape.of(count), Arrays.copyOf(codes, count));
        }

        Tensor offsets() {
            return new HostTensor(DType.INT64, Shape.of(count), Arrays.copyOf(offsets, count));
        }
    }

    /** Strings split into their characters, as strings of the same encoding. */
    public static RaggedTensor split(Tensor x, String encoding, Errors errors) {
        return split(RaggedTensor.of(x), encoding, errors);
    }

    /** The strings of a ragged tensor split into their characters. */
    public static RaggedTensor split(RaggedTensor x, String encoding, Errors errors) {
        return splitWithOffsets(x, encoding, errors).values();
    }

    /** The characters of strings and where each begins. */
    public static WithOffsets splitWithOffsets(Tensor x, String encoding, Errors errors) {
        return splitWithOffsets(RaggedTensor.of(x), encoding, errors);
    }

    /** The characters of the strings of a ragged tensor and where each begins. */
    public static WithOffsets splitWithOffsets(RaggedTensor x, String encoding, Errors errors) {
        var writer = Writer.of(encoding);
        var found = decodeWithOffsets(x, encoding, errors);
        var codes = found.values().flatValues().toInts();
        var characters = new ArrayList<byte[]>(codes.length);
        for (int code : codes) {
            characters.add(writer.bytes(code));
        }
        return new WithOffsets(
                found.values().withFlatValues(Bytes.vector(characters)), found.offsets());
    }

    /** The last dimension of code points, int32, as strings. */
    public static Tensor encode(Tensor codePoints, String encoding, Errors errors) {
        var shape = codes(codePoints).shape();
        if (shape.rank() == 0) {
            throw new TensorException(
                    "unicode: the code points must have a dimension, got a scalar");
        }
        int width = shape.dim(-1);
        var rows = shape.remove(-1);
        var ends = new int[rows.size() + 1];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i * width;
        }
        return encode(codePoints.toInts(), ends, encoding, errors, rows);
    }

    /** The last dimension of ragged code points, int32, as strings. */
    public static RaggedTensor encode(RaggedTensor codePoints, String encoding, Errors errors) {
        var flat = codes(codePoints.flatValues());
        int last = codePoints.raggedRank() - 1;
        if (flat.rank() > 1 || last < 0) {
            return codePoints.withFlatValues(encode(flat, encoding, errors));
        }
        var ends = codePoints.partitions().get(last).splits().toInts();
        return RaggedTensor.of(
                encode(flat.toInts(), ends, encoding, errors, Shape.of(ends.length - 1)),
                codePoints.partitions().subList(0, last));
    }

    private static Tensor codes(Tensor codePoints) {
        if (codePoints.dtype() != DType.INT32) {
            throw new TensorException(
                    "unicode: code points must be int32, got " + codePoints.type(),
                    "cast them: x.cast(DType.INT32)");
        }
        return codePoints;
    }

    private static Tensor encode(
            int[] codes, int[] ends, String encoding, Errors errors, Shape shape) {
        var writer = Writer.of(encoding);
        var out = new byte[shape.size()][];
        for (int i = 0; i < out.length; i++) {
            var bytes = new ByteArrayOutputStream();
            for (int j = ends[i]; j < ends[i + 1]; j++) {
                boolean right =
                        Character.isValidCodePoint(codes[j])
                                && (codes[j] < 0xd800 || codes[j] > 0xdfff);
                var settled = errors.settle(right ? codes[j] : CodePoints.MALFORMED);
                if (settled != null) {
                    bytes.writeBytes(writer.bytes(settled));
                }
            }
            out[i] = bytes.toByteArray();
        }
        return new HostTensor(DType.STRING, shape, out);
    }

    /** Strings in another encoding. */
    public static Tensor transcode(Tensor x, String from, String to, Errors errors) {
        var reader = CodePoints.of(from);
        var writer = Writer.of(to);
        return MapStrings.bytes(
                "unicode_transcode",
                x,
                s -> {
                    var out = new ByteArrayOutputStream(s.length);
                    reader.read(
                            s,
                            (code, offset) -> {
                                var settled = errors.settle(code);
                                if (settled != null) {
                                    out.writeBytes(writer.bytes(settled));
                                }
                            });
                    return out.toByteArray();
                });
    }

    /**
     * The number, int32, of the script each code point (int32) belongs to, as ICU numbers scripts:
     * 25 is Latin, 8 Cyrillic; -1 for what is no code point.
     */
    public static Tensor script(Tensor codePoints) {
        return MapStrings.bind(
                "unicode_script",
                DType.INT32,
                (n, inputs, out) -> {
                    for (int i = 0; i < n; i++) {
                        ((int[]) out)[i] = Scripts.number((int) inputs[0].integer(i));
                    }
                },
                codes(codePoints));
    }

    /** Writes characters in an encoding. */
    @FunctionalInterface
    private interface Writer {
        byte[] bytes(int codePoint);

        static Writer of(String encoding) {
            return switch (encoding) {
                case "UTF-8" -> code -> CodePoints.bytes(Character.toString(code));
                case "UTF-16-BE" -> Writer::utf16;
                case "UTF-32-BE" -> code -> bytes(code, 4);
                default ->
                        throw new TensorException(
                                "unicode: can't write the encoding '" + encoding + "'",
                                "the encodings to write are "
                                        + List.of("UTF-8", "UTF-16-BE", "UTF-32-BE"));
            };
        }

        private static byte[] utf16(int code) {
            return Character.isBmpCodePoint(code)
                    ? bytes(code, 2)
                    : bytes(Character.highSurrogate(code) << 16 | Character.lowSurrogate(code), 4);
        }

        private static byte[] bytes(int value, int width) {
            var out = new byte[width];
            for (int i = 0; i < width; i++) {
                out[i] = (byte) (value >>> 8 * (width - 1 - i));
            }
            return out;
        }
    }
}
