package sungu.keras.ops;

import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Keras' dtype promotion: the least upper bound in a lattice of dtypes, in which a Java or Python
 * number is weak: it takes part as "some integer" or "some float" and gives way to any tensor of
 * that sort.
 */
public final class Promotion {
    /** A place in the lattice: a dtype, or a weak number. */
    private enum Rank {
        BOOL,
        UINT8,
        UINT16,
        UINT32,
        UINT64,
        INT8,
        INT16,
        INT32,
        INT64,
        WEAK_INT,
        WEAK_FLOAT,
        BFLOAT16,
        FLOAT16,
        FLOAT32,
        FLOAT64,
        COMPLEX64,
        COMPLEX128
    }

    /** What a number without a dtype counts as. */
    public enum Weak {
        INT,
        FLOAT
    }

    private static final Map<Rank, Set<Rank>> ABOVE = closure();

    private Promotion() {}

    private static Map<Rank, Set<Rank>> closure() {
        var next = new EnumMap<Rank, Set<Rank>>(Rank.class);
        next.put(Rank.BOOL, EnumSet.of(Rank.WEAK_INT));
        next.put(Rank.WEAK_INT, EnumSet.of(Rank.UINT8, Rank.INT8, Rank.COMPLEX64));
        next.put(Rank.UINT8, EnumSet.of(Rank.INT16, Rank.UINT16));
        next.put(Rank.UINT16, EnumSet.of(Rank.INT32, Rank.UINT32));
        next.put(Rank.UINT32, EnumSet.of(Rank.INT64, Rank.UINT64));
        next.put(Rank.UINT64, EnumSet.of(Rank.WEAK_FLOAT));
        next.put(Rank.INT8, EnumSet.of(Rank.INT16));
        next.put(Rank.INT16, EnumSet.of(Rank.INT32));
        next.put(Rank.INT32, EnumSet.of(Rank.INT64));
        next.put(Rank.INT64, EnumSet.of(Rank.WEAK_FLOAT));
        next.put(Rank.WEAK_FLOAT, EnumSet.of(Rank.BFLOAT16, Rank.FLOAT16));
        next.put(Rank.BFLOAT16, EnumSet.of(Rank.FLOAT32));
        next.put(Rank.FLOAT16, EnumSet.of(Rank.FLOAT32));
        next.put(Rank.FLOAT32, EnumSet.of(Rank.FLOAT64, Rank.COMPLEX64));
        next.put(Rank.FLOAT64, EnumSet.of(Rank.COMPLEX128));
        next.put(Rank.COMPLEX64, EnumSet.of(Rank.COMPLEX128));
        next.put(Rank.COMPLEX128, EnumSet.noneOf(Rank.class));
        var above = new EnumMap<Rank, Set<Rank>>(Rank.class);
        for (var rank : Rank.values()) {
            var reached = EnumSet.of(rank);
            boolean grows = true;
            while (grows) {
                grows = false;
                for (var step : EnumSet.copyOf(reached)) {
                    grows |= reached.addAll(next.get(step));
                }
            }
            above.put(rank, reached);
        }
        return above;
    }

    /**
     * The dtype that operands are brought to.
     *
     * @param operands {@link DType}s and {@link Weak}s
     * @throws TensorException for float8, strings and other dtypes that nothing is promoted from
     */
    public static DType result(Object... operands) {
        return result(List.of(operands));
    }

    /** As {@link #result(Object...)}. */
    public static DType result(List<?> operands) {
        if (operands.isEmpty()) {
            return KerasConfig.floatx();
        }
        var first = operands.getFirst();
        boolean strong = false;
        boolean same = true;
        for (var operand : operands) {
            if (operand == DType.FLOAT8_E4M3FN || operand == DType.FLOAT8_E5M2) {
                throw new TensorException(
                        "float8 is not promoted to other dtypes: " + operands,
                        "cast the operands first");
            }
            strong |= operand instanceof DType;
            same &= operand == first;
        }
        if (same && first instanceof DType dtype) {
            return narrow(dtype);
        }
        if (!strong) {
            return operands.contains(Weak.FLOAT) ? KerasConfig.floatx() : integerOfFloatx();
        }
        var ranks = EnumSet.noneOf(Rank.class);
        operands.forEach(operand -> ranks.add(rank(operand, operands)));
        return dtype(bound(ranks));
    }

    private static DType integerOfFloatx() {
        return switch (KerasConfig.floatx()) {
            case FLOAT64 -> DType.INT64;
            case FLOAT16, BFLOAT16 -> DType.INT16;
            default -> DType.INT32;
        };
    }

    private static Set<Rank> above(Rank rank) {
        return Objects.requireNonNull(ABOVE.get(rank));
    }

    private static Rank bound(Set<Rank> ranks) {
        var common = EnumSet.allOf(Rank.class);
        ranks.forEach(rank -> common.retainAll(above(rank)));
        for (var rank : common) {
            if (above(rank).containsAll(common)) {
                return rank;
            }
        }
        throw new TensorException("no dtype above all of " + ranks, "cast the operands first");
    }

    private static Rank rank(Object operand, List<?> all) {
        if (operand instanceof Weak weak) {
            return weak == Weak.INT ? Rank.WEAK_INT : Rank.WEAK_FLOAT;
        }
        return Arrays.stream(Rank.values())
                .filter(rank -> rank.name().equals(((DType) operand).name()))
                .findFirst()
                .orElseThrow(() ->
                        new TensorException(
                                "no promotion for " + operand + " among " + all,
                                "cast the operands first"));
    }

    private static DType dtype(Rank rank) {
        return switch (rank) {
            case WEAK_INT -> integerOfFloatx();
            case WEAK_FLOAT -> KerasConfig.floatx();
            default -> narrow(DType.valueOf(rank.name()));
        };
    }

    /** Keras gives no uint64 and complex128 results. */
    private static DType narrow(DType dtype) {
        return switch (dtype) {
            case UINT64 -> DType.UINT32;
            case COMPLEX128 -> DType.COMPLEX64;
            default -> dtype;
        };
    }
}
