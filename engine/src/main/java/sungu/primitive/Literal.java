package sungu.primitive;

import sungu.kernel.Copy;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * A value known when the graph is made. Equal constants are the same array, or small and of equal
 * bits.
 */
public record Literal(HostTensor value) implements Source {
    private static final int COMPARED = 64;

    @Override
    public String label() {
        return "constant";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return new TensorType[] {value.type()};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        Copy.flat(value.array(), outputs[0].array(), value.size() * value.dtype().lanes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal constant
                && (constant.value.array() == value.array()
                                && constant.value.type().equals(value.type())
                        || constant.value.type().equals(value.type())
                                && value.size() <= COMPARED
                                && sameBits(constant.value));
    }

    private boolean sameBits(HostTensor other) {
        return switch (value.dtype().storage()) {
            case BYTES -> Arrays.equals((byte[]) value.array(), (byte[]) other.array());
            case SHORTS -> Arrays.equals((short[]) value.array(), (short[]) other.array());
            case INTS -> Arrays.equals((int[]) value.array(), (int[]) other.array());
            case LONGS -> Arrays.equals((long[]) value.array(), (long[]) other.array());
            case FLOATS -> Arrays.equals((float[]) value.array(), (float[]) other.array());
            case DOUBLES -> Arrays.equals((double[]) value.array(), (double[]) other.array());
            case STRINGS -> Arrays.deepEquals(value.bytes(), other.bytes());
        };
    }

    @Override
    public int hashCode() {
        return value.type().hashCode() * 31
                + (value.size() == 1 && value.dtype().lanes() == 1 && value.dtype().bytes() > 0
                        ? Double.hashCode(value.number(0))
                        : 0);
    }
}
