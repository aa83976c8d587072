package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Padding in all of its modes. */
final class PadOps {
    private PadOps() {}

    static Tensor pad(Given a) {
        var x = a.tensor("x");
        var width = widths(a, x.rank());
        var mode = a.text("mode");
        boolean constant = mode.equals("constant");
        if (!constant && a.has("constant_values")) {
            throw a.refused("constant_values", "goes with mode 'constant' only");
        }
        var before = Arrays.stream(width).mapToInt(w -> w[0]).toArray();
        var after = Arrays.stream(width).mapToInt(w -> w[1]).toArray();
        if (IntStream.concat(Arrays.stream(before), Arrays.stream(after)).anyMatch(w -> w < 0)) {
            throw a.refused("pad_width", "must not be negative");
        }
        if (constant) {
            Object value = a.has("constant_values") ? a.value("constant_values") : Long.valueOf(0);
            var scalar = Conversion.tensor(value, x.dtype());
            return Movements.pad(x, before, after, Movements.reshape(scalar));
        }
        for (int i = 0; i < x.rank(); i++) {
            if (before[i] + after[i] > 0) {
                x =
                        Indexing.gather(
                                x,
                                Tensor.ofInts(
                                        positions(mode, x.shape().dim(i), before[i], after[i])),
                                i);
            }
        }
        return x;
    }

    private static int[] positions(String mode, int size, int before, int after) {
        int limit =
                switch (mode) {
                    case "reflect" -> size - 1;
                    case "symmetric" -> size;
                    default ->
                            throw new TensorException(
                                    "pad: argument 'mode' must be 'constant', 'reflect' or"
                                            + " 'symmetric', got '"
                                            + mode
                                            + "'");
                };
        if (before > limit || after > limit) {
            throw new TensorException(
                    "pad: argument 'pad_width': mode '"
                            + mode
                            + "' adds at most "
                            + limit
                            + " elements to an axis of "
                            + size
                            + ", not "
                            + before
                            + " and "
                            + after);
        }
        int edge = mode.equals("reflect") ? 0 : 1;
        return IntStream.range(-before, size + after)
                .map(i -> i < 0 ? -i - edge : i >= size ? 2 * size - 2 - i + edge : i)
                .toArray();
    }

    private static int[][] widths(Given a, int rank) {
        Object value = a.value("pad_width");
        if (value instanceof Tensor tensor) {
            var flat = tensor.toInts();
            value =
                    tensor.rank() == 2
                            ? IntStream.range(0, flat.length / 2)
                                    .mapToObj(i ->
                                            List.of((long) flat[2 * i], (long) flat[2 * i + 1]))
                                    .toList()
                            : Arrays.stream(flat).mapToObj(i -> (Object) (long) i).toList();
        }
        List<?> list = value instanceof List<?> given ? given : List.of(a.integer("pad_width"));
        boolean nested = !list.isEmpty() && list.getFirst() instanceof List<?>;
        var all = new int[rank][];
        for (int i = 0; i < rank; i++) {
            if (nested) {
                if (list.size() != rank) {
                    throw a.refused("pad_width", "must have a pair for each of " + rank + " axes");
                }
                all[i] = pair(a, (List<?>) list.get(i));
            } else if (rank != 1) {
                throw a.refused("pad_width", "must have a pair for each of " + rank + " axes");
            } else {
                all[i] = pair(a, list);
            }
        }
        return all;
    }

    private static int[] pair(Given a, List<?> widths) {
        int[] numbers = widths.stream().mapToInt(w -> number(a, w)).toArray();
        return switch (numbers.length) {
            case 1 -> new int[] {numbers[0], numbers[0]};
            case 2 -> numbers;
            default -> throw a.refused("pad_width", "must be pairs");
        };
    }

    private static int number(Given a, @Nullable Object width) {
        return switch (width) {
            case Number number -> number.intValue();
            case Tensor tensor when tensor.size() == 1 -> tensor.intValue();
            case null, default -> throw a.refused("pad_width", "must be integers");
        };
    }
}
