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
        if (width == 1
                && x.array() instanceof float[] from
                && out.array() instanceof float[] to
                && !vectors.lenient()) {
            floats(from, to, offsets, sizes.get(0), outer, space, count);
            return;
        }
        for (int b = 0; b < sizes.get(0); b++) {
            for (int o = 0; o < outer; o++) {
                int from = (b * outer + o) * space;
                int to = (b * outer + o) * count;
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

    private static void floats(
            float[] x, float[] out, int[] offsets, int batch, int outer, int space, int count) {
        for (int b = 0; b < batch; b++) {
            for (int o = 0; o < outer; o++) {
                int from = (b * outer + o) * space;
                int to = (b * outer + o) * count;
                for (int i = 0; i < count; i++) {
                    out[to + i] = x[from + offsets[b * count + i]];
                }
            }
        }
    }

    /** Copies indices; false if one points outside. */
    private static boolean inside(int[] indices, int size, int[] offsets) {
        for (int i = 0; i < offsets.length; i++) {
            int index = indices[i];
            if (index < 0 || index >= size) {
                return false;
            }
            offsets[i] = index;
        }
        return true;
    }

    /**
     * Per index vector the number of its slice in the indexed dimensions; -1 for one that points
     * outside and is left out.
     */
    static int[] offsets(String label, IndexVectors vectors, Shape x, HostTensor indices) {
        int depth = vectors.depth();
        int lead = vectors.batch() + vectors.outer();
        var space = x.slice(lead, lead + depth);
        var strides = space.strides();
        var offsets = new int[indices.shape().slice(0, indices.rank() - 1).size()];
        if (depth == 1
                && indices.array() instanceof int[] all
                && inside(all, space.dim(0), offsets)) {
            return offsets;
        }
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
