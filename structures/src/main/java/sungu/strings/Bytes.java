package sungu.strings;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Byte strings put together. */
final class Bytes {
    private Bytes() {}

    /** The parts with a separator between them. */
    static byte[] join(List<byte[]> parts, byte[] separator) {
        var out = new ByteArrayOutputStream();
        boolean first = true;
        for (var part : parts) {
            if (!first) {
                out.writeBytes(separator);
            }
            out.writeBytes(part);
            first = false;
        }
        return out.toByteArray();
    }

    /** A vector of strings. */
    static Tensor vector(List<byte[]> strings) {
        return new HostTensor(
                DType.STRING, Shape.of(strings.size()), strings.toArray(byte[][]::new));
    }
}
