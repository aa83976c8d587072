package sungu.lookup;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** A table that never changes; any number of threads may use it. */
public final class StaticHashTable implements LookupTable {
    private final Entries entries;

    /**
     * A table of these keys and values, all vectors of one length.
     *
     * @param missing the value of all other keys, a scalar
     * @throws TensorException if there are no keys, or one has two different values
     */
    public StaticHashTable(KeyValues content, Tensor missing) {
        var keys = content.keys();
        if (keys.rank() != 1 || keys.size() == 0 || missing.rank() != 0) {
            throw new TensorException(
                    "table: keys must be a vector that is not empty, and the value of missing ones"
                            + " a scalar, got "
                            + keys.type()
                            + " and "
                            + missing.type());
        }
        entries = new Entries(keys.dtype(), missing.shape(), missing.host(), keys.size());
        entries.insertOnce(keys, content.values());
    }

    @Override
    public DType keyDtype() {
        return entries.keyType();
    }

    @Override
    public DType valueDtype() {
        return entries.missing().dtype();
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public Tensor lookup(Tensor keys) {
        return entries.lookup(keys, null);
    }

    /** All keys and values. */
    public KeyValues export() {
        return entries.export();
    }
}
