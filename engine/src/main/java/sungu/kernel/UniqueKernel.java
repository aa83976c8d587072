package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;

/** Distinct rows. */
public final class UniqueKernel {
    private UniqueKernel() {}

    /** A row as keys that compare as its elements do, or as strings. */
    private record Row(long[] keys, byte[][] strings) implements Comparable<Row> {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row
                    && Arrays.equals(keys, row.keys)
                    && Arrays.deepEquals(strings, row.strings);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(keys) + Arrays.deepHashCode(strings);
        }

        @Override
        public int compareTo(Row other) {
            int compared = Arrays.compare(keys, other.keys);
            for (int i = 0; i < strings.length && compared == 0; i++) {
                compared = Arrays.compareUnsigned(strings[i], other.strings[i]);
            }
            return compared;
        }
    }

    /**
     * First positions, the number of each row's distinct row, and counts; {@code size} of them, or
     * all if it is negative.
     */
    public static HostTensor[] unique(boolean sorted, int size, HostTensor x) {
        int n = x.shape().dim(0);
        int width = x.shape().slice(1, x.rank()).size();
        int lanes = width * x.dtype().lanes();
        boolean strings = x.dtype() == DType.STRING;
        var keys = strings ? new long[0] : OrderKeys.of(x);
        var known = new HashMap<Row, Integer>();
        var rows = new ArrayList<Row>();
        var inverse = new int[n];
        var firsts = new int[n];
        var counts = new int[n];
        for (int i = 0; i < n; i++) {
            var row =
                    strings
                            ? new Row(
                                    new long[0],
                                    Arrays.copyOfRange(x.bytes(), i * width, (i + 1) * width))
                            : new Row(
                                    Arrays.copyOfRange(keys, i * lanes, (i + 1) * lanes),
                                    new byte[0][]);
            Integer number =
                    hasNan(x.dtype(), row.keys) ? null : known.putIfAbsent(row, rows.size());
            if (number == null) {
                number = rows.size();
                firsts[number] = i;
                rows.add(row);
            }
            inverse[i] = number;
            counts[number]++;
        }
        int found = rows.size();
        var order = new Integer[found];
        Arrays.setAll(order, i -> i);
        if (sorted) {
            Arrays.sort(order, (i, j) -> rows.get(i).compareTo(rows.get(j)));
        }
        var rank = new int[found];
        int length = size < 0 ? found : size;
        var first = new int[length];
        var count = new int[length];
        Arrays.fill(first, -1);
        for (int i = 0; i < found; i++) {
            rank[order[i]] = i;
            if (i < length) {
                first[i] = firsts[order[i]];
                count[i] = counts[order[i]];
            }
        }
        for (int i = 0; i < n; i++) {
            inverse[i] = rank[inverse[i]];
        }
        return new HostTensor[] {
            new HostTensor(DType.INT32, Shape.of(length), first),
            new HostTensor(DType.INT32, Shape.of(n), inverse),
            new HostTensor(DType.INT32, Shape.of(length), count)
        };
    }

    private static boolean hasNan(DType dtype, long[] keys) {
        for (long key : keys) {
            if (OrderKeys.isNan(dtype, key)) {
                return true;
            }
        }
        return false;
    }
}
