package sungu.trace;

import sungu.tensor.HostTensor;

/** Adds rows at the end of a tensor and takes them away again. */
final class RowPadding {
    private RowPadding() {}

    /** The tensor with its last row repeated: values that the function is known to take. */
    static HostTensor padded(HostTensor tensor, int rows) {
        var result = HostTensor.allocate(tensor.dtype(), tensor.shape().with(0, rows));
        int own = tensor.shape().dim(0);
        int width = width(tensor);
        System.arraycopy(tensor.array(), 0, result.array(), 0, own * width);
        for (int i = own; i < rows; i++) {
            System.arraycopy(tensor.array(), (own - 1) * width, result.array(), i * width, width);
        }
        return result;
    }

    /** The first rows of a tensor. */
    static HostTensor first(HostTensor tensor, int rows) {
        var result = HostTensor.allocate(tensor.dtype(), tensor.shape().with(0, rows));
        System.arraycopy(tensor.array(), 0, result.array(), 0, rows * width(tensor));
        return result;
    }

    private static int width(HostTensor tensor) {
        return tensor.size() / tensor.shape().dim(0) * tensor.dtype().lanes();
    }
}
