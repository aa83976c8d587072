package sungu.strings;

import sungu.kernel.RawBytes;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Values written in strings: Base64, raw bytes of numbers, lines of CSV. */
public final class Encodings {
    private Encodings() {}

    /** Strings in web-safe Base64, filled up with {@code =} if {@code pad}. */
    public static Tensor encodeBase64(Tensor x, boolean pad) {
        var encoder = Base64.getUrlEncoder();
        var coder = pad ? encoder : encoder.withoutPadding();
        return MapStrings.bytes("encode_base64", x, coder::encode);
    }

    /** The bytes that web-safe Base64, with or without filling, stands for. */
    public static Tensor decodeBase64(Tensor x) {
        return MapStrings.bytes(
                "decode_base64",
                x,
                s -> {
                    try {
                        return Base64.getUrlDecoder().decode(s);
                    } catch (IllegalArgumentException e) {
                        throw new TensorException(
                                "decodeBase64: '" + CodePoints.utf8(s) + "' is no web-safe Base64");
                    }
                });
    }

    /**
     * The numbers whose bytes each string holds, along a new last dimension.
     *
     * @throws TensorException if strings differ in length or hold no whole number of elements
     */
    public static Tensor decodeRaw(Tensor x, DType dtype, boolean littleEndian) {
        var strings = MapStrings.strings("decodeRaw", x).host().bytes();
        int n = x.size();
        int length = n == 0 ? 0 : strings[0].length;
        if (dtype.bytes() == 0 || length % dtype.bytes() != 0) {
            throw new TensorException(
                    "decodeRaw: " + length + " bytes are no whole number of " + dtype);
        }
        var all = ByteBuffer.allocate(n * length);
        for (int i = 0; i < n; i++) {
            if (strings[i].length != length) {
                throw new TensorException(
                        "decodeRaw: strings must have one length, got "
                                + length
                                + " and "
                                + strings[i].length);
            }
            all.put(strings[i]);
        }
        int unit = dtype.bytes() / dtype.lanes();
        if (!littleEndian && unit > 1) {
            reverse(all.array(), unit);
        }
        var out = HostTensor.allocate(dtype, x.shape().insert(x.rank(), length / dtype.bytes()));
        RawBytes.read(all.flip().order(ByteOrder.LITTLE_ENDIAN), out);
        return out;
    }

    private static void reverse(byte[] bytes, int unit) {
        for (int at = 0; at < bytes.length; at += unit) {
            for (int i = at, j = at + unit - 1; i < j; i++, j--) {
                byte swap = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swap;
            }
        }
    }

    /**
     * Lines of CSV as one tensor per column, each of the shape of the lines.
     *
     * @param defaults one per column: its dtype is the column's; its element, if it has one, stands
     *     for empty fields, which are errors otherwise
     * @param missing a field that counts as empty, too
     */
    public static List<Tensor> decodeCsv(
            Tensor lines, List<Tensor> defaults, char delimiter, boolean quotes, String missing) {
        var strings = MapStrings.strings("decodeCsv", lines).host().bytes();
        var columns = new ArrayList<HostTensor>();
        for (var column : defaults) {
            if (column.rank() > 1 || column.size() > 1) {
                throw new TensorException(
                        "decodeCsv: a default must be one element or none, got " + column.type());
            }
            columns.add(HostTensor.allocate(column.dtype(), lines.shape()));
        }
        for (int row = 0; row < lines.size(); row++) {
            var fields = fields(strings[row], delimiter, quotes);
            if (fields.size() != columns.size()) {
                throw new TensorException(
                        "decodeCsv: line "
                                + row
                                + " has "
                                + fields.size()
                                + " fields, "
                                + columns.size()
                                + " are expected");
            }
            for (int i = 0; i < columns.size(); i++) {
                var field = fields.get(i);
                var text = CodePoints.utf8(field);
                if (field.length == 0 || text.equals(missing)) {
                    put(defaults.get(i).host(), columns.get(i), row, i);
                } else if (columns.get(i).dtype() == DType.STRING) {
                    columns.get(i).bytes()[row] = field;
                } else {
                    Numerals.read(text, columns.get(i).dtype(), columns.get(i).array(), row);
                }
            }
        }
        return List.copyOf(columns);
    }

    private static void put(HostTensor value, HostTensor column, int row, int number) {
        if (value.size() == 0) {
            throw new TensorException(
                    "decodeCsv: field " + number + " of line " + row + " is empty",
                    "give its column a default");
        }
        System.arraycopy(value.array(), 0, column.array(), row, 1);
    }

    /** The fields of a line as RFC 4180 has them: doubled quotes within quotes stand for one. */
    private static List<byte[]> fields(byte[] line, char delimiter, boolean quotes) {
        var fields = new ArrayList<byte[]>();
        var field = ByteBuffer.allocate(line.length);
        boolean quoted = false;
        int at = 0;
        while (at < line.length) {
            byte b = line[at++];
            if (quoted) {
                boolean twice = b == '"' && at < line.length && line[at] == '"';
                quoted = b != '"' || twice;
                at += twice ? 1 : 0;
                if (quoted) {
                    field.put(b);
                }
            } else if (b == delimiter) {
                fields.add(take(field));
            } else if (quotes && b == '"') {
                if (field.position() > 0) {
                    throw new TensorException(
                            "decodeCsv: a quote in the middle of a field of '"
                                    + CodePoints.utf8(line)
                                    + "'");
                }
                quoted = true;
            } else if (b != '\n' && b != '\r') {
                field.put(b);
            }
        }
        if (quoted) {
            throw new TensorException(
                    "decodeCsv: a quote stays open in '" + CodePoints.utf8(line) + "'");
        }
        fields.add(take(field));
        return fields;
    }

    private static byte[] take(ByteBuffer field) {
        var bytes = new byte[field.position()];
        field.flip().get(bytes);
        field.clear();
        return bytes;
    }
}
