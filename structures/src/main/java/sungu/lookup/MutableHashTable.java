package sungu.lookup;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** A table that changes. Threads may share it: each call is one step. */
public final class MutableHashTable implements LookupTable {
    private final Entries entries;

    /**
     * An empty table.
     *
     * @param missing the value of keys that are not there; all values have its dtype and shape
     */
    public MutableHashTable(DType keyDtype, Tensor missing) {
        entries = new Entries(keyDtype, Shape.SCALAR, missing.host(), 16);
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
    public synchronized long size() {
        return entries.size();
    }

    @Override
    public synchronized Tensor lookup(Tensor keys) {
        return entries.lookup(keys, null);
    }

    /** The values of keys, with other values for missing keys: one, or one for each key. */
    public synchronized Tensor lookup(Tensor keys, Tensor missing) {
        return entries.lookup(keys, missing);
    }

    /** Sets the values of keys. */
    public synchronized void insert(Tensor keys, Tensor values) {
        entries.insert(keys, values);
    }

    /** Takes keys out; those that are not there do not matter. */
    public synchronized void remove(Tensor keys) {
        entries.remove(keys);
    }

    /** All keys and values. */
    public synchronized KeyValues export() {
        return entries.export();
    }
}
