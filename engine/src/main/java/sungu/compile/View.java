package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Primitive;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Slicing;
import sungu.primitive.StopGradient;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.Arrays;

/**
 * A value seen through movements: element {@code (i0, i1, ...)} of the view lies at {@code offset +
 * i0 * strides[0] + i1 * strides[1] + ...} of the base. Neighbouring dimensions that one stride
 * walks through are merged and those of size 1 dropped (one dimension stays), so two views of one
 * order are equal.
 *
 * @param base the value that holds the elements
 * @param offset where the first element lies
 * @param dims the sizes, outermost first
 * @param strides the step in the base along each dimension; 0 where the view repeats
 */
record View(Value base, int offset, Ints dims, Ints strides) {
    /** The view that shows a value in its own order. */
    static View of(Value value) {
        var shape = value.type().shape();
        return merged(value, 0, shape.dims(), shape.strides());
    }

    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof View view
                && base.equals(view.base)
                && offset == view.offset
                && dims.equals(view.dims)
                && strides.equals(view.strides);
    }

    @Override
    public int hashCode() {
        return 31 * base.hashCode() + offset;
    }

    /** Looks through the movements that compute a value, as far as views can follow them. */
    static View through(Value value) {
        var node = value.node();
        if (node == null || node.inputs().size() != 1 || value.type().size() == 0) {
            return of(value);
        }
        var source = node.inputs().get(0);
        var view = moved(node.primitive(), source);
        return view == null ? of(value) : view;
    }

    /** What a movement makes of the view of its source; null if that is none, or no movement. */
    private static @Nullable View moved(Primitive primitive, Value source) {
        if (primitive instanceof StopGradient || primitive instanceof Reshaping) {
            return through(source);
        }
        if (primitive instanceof Broadcast b) {
            return through(source).broadcast(source, b.shape());
        }
        if (primitive instanceof Transpose t) {
            return through(source).transpose(source, t.order());
        }
        if (primitive instanceof Slicing s) {
            return through(source).slice(source, s);
        }
        return primitive instanceof Reverse r ? through(source).reverse(source, r.axes()) : null;
    }

    private @Nullable View broadcast(Value source, Shape to) {
        var from = source.type().shape();
        var steps = split(from.dims());
        if (steps == null) {
            return null;
        }
        int lead = to.rank() - from.rank();
        var moved = new int[to.rank()];
        for (int i = 0; i < steps.length; i++) {
            moved[lead + i] = from.dim(i) == 1 ? 0 : steps[i];
        }
        return merged(base, offset, to.dims(), moved);
    }

    private @Nullable View transpose(Value source, Ints order) {
        var from = source.type().shape();
        var steps = split(from.dims());
        if (steps == null) {
            return null;
        }
        var moved = new int[steps.length];
        var sizes = new int[steps.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = steps[order.get(i)];
            sizes[i] = from.dim(order.get(i));
        }
        return merged(base, offset, sizes, moved);
    }

    private @Nullable View slice(Value source, Slicing slice) {
        var steps = split(source.type().shape().dims());
        if (steps == null) {
            return null;
        }
        int start = offset;
        for (int i = 0; i < steps.length; i++) {
            start += slice.begin().get(i) * steps[i];
            steps[i] *= slice.step().get(i);
        }
        return merged(base, start, slice.size().toArray(), steps);
    }

    private @Nullable View reverse(Value source, Ints axes) {
        var from = source.type().shape();
        var steps = split(from.dims());
        if (steps == null) {
            return null;
        }
        int start = offset;
        for (int axis : axes.toArray()) {
            start += (from.dim(axis) - 1) * steps[axis];
            steps[axis] = -steps[axis];
        }
        return merged(base, start, from.dims(), steps);
    }

    private static View merged(Value base, int offset, int[] dims, int[] strides) {
        var sizes = new int[dims.length];
        var steps = new int[dims.length];
        int n = 0;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == 1) {
                continue;
            }
            if (n > 0 && steps[n - 1] == strides[i] * dims[i]) {
                sizes[n - 1] *= dims[i];
                steps[n - 1] = strides[i];
            } else {
                sizes[n] = dims[i];
                steps[n++] = strides[i];
            }
        }
        if (n == 0) {
            sizes = new int[] {1};
            steps = new int[] {1};
            n = 1;
        }
        return new View(
                base, offset, Ints.of(Arrays.copyOf(sizes, n)), Ints.of(Arrays.copyOf(steps, n)));
    }

    /**
     * The strides of this view along other dimensions of the same number of elements; null where a
     * dimension would need more than one stride.
     */
    int @Nullable [] split(int... wanted) {
        var steps = new int[wanted.length];
        int inner = dims.size() - 1;
        int left = dims.get(inner);
        int step = strides.get(inner);
        for (int i = wanted.length - 1; i >= 0; i--) {
            if (wanted[i] == 1) {
                continue;
            }
            if (left == 1 && inner > 0) {
                inner--;
                left = dims.get(inner);
                step = strides.get(inner);
            }
            if (left % wanted[i] != 0) {
                return null;
            }
            steps[i] = step;
            step *= wanted[i];
            left /= wanted[i];
        }
        return steps;
    }

    /** The number of elements that it shows. */
    int size() {
        int size = 1;
        for (int i = 0; i < dims.size(); i++) {
            size *= dims.get(i);
        }
        return size;
    }

    /** Whether it shows all elements of the base in their order. */
    boolean whole() {
        return offset == 0
                && size() == base.type().size()
                && dims.size() == 1
                && strides.get(0) == 1;
    }

    /** Whether it repeats a base of one element. */
    boolean scalar() {
        return base.type().size() == 1;
    }

    /** Whether each element of the base stands for one whole row of {@code columns} elements. */
    boolean rows(int columns) {
        if (offset != 0 || columns == 1 || scalar()) {
            return false;
        }
        var steps = split(base.type().size(), columns);
        return steps != null
                && (long) base.type().size() * columns == size()
                && steps[0] == 1
                && steps[1] == 0;
    }

    /** As so many rows of neighbouring elements; null where elements of a row lie apart. */
    @Nullable Rows rows(int count, boolean named) {
        int width = size() / count;
        var steps = split(count, width);
        return steps == null || width > 1 && steps[1] != 1
                ? null
                : new Rows(offset, steps[0], count, width, named);
    }

    /** The size of the innermost dimension. */
    int innermost() {
        return dims.get(dims.size() - 1);
    }
}
