package sungu.ops;

import java.util.List;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;

/** Parts of tensors by position: what stands between Python's brackets, gather and scatter. */
public final class Indexing {
    private Indexing() {}

    /** The part that an index names. */
    public static Tensor get(Tensor x, List<Slice> index) {
        throw new UnsupportedOperationException();
    }

    /** The tensor with the part that an index names replaced. */
    public static Tensor update(Tensor x, List<Slice> index, Tensor part) {
        throw new UnsupportedOperationException();
    }

    /** The elements where a bool mask over the leading dimensions is true. */
    public static Tensor booleanMask(Tensor x, Tensor mask) {
        throw new UnsupportedOperationException();
    }

    /** The tensor with rows replaced. */
    public static Tensor scatterRows(Tensor x, Tensor indices, Tensor updates) {
        throw new UnsupportedOperationException();
    }

    /** The tensor with elements or slices replaced. */
    public static Tensor scatterNdUpdate(Tensor x, Tensor indices, Tensor updates) {
        throw new UnsupportedOperationException();
    }
}
