package sungu.lookup;

import sungu.ragged.RaggedTensor;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** A table that gives values for keys. Tables belong to eager code: they hold values. */
public interface LookupTable {
    /** The dtype of the keys. */
    DType keyDtype();

    /** The dtype of the values. */
    DType valueDtype();

    /** The number of keys; with buckets for unknown ones, those counted. */
    long size();

    /**
     * The values of keys, of the shape of the keys.
     *
     * @throws sungu.tensor.TensorException if the keys have another dtype
     */
    Tensor lookup(Tensor keys);

    /** The values of ragged keys. */
    default RaggedTensor lookup(RaggedTensor keys) {
        return keys.withFlatValues(lookup(keys.flatValues()));
    }

    /** The values of sparse keys. */
    default SparseTensor lookup(SparseTensor keys) {
        return SparseTensor.of(keys.indices(), lookup(keys.values()), keys.denseShape());
    }
}
