package sungu.graph;

import org.jspecify.annotations.Nullable;

import sungu.kernel.RawBytes;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.StringJoiner;

/**
 * Constants in graph text: {@code f32[2](1.0, 2.5)} when small, {@code f32[8,8](all 0.0)} when all
 * elements are the same, else {@code f32[8,8](base64 ...)} with the bytes in little-endian order.
 * Every form keeps all bits.
 */
final class ConstantText {
    /** Up to this many elements are listed one by one. */
    static final int SMALL = 16;

    private ConstantText() {}

    static String print(HostTensor tensor) {
        return tensor.type() + "(" + elements(tensor) + ")";
    }

    private static String elements(HostTensor tensor) {
        int n = tensor.size();
        if (n == 0) {
            return "";
        }
        boolean listed = !tensor.dtype().isComplex() && tensor.dtype() != DType.STRING;
        if (listed && n > SMALL && tensor.isUniform()) {
            var word = element(tensor, 0);
            if (word != null) {
                return "all " + word;
            }
        }
        if (listed && n <= SMALL) {
            var list = new StringJoiner(", ");
            for (int i = 0; i < n && list != null; i++) {
                var word = element(tensor, i);
                list = word == null ? null : list.add(word);
            }
            if (list != null) {
                return list.toString();
            }
        }
        return "base64 " + Base64.getEncoder().encodeToString(bytes(tensor));
    }

    /**
     * An element as a word that reads back to the same bits; null if there is none, as for a NaN
     * with a payload.
     */
    private static @Nullable String element(HostTensor tensor, int i) {
        var dtype = tensor.dtype();
        var word =
                switch (dtype) {
                    case BOOL -> tensor.integer(i) != 0 ? "true" : "false";
                    case UINT64 -> Long.toUnsignedString(tensor.integer(i));
                    case FLOAT64 -> Double.toString(tensor.number(i));
                    default ->
                            dtype.isFloating()
                                    ? Float.toString((float) tensor.number(i))
                                    : Long.toString(tensor.integer(i));
                };
        var one = HostTensor.newArray(dtype, Shape.SCALAR);
        put(dtype, one, 0, word);
        var copy = HostTensor.newArray(dtype, Shape.SCALAR);
        System.arraycopy(tensor.array(), i, copy, 0, 1);
        var scalar = new TensorType(dtype, Shape.SCALAR);
        return Arrays.equals(
                        bytes(new HostTensor(scalar, one)), bytes(new HostTensor(scalar, copy)))
                ? word
                : null;
    }

    private static void put(DType dtype, Object array, int i, String word) {
        switch (dtype) {
            case BOOL ->
                    Numbers.putLong(
                            dtype,
                            array,
                            i,
                            word.equals("true")
                                    ? 1
                                    : word.equals("false") ? 0 : Long.parseLong(word));
            case UINT64 -> Numbers.putLong(dtype, array, i, Long.parseUnsignedLong(word));
            case FLOAT64 -> Numbers.put(dtype, array, i, Double.parseDouble(word));
            case FLOAT32 -> ((float[]) array)[i] = Float.parseFloat(word);
            default -> {
                if (dtype.isFloating()) {
                    Numbers.put(dtype, array, i, Float.parseFloat(word));
                } else {
                    Numbers.putLong(dtype, array, i, Long.parseLong(word));
                }
            }
        }
    }

    private static byte[] bytes(HostTensor tensor) {
        if (tensor.dtype() == DType.STRING) {
            int n = tensor.size();
            var strings = tensor.bytes();
            int length = 4 * n;
            for (int i = 0; i < n; i++) {
                length += strings[i].length;
            }
            var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < n; i++) {
                buffer.putInt(strings[i].length).put(strings[i]);
            }
            return buffer.array();
        }
        var buffer =
                ByteBuffer.allocate(Math.multiplyExact(tensor.size(), tensor.dtype().bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        RawBytes.write(tensor, buffer);
        return buffer.array();
    }

    /** Reads what stands between the parentheses. */
    static HostTensor parse(TensorType type, String inside) {
        int n = type.size();
        var dtype = type.dtype();
        var array = HostTensor.newArray(dtype, type.shape());
        var tensor = new HostTensor(type, array);
        var body = inside.strip();
        if (body.startsWith("base64 ")) {
            fill(tensor, Base64.getDecoder().decode(body.substring(7).strip()));
        } else if (body.startsWith("all ")) {
            put(dtype, array, 0, body.substring(4).strip());
            for (int filled = 1; filled < n; filled *= 2) {
                System.arraycopy(array, 0, array, filled, Math.min(filled, n - filled));
            }
        } else if (!body.isEmpty() || n > 0) {
            var words = body.split(",", -1);
            if (words.length != n) {
                throw new TensorException(
                        "a constant " + type + " has " + n + " elements, the text " + words.length);
            }
            for (int i = 0; i < n; i++) {
                put(dtype, array, i, words[i].strip());
            }
        }
        return tensor;
    }

    private static void fill(HostTensor tensor, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.dtype() == DType.STRING) {
            var strings = (byte[][]) tensor.array();
            for (int i = 0; i < tensor.size(); i++) {
                int length = buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    throw new TensorException("a string constant is cut off");
                }
                strings[i] = new byte[length];
                buffer.get(strings[i]);
            }
            return;
        }
        if (bytes.length != (long) tensor.size() * tensor.dtype().bytes()) {
            throw new TensorException(
                    "a constant "
                            + tensor.type()
                            + " has "
                            + (long) tensor.size() * tensor.dtype().bytes()
                            + " bytes, the text "
                            + bytes.length);
        }
        RawBytes.read(buffer, tensor);
    }
}
