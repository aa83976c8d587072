package sungu.sets;

import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sets in the last dimension: the entries that share all other indices are a set, whatever their
 * order and number. Results are sparse, each set sorted and moved to the left. Integers of up to 64
 * bits and strings can be entries.
 */
public final class Sets {
    private enum Operation {
        INTERSECTION,
        UNION,
        DIFFERENCE
    }

    /**
     * A set: where it stands, and for each entry, in order, its position among the values of both
     * operands.
     */
    private record Group(long[] key, SortedMap<Entry, Integer> entries) {}

    /** An entry that compares as its element does: a number, or bytes as unsigned characters. */
    private record Entry(long number, String text) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Long.compare(number, other.number);
            return order != 0 ? order : text.compareTo(other.text);
        }
    }

    private Sets() {}

    /** The rows of a dense tensor as sets: a sparse tensor of all its elements, zeros included. */
    public static SparseTensor ofRows(Tensor x) {
        var everywhere = Indexing.where(Tensor.ones(x.shape(), DType.BOOL));
        return SparseTensor.of(
                everywhere,
                Movements.reshape(x, -1),
                Arrays.stream(x.shape().dims()).asLongStream().toArray());
    }

    /** What is in both sets. */
    public static SparseTensor intersection(SparseTensor a, SparseTensor b) {
        return combined(Operation.INTERSECTION, a, b);
    }

    /** What is in either set. */
    public static SparseTensor union(SparseTensor a, SparseTensor b) {
        return combined(Operation.UNION, a, b);
    }

    /** What is in the first set and not in the second. */
    public static SparseTensor difference(SparseTensor a, SparseTensor b) {
        return combined(Operation.DIFFERENCE, a, b);
    }

    /** As {@link #intersection(SparseTensor, SparseTensor)}, of the rows of dense tensors. */
    public static SparseTensor intersection(Tensor a, Tensor b) {
        return intersection(ofRows(a), ofRows(b));
    }

    /** As {@link #union(SparseTensor, SparseTensor)}, of the rows of dense tensors. */
    public static SparseTensor union(Tensor a, Tensor b) {
        return union(ofRows(a), ofRows(b));
    }

    /** As {@link #difference(SparseTensor, SparseTensor)}, of the rows of dense tensors. */
    public static SparseTensor difference(Tensor a, Tensor b) {
        return difference(ofRows(a), ofRows(b));
    }

    /** The number of different entries of each set: int32, without the last dimension. */
    public static Tensor size(SparseTensor a) {
        requireEntries(a);
        requireSorted(a);
        var shape = a.shape().remove(a.rank() - 1);
        var strides = shape.strides();
        var sizes = new int[shape.size()];
        for (var group : groups(a, 0)) {
            int at = 0;
            for (int d = 0; d < strides.length; d++) {
                at += (int) group.key[d] * strides[d];
            }
            sizes[at] = group.entries.size();
        }
        return new HostTensor(DType.INT32, shape, sizes);
    }

    private static void requireEntries(SparseTensor a) {
        if (!a.dtype().isInteger() && a.dtype() != DType.STRING) {
            throw new TensorException("sets: entries are integers or strings, not " + a.dtype());
        }
        if (a.rank() < 2) {
            throw new TensorException(
                    "sets: " + Arrays.toString(a.denseShape()) + " has no rows",
                    "the rank is 2 or more");
        }
    }

    private static void requireSorted(SparseTensor a) {
        var at = a.indices().toLongs();
        int rank = a.rank();
        for (int i = rank; i < at.length; i += rank) {
            if (Arrays.compare(at, i - rank, i, at, i, i + rank) >= 0) {
                throw new TensorException(
                        "sets: index " + i / rank + " is out of order or repeated",
                        "sort them with Sparse.reorder");
            }
        }
    }

    private static SparseTensor combined(Operation operation, SparseTensor a, SparseTensor b) {
        requireEntries(a);
        requireEntries(b);
        requireSorted(a);
        requireSorted(b);
        var outer = Arrays.copyOf(a.denseShape(), a.rank() - 1);
        if (a.dtype() != b.dtype()
                || !Arrays.equals(outer, Arrays.copyOf(b.denseShape(), b.rank() - 1))) {
            throw new TensorException(
                    "sets: "
                            + a.dtype()
                            + Arrays.toString(a.denseShape())
                            + " and "
                            + b.dtype()
                            + Arrays.toString(b.denseShape())
                            + " must have one dtype and the same dimensions but the last");
        }
        var left = groups(a, 0);
        var right = groups(b, a.count());
        var results = new ArrayList<Group>();
        int i = 0;
        int k = 0;
        while (i < left.size() || k < right.size()) {
            int order =
                    i == left.size()
                            ? 1
                            : k == right.size()
                                    ? -1
                                    : Arrays.compare(left.get(i).key, right.get(k).key);
            var own = order <= 0 ? left.get(i).entries : new TreeMap<Entry, Integer>();
            var other = order >= 0 ? right.get(k).entries : new TreeMap<Entry, Integer>();
            var key = order <= 0 ? left.get(i).key : right.get(k).key;
            i += order <= 0 ? 1 : 0;
            k += order >= 0 ? 1 : 0;
            results.add(new Group(key, entries(operation, own, other)));
        }
        return sparse(results, Movements.concat(List.of(a.values(), b.values()), 0), outer);
    }

    private static SortedMap<Entry, Integer> entries(
            Operation operation, Map<Entry, Integer> own, Map<Entry, Integer> other) {
        var result = new TreeMap<>(own);
        switch (operation) {
            case UNION -> other.forEach(result::putIfAbsent);
            case INTERSECTION -> result.keySet().retainAll(other.keySet());
            case DIFFERENCE -> result.keySet().removeAll(other.keySet());
        }
        return result;
    }

    private static List<Group> groups(SparseTensor x, int shift) {
        var groups = new ArrayList<Group>();
        var at = x.indices().toLongs();
        var values = x.values().host();
        int rank = x.rank();
        for (int i = 0; i < x.count(); i++) {
            var key = Arrays.copyOfRange(at, i * rank, (i + 1) * rank - 1);
            for (int d = 0; d < key.length; d++) {
                if (key[d] < 0 || key[d] >= x.denseShape()[d]) {
                    throw new TensorException(
                            "sets: index "
                                    + i
                                    + " is outside of "
                                    + Arrays.toString(x.denseShape()));
                }
            }
            if (groups.isEmpty() || !Arrays.equals(groups.getLast().key, key)) {
                groups.add(new Group(key, new TreeMap<>()));
            }
            var entry =
                    x.dtype() == DType.STRING
                            ? new Entry(
                                    0, new String(values.bytes()[i], StandardCharsets.ISO_8859_1))
                            : new Entry(values.integer(i), "");
            groups.getLast().entries.putIfAbsent(entry, shift + i);
        }
        return groups;
    }

    private static SparseTensor sparse(List<Group> groups, Tensor values, long[] outer) {
        int count = groups.stream().mapToInt(group -> group.entries.size()).sum();
        int rank = outer.length + 1;
        var indices = new long[count * rank];
        var chosen = new int[count];
        var shape = Arrays.copyOf(outer, rank);
        int n = 0;
        for (var group : groups) {
            int column = 0;
            for (int position : group.entries.values()) {
                System.arraycopy(group.key, 0, indices, n * rank, rank - 1);
                indices[n * rank + rank - 1] = column++;
                chosen[n++] = position;
            }
            shape[rank - 1] = Math.max(shape[rank - 1], column);
        }
        return SparseTensor.of(
                new HostTensor(DType.INT64, Shape.of(count, rank), indices),
                Indexing.gather(values, Tensor.ofInts(chosen), 0),
                shape);
    }
}
