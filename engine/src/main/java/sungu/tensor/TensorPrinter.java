package sungu.tensor;

/** Prints tensors. */
final class TensorPrinter {
    private TensorPrinter() {}

    static String print(HostTensor tensor) {
        return values(tensor) + " " + tensor.type();
    }

    static String values(HostTensor tensor) {
        return java.util.Arrays.toString(tensor.doubles());
    }
}
