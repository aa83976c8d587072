package sungu.compile;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives values whose lives are known their arrays: the largest first, each in the array where it
 * disturbs nobody, so that no array ever grows and small values fill the gaps that large ones
 * leave.
 */
final class Placement {
    /**
     * A value that lives in a shared array.
     *
     * @param slot its number
     * @param type what it is as an array
     * @param birth when it is written
     * @param death when it is read last
     * @param takes values that it may take the place of at its birth, though they are still read
     */
    record Life(int slot, TensorType type, int birth, int death, Set<Integer> takes) {
        Life {
            type = entries(type);
        }

        boolean disturbs(Life other) {
            return birth <= other.death
                    && other.birth <= death
                    && !follows(other)
                    && !other.follows(this);
        }

        /** Whether this one's elements take the place of another's while those are read. */
        boolean follows(Life other) {
            return birth == other.death && other.birth < birth && takes.contains(other.slot);
        }
    }

    private final List<TensorType> arrays = new ArrayList<>();
    private final List<List<Life>> lives = new ArrayList<>();

    /** The element type and size of each array. */
    List<TensorType> arrays() {
        return List.copyOf(arrays);
    }

    /**
     * Places values; those of the same size in the order of their births.
     *
     * @param placed the array of each slot, filled in here
     */
    void place(List<Life> all, int[] placed) {
        var sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> {
            int larger = Integer.compare(b.type.size(), a.type.size());
            return larger != 0 ? larger : Integer.compare(a.birth, b.birth);
        });
        for (var life : sorted) {
            int array = best(life);
            if (array < 0) {
                array = arrays.size();
                arrays.add(life.type);
                lives.add(new ArrayList<>());
            }
            lives.get(array).add(life);
            placed[life.slot] = array;
        }
    }

    /** An array that an operand leaves at that moment; else the one that was read last. */
    private int best(Life life) {
        int best = -1;
        int bestDeath = -2;
        for (int i = 0; i < lives.size(); i++) {
            if (arrays.get(i).dtype() != life.type.dtype()) {
                continue;
            }
            int death = -1;
            boolean free = true;
            for (var other : lives.get(i)) {
                free &= !life.disturbs(other);
                if (life.follows(other)) {
                    death = Integer.MAX_VALUE;
                } else if (other.death < life.birth) {
                    death = Math.max(death, other.death);
                }
            }
            boolean smaller = best < 0 || arrays.get(i).size() < arrays.get(best).size();
            if (free
                    && (death == Integer.MAX_VALUE && bestDeath < death
                            || bestDeath < Integer.MAX_VALUE
                                    && (smaller
                                            || arrays.get(i).size() == arrays.get(best).size()
                                                    && death > bestDeath))) {
                best = i;
                bestDeath = death;
            }
        }
        return best;
    }

    /** The Java array that holds such a tensor, as a flat tensor of a type that stands for it. */
    private static TensorType entries(TensorType type) {
        var dtype =
                switch (type.dtype().storage()) {
                    case BYTES -> DType.INT8;
                    case SHORTS -> DType.INT16;
                    case INTS -> DType.INT32;
                    case LONGS -> DType.INT64;
                    case FLOATS -> DType.FLOAT32;
                    case DOUBLES -> DType.FLOAT64;
                    case STRINGS -> DType.STRING;
                };
        return new TensorType(dtype, Shape.of(type.size() * type.dtype().lanes()));
    }
}
