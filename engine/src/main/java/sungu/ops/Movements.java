package sungu.ops;

import sungu.primitive.Broadcast;
import sungu.primitive.Concatenation;
import sungu.primitive.Iota;
import sungu.primitive.Padding;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Slicing;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that move elements without computing: other shapes, other orders, parts, joins. */
public final class Movements {
    private Movements() {}

    /** The same elements in another shape. */
    public static Tensor reshape(Tensor x, Shape shape) {
        return x.shape().equals(shape) ? x : Context.bind(new Reshaping(shape), x);
    }

    /** The same elements in another shape; one dimension may be -1 and is worked out. */
    public static Tensor reshape(Tensor x, int... dims) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("reshape", x, dims);
        }
        int open = -1;
        long rest = 1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] != -1) {
                rest *= dims[i];
            } else if (open < 0) {
                open = i;
            } else {
                throw new TensorException(
                        "reshape: more than one dimension of " + Arrays.toString(dims) + " is -1");
            }
        }
        if (open < 0) {
            return reshape(x, Shape.of(dims));
        }
        if (rest == 0 || x.size() % rest != 0) {
            throw new TensorException(
                    "reshape: "
                            + x.type()
                            + " of "
                            + x.size()
                            + " elements does not fill "
                            + Arrays.toString(dims));
        }
        var worked = dims.clone();
        worked[open] = (int) (x.size() / rest);
        return reshape(x, Shape.of(worked));
    }

    /** The dimensions in another order; none given reverses them. */
    public static Tensor transpose(Tensor x, int... axes) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("transpose", x, axes.length == 0 ? null : axes);
        }
        int rank = x.rank();
        var order = new int[rank];
        if (axes.length == 0) {
            Arrays.setAll(order, i -> rank - 1 - i);
        } else {
            if (axes.length != rank) {
                throw new TensorException(
                        "transpose: axes "
                                + Arrays.toString(axes)
                                + " do not name each axis of "
                                + x.type());
            }
            Arrays.setAll(order, i -> x.shape().axis(axes[i]));
        }
        boolean same = true;
        for (int i = 0; i < rank; i++) {
            same &= order[i] == i;
        }
        return same ? x : Context.bind(new Transpose(Ints.of(order)), x);
    }

    /** Dimensions of size 1 stretched and leading ones added, by NumPy's rule. */
    public static Tensor broadcastTo(Tensor x, Shape shape) {
        return x.shape().equals(shape) ? x : Context.bind(new Broadcast(shape), x);
    }

    /** A dimension of size 1 inserted; negative axes count from the end of the result. */
    public static Tensor expandDims(Tensor x, int axis) {
        int i = axis < 0 ? axis + x.rank() + 1 : axis;
        if (i < 0 || i > x.rank()) {
            throw new TensorException(
                    "expandDims: axis " + axis + " is out of range for " + x.type(),
                    "axes go from " + (-x.rank() - 1) + " to " + x.rank());
        }
        return reshape(x, x.shape().insert(i, 1));
    }

    /** Dimensions of size 1 taken away; none given takes all of them. */
    public static Tensor squeeze(Tensor x, int... axes) {
        var drop = new boolean[x.rank()];
        for (int axis : axes) {
            int i = x.shape().axis(axis);
            if (x.shape().dim(i) != 1) {
                throw new TensorException(
                        "squeeze: axis "
                                + axis
                                + " of "
                                + x.type()
                                + " has size "
                                + x.shape().dim(i)
                                + ", not 1");
            }
            drop[i] = true;
        }
        var dims = new ArrayList<Integer>();
        for (int i = 0; i < drop.length; i++) {
            if (!drop[i] && (axes.length > 0 || x.shape().dim(i) != 1)) {
                dims.add(x.shape().dim(i));
            }
        }
        return reshape(x, Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** A box: {@code size[i]} elements from {@code begin[i]} on. */
    public static Tensor slice(Tensor x, int[] begin, int[] size) {
        return slice(x, begin, size, Ints.repeat(1, size.length).toArray());
    }

    /** A box with steps of 1 or more. */
    public static Tensor slice(Tensor x, int[] begin, int[] size, int[] step) {
        if (Arrays.equals(size, x.shape().dims())) {
            return x;
        }
        return Context.bind(new Slicing(Ints.of(begin), Ints.of(size), Ints.of(step)), x);
    }

    /** Elements {@code from} (inclusive) to {@code to} (exclusive) of one axis. */
    public static Tensor sliceAxis(Tensor x, int axis, int from, int to) {
        int a = x.shape().axis(axis);
        var begin = new int[x.rank()];
        var size = x.shape().dims();
        begin[a] = from;
        size[a] = to - from;
        return slice(x, begin, size);
    }

    /** The elements in reverse order along some axes. */
    public static Tensor reverse(Tensor x, int... axes) {
        var normal = Arrays.stream(axes).map(x.shape()::axis).sorted().distinct().toArray();
        return normal.length == 0 ? x : Context.bind(new Reverse(Ints.of(normal)), x);
    }

    /** A scalar put before and after the elements, per dimension. */
    public static Tensor pad(Tensor x, int[] before, int[] after, Tensor value) {
        return pad(x, before, after, new int[before.length], value);
    }

    /** A scalar put before, after and between the elements, per dimension. */
    public static Tensor pad(Tensor x, int[] before, int[] after, int[] between, Tensor value) {
        if (Arrays.stream(before).allMatch(i -> i == 0)
                && Arrays.stream(after).allMatch(i -> i == 0)
                && Arrays.stream(between).allMatch(i -> i == 0)) {
            return x;
        }
        return Context.bind(
                new Padding(Ints.of(before), Ints.of(after), Ints.of(between)), x, value);
    }

    /** Tensors one after the other along an axis. */
    public static Tensor concat(List<? extends Tensor> tensors, int axis) {
        if (tensors.isEmpty()) {
            throw new TensorException("concat: no tensors");
        }
        var first = tensors.get(0);
        if (first.rank() == 0) {
            throw new TensorException("concat: scalars can't be joined along an axis", "use stack");
        }
        return tensors.size() == 1
                ? first
                : Context.bind(
                        new Concatenation(first.shape().axis(axis)),
                        tensors.toArray(new Tensor[0]));
    }

    /** Tensors of one shape joined along a new axis. */
    public static Tensor stack(List<? extends Tensor> tensors, int axis) {
        if (tensors.isEmpty()) {
            throw new TensorException("stack: no tensors");
        }
        var expanded = new ArrayList<Tensor>();
        for (var tensor : tensors) {
            if (!tensor.shape().equals(tensors.get(0).shape())) {
                throw new TensorException(
                        "stack: shapes differ: " + tensors.get(0).type() + " and " + tensor.type());
            }
            expanded.add(expandDims(tensor, axis));
        }
        return concat(expanded, axis < 0 ? axis + tensors.get(0).rank() + 1 : axis);
    }

    /** The parts along an axis, without that axis. */
    public static List<Tensor> unstack(Tensor x, int axis) {
        int a = x.shape().axis(axis);
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < x.shape().dim(a); i++) {
            parts.add(squeeze(sliceAxis(x, a, i, i + 1), a));
        }
        return parts;
    }

    /** Parts of the given sizes along an axis; the sizes must add up. */
    public static List<Tensor> split(Tensor x, int[] sizes, int axis) {
        int a = x.shape().axis(axis);
        if (Arrays.stream(sizes).sum() != x.shape().dim(a)) {
            throw new TensorException(
                    "split: sizes "
                            + Arrays.toString(sizes)
                            + " do not add up to axis "
                            + axis
                            + " of "
                            + x.type());
        }
        var parts = new ArrayList<Tensor>();
        int from = 0;
        for (int size : sizes) {
            parts.add(sliceAxis(x, a, from, from + size));
            from += size;
        }
        return parts;
    }

    /** The tensor repeated as a whole, {@code times[i]} times along dimension i. */
    public static Tensor tile(Tensor x, int... times) {
        if (times.length != x.rank()) {
            throw new TensorException(
                    "tile: "
                            + Arrays.toString(times)
                            + " must name a count for each axis of "
                            + x.type());
        }
        // (a, b) x (m, n) -> (1, a, 1, b) -> (m, a, n, b) -> (ma, nb)
        var split = new int[2 * times.length];
        var wide = new int[2 * times.length];
        var joined = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            split[2 * i] = 1;
            wide[2 * i] = times[i];
            split[2 * i + 1] = x.shape().dim(i);
            wide[2 * i + 1] = x.shape().dim(i);
            joined[i] = times[i] * x.shape().dim(i);
        }
        return reshape(broadcastTo(reshape(x, Shape.of(split)), Shape.of(wide)), Shape.of(joined));
    }

    /** The numbers 0, 1, 2... */
    public static Tensor iota(int length, DType dtype) {
        return Context.bind(new Iota(length, dtype));
    }
}
