package sungu.kernel;

import sungu.primitive.IndexVectors;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

/**
 * The slices that index vectors name, for operands of known shapes. It is made once and used by one
 * thread at a time.
 */
public final class SliceNumbers {
    /**
     * Sizes: batches, what lies outside the indexed dimensions, these, vectors per batch, slice.
     */
    final int batches;

    final int outer;
    final int space;
    final int count;
    final int width;

    private final IndexVectors vectors;
    private final Shape shape;
    private final Shape indexed;
    private final int[] strides;
    private int[] numbers = {};

    /**
     * Makes it ready.
     *
     * @param x the shape of what is indexed
     * @param indices the shape of the index vectors
     */
    public SliceNumbers(IndexVectors vectors, Shape x, Shape indices) {
        this.vectors = vectors;
        shape = x;
        var sizes = vectors.sizes(x, indices);
        batches = sizes.get(0);
        outer = sizes.get(1);
        space = sizes.get(2);
        count = sizes.get(3);
        width = sizes.get(4);
        int lead = vectors.batch() + vectors.outer();
        indexed = x.slice(lead, lead + vectors.depth());
        strides = indexed.strides();
    }

    /**
     * Per index vector the number of its slice in the indexed dimensions; -1 for one that points
     * outside and is left out. All are checked. There may be more numbers than vectors, and they
     * may be the array of the indices itself; they hold until the next call.
     */
    public int[] of(String label, HostTensor indices) {
        int depth = vectors.depth();
        int all = batches * count;
        if (depth == 1 && indices.array() instanceof int[] array && inside(array, all)) {
            return array;
        }
        if (numbers.length < all) {
            numbers = new int[all];
        }
        for (int i = 0; i < all; i++) {
            numbers[i] = number(label, indices, i);
        }
        return numbers;
    }

    /** Whether the first indices all name a slice. */
    private boolean inside(int[] indices, int n) {
        for (int i = 0; i < n; i++) {
            if (indices[i] < 0 || indices[i] >= space) {
                return false;
            }
        }
        return true;
    }

    private int number(String label, HostTensor indices, int i) {
        int depth = vectors.depth();
        int number = 0;
        for (int k = 0; k < depth; k++) {
            long index = indices.integer(i * depth + k);
            if (index < 0 || index >= indexed.dim(k)) {
                if (vectors.lenient() && index < 0) {
                    return -1;
                }
                var vector = new int[depth];
                for (int j = 0; j < depth; j++) {
                    vector[j] = (int) indices.integer(i * depth + j);
                }
                throw vectors.outside(label, Ints.of(vector), i, shape, indices.shape());
            }
            number += (int) index * strides[k];
        }
        return number;
    }
}
