package sungu.kernel;

import sungu.primitive.IndexVectors;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

/** Slices read at positions given by index vectors; it runs in one thread at a time. */
public final class GatherKernel {
    private final SliceNumbers slices;
    private final boolean lenient;
    private final int width;

    /** What stands where a vector points outside. */
    private final Object empty;

    /** Makes a gather ready for operands of these types. */
    public GatherKernel(IndexVectors vectors, TensorType x, Shape indices) {
        slices = new SliceNumbers(vectors, x.shape(), indices);
        lenient = vectors.lenient();
        width = slices.width * x.dtype().lanes();
        empty = HostTensor.newArray(x.dtype(), Shape.of(lenient ? slices.width : 0));
    }

    /** Fills {@code out} with the slices of {@code x} that {@code indices} name. */
    public void run(HostTensor x, HostTensor indices, HostTensor out) {
        int count = slices.count;
        var numbers = slices.of("gather", indices);
        for (int b = 0; b < slices.batches; b++) {
            for (int o = 0; o < slices.outer; o++) {
                int from = (b * slices.outer + o) * slices.space;
                int to = (b * slices.outer + o) * count;
                if (lenient) {
                    some(x.array(), from, numbers, b * count, out.array(), to);
                } else {
                    Copy.rows(
                            x.array(),
                            from * width,
                            width,
                            numbers,
                            b * count,
                            out.array(),
                            to * width,
                            width,
                            count,
                            width);
                }
            }
        }
    }

    private void some(Object x, int from, int[] numbers, int first, Object out, int to) {
        for (int i = 0; i < slices.count; i++) {
            int number = numbers[first + i];
            System.arraycopy(
                    number < 0 ? empty : x,
                    number < 0 ? 0 : (from + number) * width,
                    out,
                    (to + i) * width,
                    width);
        }
    }
}
