package sungu.lookup;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * A table that changes, with keys of one or several elements, of which two are set aside: for empty
 * places and for those whose key was taken out. Threads may share it: each call is one step.
 */
public final class DenseHashTable implements LookupTable {
    private final Entries entries;
    private final Object empty;
    private final Object deleted;

    /**
     * An empty table.
     *
     * @param missing the value of keys that are not there; all values have its dtype and shape
     * @param emptyKey a key that never occurs; all keys have its dtype and shape
     * @param deletedKey another one
     */
    public DenseHashTable(Tensor missing, Tensor emptyKey, Tensor deletedKey) {
        this(missing, emptyKey, deletedKey, 16);
    }

    /**
     * An empty table with room for a number of keys; it grows by itself.
     *
     * @param places a power of 2, 4 or more
     */
    public DenseHashTable(Tensor missing, Tensor emptyKey, Tensor deletedKey, int places) {
        if (places < 4 || Integer.bitCount(places) != 1) {
            throw new TensorException(
                    "table: room must be for a power of 2, 4 or more, not for " + places);
        }
        entries = new Entries(emptyKey.dtype(), emptyKey.shape(), missing.host(), places);
        empty = entries.keys(emptyKey).get(0);
        deleted = entries.keys(deletedKey).get(0);
        if (!deletedKey.shape().equals(emptyKey.shape()) || empty.equals(deleted)) {
            throw new TensorException(
                    "table: the keys for empty and deleted places must have one shape and differ");
        }
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
        refuseReserved(keys);
        return entries.lookup(keys, null);
    }

    /** Sets the values of keys. */
    public synchronized void insert(Tensor keys, Tensor values) {
        refuseReserved(keys);
        entries.insert(keys, values);
    }

    /** Takes keys out; those that are not there do not matter. */
    public synchronized void remove(Tensor keys) {
        refuseReserved(keys);
        entries.remove(keys);
    }

    /** All keys and values. */
    public synchronized KeyValues export() {
        return entries.export();
    }

    private void refuseReserved(Tensor keys) {
        for (var key : entries.keys(keys)) {
            if (key.equals(empty) || key.equals(deleted)) {
                throw new TensorException("table: key " + key + " is set aside for empty places");
            }
        }
    }
}
