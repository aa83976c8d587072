package sungu.ragged;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** A growing list of positions. */
final class Indices implements IntConsumer {
    private int[] items = new int[16];
    private int size;

    @Override
    public void accept(int position) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = position;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }

    /** The positions from {@code from} to {@code to}, exclusively. */
    static int[] range(int from, int to) {
        var range = new int[to - from];
        Arrays.setAll(range, i -> from + i);
        return range;
    }

    /** Whether the positions are all of {@code 0 ... size - 1} in order. */
    static boolean isIdentity(int[] positions, int size) {
        if (positions.length != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (positions[i] != i) {
                return false;
            }
        }
        return true;
    }

    static Tensor tensor(int[] positions) {
        return new HostTensor(DType.INT32, Shape.of(positions.length), positions);
    }
}
