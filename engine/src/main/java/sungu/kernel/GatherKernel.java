package sungu.kernel;

import sungu.primitive.IndexVectors;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

/** Slices read at positions given by index vectors. */
public final class GatherKernel {
    private GatherKernel() {}

    /** Fills {@code out} with the slices of {@code x} that {@code indices} name. */
    public static void gather(
            IndexVectors vectors, HostTensor x, HostTensor indices, HostTensor out) {
        var sizes = vectors.sizes(x.shape(), indices.shape());
        int outer = sizes.get(1);
        int space = sizes.get(2);
        int count = sizes.get(3);
        int width = sizes.get(4) * x.dtype().lanes();
        var offsets = offsets("gather", vectors, x.shape(), indices);
        var empty =
                vectors.lenient()
                        ? HostTensor.newArray(x.dtype(), Shape.of(sizes.get(4)))
                        : x.array();
        for (int b = 0; b < sizes.get(0); b++) {
            for (int o = 0; o < outer; o++) {
                int from = (b * outer + o) * space;
                int to = (b * outer + o) * count;
                if (!vectors.lenient()) {
                    Copy.rows(
                            x.array(),
                            from * width,
                            width,
                            offsets,
                            b * count,
                            out.array(),
                            to * width,
                            width,
                            count,
                            width);
                    continue;
                }
                for (int i = 0; i < count; i++) {
                    int offset = offsets[b * count + i];
                    System.arraycopy(
                            offset < 0 ? empty : x.array(),
                            offset < 0 ? 0 : (from + offset) * width,
                            out.array(),
                            (to + i) * width,
                            width);
                }
            }
        }
    }

    /** Per index vector the number of the slice of {@code x} that it names; all are checked. */
    public static int[] offsets(IndexVectors vectors, HostTensor x, HostTensor indices) {
        return offsets("gather", vectors, x.shape(), indices);
    }

    /** Whether the first indices all name a slice. */
    private static boolean inside(int[] indices, int count, int size) {
        for (int i = 0; i < count; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                return false;
            }
        }
        return true;
    }

    /**
     * Per index vector the number of its slice in the indexed dimensions; -1 for one that points
     * outside and is left out. There may be more numbers than vectors, and they may be the array of
     * the indices itself.
     */
    static int[] offsets(String label, IndexVectors vectors, Shape x, HostTensor indices) {
        int depth = vectors.depth();
        int lead = vectors.batch() + vectors.outer();
        if (depth == 1
                && indices.array() instanceof int[] all
                && inside(all, indices.size(), x.dim(lead))) {
            return all;
        }
        var space = x.slice(lead, lead + depth);
        var strides = space.strides();
        var offsets = new int[indices.shape().slice(0, indices.rank() - 1).size()];
        for (int i = 0; i < offsets.length; i++) {
            int offset = 0;
            for (int k = 0; k < depth; k++) {
                long index = indices.integer(i * depth + k);
                if (index < 0 || index >= space.dim(k)) {
                    if (!vectors.lenient() || index >= 0) {
                        var vector = new int[depth];
                        for (int j = 0; j < depth; j++) {
                            vector[j] = (int) indices.integer(i * depth + j);
                        }
                        throw vectors.outside(label, Ints.of(vector), i, x, indices.shape());
                    }
                    offset = -1;
                    break;
                }
                offset += (int) index * strides[k];
            }
            offsets[i] = offset;
        }
        return offsets;
    }
}
