package sungu.lookup;

import sungu.ops.Elements;
import sungu.strings.Strings;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * A vocabulary with buckets for words outside of it: a known word has its own number, any other the
 * number of a bucket behind them, found by TensorFlow's hash. It never changes.
 */
public final class StaticVocabularyTable implements LookupTable {
    private final StaticHashTable table;
    private final DType lookupType;
    private final long buckets;

    /** A table of words and their numbers, int64, with that many buckets. */
    public StaticVocabularyTable(KeyValues content, long buckets) {
        this(content, buckets, content.keys().dtype());
    }

    /**
     * A table of words and their numbers, int64, with that many buckets.
     *
     * @param lookupType the dtype of keys to look up: that of the content, or for integers another
     *     integer type
     */
    public StaticVocabularyTable(KeyValues content, long buckets, DType lookupType) {
        var keyType = content.keys().dtype();
        if (buckets < 1) {
            throw new TensorException(
                    "vocabulary: needs at least one bucket, got " + buckets,
                    "a StaticHashTable has none");
        }
        if (content.values().dtype() != DType.INT64) {
            throw new TensorException(
                    "vocabulary: numbers of words are int64, got " + content.values().type());
        }
        if (keyType != lookupType && !(keyType.isInteger() && lookupType.isInteger())) {
            throw new TensorException(
                    "vocabulary: words are "
                            + keyType
                            + ", so keys to look up can't be "
                            + lookupType);
        }
        this.table = new StaticHashTable(content, Tensor.of(-1L));
        this.buckets = buckets;
        this.lookupType = lookupType;
    }

    @Override
    public DType keyDtype() {
        return lookupType;
    }

    @Override
    public DType valueDtype() {
        return DType.INT64;
    }

    /** The number of words and buckets. */
    @Override
    public long size() {
        return table.size() + buckets;
    }

    @Override
    public Tensor lookup(Tensor keys) {
        if (keys.dtype() != lookupType) {
            throw new TensorException("table: keys are " + lookupType + ", got " + keys.type());
        }
        var known = table.lookup(keys.cast(table.keyDtype()));
        var words = keys.dtype() == DType.STRING ? keys : Strings.asString(keys);
        var bucket = Strings.toHashBucketFast(words, buckets).plus(table.size());
        return Elements.select(Elements.less(known, Tensor.of(0L)), bucket, known);
    }
}
