package sungu.tensor;

import java.util.Arrays;

/**
 * An immutable list of ints that compares by its elements: axes, strides, paddings in the records
 * of primitives.
 */
public final class Ints {
    private static final Ints EMPTY = new Ints(new int[0]);

    private final int[] items;

    private Ints(int[] items) {
        this.items = items;
    }

    /** A list of these ints. */
    public static Ints of(int... items) {
        return items.length == 0 ? EMPTY : new Ints(items.clone());
    }

    /** The ints from {@code from} (inclusive) to {@code to} (exclusive). */
    public static Ints range(int from, int to) {
        var items = new int[Math.max(to - from, 0)];
        Arrays.setAll(items, i -> from + i);
        return new Ints(items);
    }

    /** The same int {@code count} times. */
    public static Ints repeat(int item, int count) {
        var items = new int[count];
        Arrays.fill(items, item);
        return new Ints(items);
    }

    /** The number of ints. */
    public int size() {
        return items.length;
    }

    /** The int at an index. */
    public int get(int index) {
        return items[index];
    }

    /** Where an int stands first; -1 if it is not among these. */
    public int indexOf(int item) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] == item) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an int is in the list. */
    public boolean contains(int item) {
        for (int i : items) {
            if (i == item) {
                return true;
            }
        }
        return false;
    }

    /** A copy as an array. */
    public int[] toArray() {
        return items.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ints ints && Arrays.equals(items, ints.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }

    @Override
    public String toString() {
        return Arrays.toString(items);
    }
}
