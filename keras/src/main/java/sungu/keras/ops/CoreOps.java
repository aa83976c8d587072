package sungu.keras.ops;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/** Conversion, types and sizes, slices at positions in tensors, scatter. */
final class CoreOps {
    private CoreOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "convert_to_tensor(x, | dtype=None, sparse=None, ragged=None)",
                CreationOps::converted);
        t.op("convert_to_numpy(x)", a -> a.tensor("x"));
        t.op(
                "cast(x, | dtype)",
                a -> {
                    var dtype = a.dtype("dtype");
                    if (dtype == null) {
                        throw a.refused("dtype", "must be the name of a dtype");
                    }
                    return Conversion.cast(a.tensor("x"), dtype);
                });
        t.op(
                "saturate_cast(x, | dtype)",
                a -> saturateCast(a.tensor("x"), a.dtype("dtype", Kind.floatx())));
        t.op("stop_gradient(variable)", a -> Controls.stopGradient(a.tensor("variable")));
        t.op(
                "shape(x)",
                a -> Arrays.stream(a.tensor("x").shape().dims()).mapToObj(Long::valueOf).toList());
        t.op("dtype(x)", a -> a.tensor("x").dtype().label());
        t.op("is_tensor(x)", a -> a.value("x") instanceof Tensor);
        t.op("ndim(x)", a -> (long) a.tensor("x").rank());
        t.op("size(x)", a -> Tensor.of(a.tensor("x").size()));
        t.op(
                "slice(inputs, start_indices, | #shape)",
                a -> {
                    var x = a.tensor("inputs");
                    var size = a.ints("shape");
                    if (a.value("start_indices") instanceof List<?>
                            || a.tensor("start_indices") instanceof sungu.tensor.HostTensor) {
                        var begin = a.ints("start_indices");
                        if (begin.length != x.rank() || size.length != x.rank()) {
                            throw a.refused(
                                    "shape",
                                    "and start_indices must have an entry for each dimension of "
                                            + x.type());
                        }
                        for (int i = 0; i < size.length; i++) {
                            size[i] = size[i] < 0 ? x.shape().dim(i) - begin[i] : size[i];
                            if (begin[i] < 0
                                    || size[i] < 0
                                    || begin[i] + size[i] > x.shape().dim(i)) {
                                throw a.refused(
                                        "start_indices",
                                        "with shape "
                                                + Arrays.toString(size)
                                                + " reaches out of "
                                                + x.type());
                            }
                        }
                        return Movements.slice(x, begin, size);
                    }
                    return Indexing.dynamicSlice(x, a.tensor("start_indices"), size);
                });
        t.op(
                "slice_update(inputs, start_indices, updates)",
                a -> {
                    var x = a.tensor("inputs");
                    return Indexing.dynamicUpdateSlice(
                            x, a.tensor("start_indices"), Conversion.tensor(a.value("updates")));
                });
        t.op(
                "scatter(indices, values, | #shape)",
                a ->
                        Scattering.scatterNd(
                                a.tensor("indices"), a.tensor("values"), a.shape("shape")));
        t.op("scatter_update(inputs, indices, updates, | reduction=None)", IndexOps::scatterUpdate);
        t.op(
                "view(x, | dtype=None)",
                a -> {
                    var dtype = a.dtype("dtype");
                    var x = a.tensor("x");
                    return dtype == null ? x : view(a, x, dtype);
                });
        t.op(
                "view_as_real(x)",
                a -> {
                    var x = a.tensor("x");
                    return Movements.stack(List.of(Elements.real(x), Elements.imag(x)), -1);
                });
        t.op(
                "view_as_complex(x)",
                a -> {
                    var x = a.tensor("x");
                    if (x.rank() == 0 || x.shape().dim(-1) != 2) {
                        throw a.refused("x", "must have a last dimension of 2");
                    }
                    return Elements.complex(
                            Movements.squeeze(Movements.sliceAxis(x, -1, 0, 1), -1),
                            Movements.squeeze(Movements.sliceAxis(x, -1, 1, 2), -1));
                });
        t.op(
                "polar(abs_, angle)",
                a -> {
                    var size = a.floating("abs_");
                    var angle = a.floating("angle");
                    return Elements.complex(
                            size.times(Elements.cos(angle)), size.times(Elements.sin(angle)));
                });
    }

    /** Casts with numbers out of range taken as the nearest in range. */
    static Tensor saturateCast(Tensor x, DType dtype) {
        if (!dtype.isInteger() && !dtype.isFloating() || x.dtype() == DType.BOOL) {
            return Conversion.cast(x, dtype);
        }
        double low = least(dtype);
        double high = most(dtype);
        var y = x;
        if (x.dtype().isFloating() || x.dtype().isInteger()) {
            if (least(x.dtype()) < low) {
                y = Elements.maximum(y, Conversion.scalar(low, x.dtype()));
            }
            if (most(x.dtype()) > high) {
                Tensor top = Conversion.scalar(high, x.dtype());
                if (x.dtype().isFloating() && dtype.isInteger() && top.doubleValue() > high) {
                    top = Elements.nextAfter(top, Elements.zerosLike(top));
                }
                y = Elements.minimum(y, top);
            }
        }
        return Conversion.cast(y, dtype);
    }

    private static double least(DType dtype) {
        return dtype.isFloating()
                ? -UnaryOps.largest(dtype)
                : dtype.isUnsigned() ? 0 : -Math.pow(2, dtype.bytes() * 8 - 1);
    }

    private static double most(DType dtype) {
        return dtype.isFloating()
                ? UnaryOps.largest(dtype)
                : Math.pow(2, dtype.bytes() * 8 - (dtype.isUnsigned() ? 0 : 1)) - 1;
    }

    /** The same bytes as another dtype: the last dimension shrinks or grows with the width. */
    private static Tensor view(Given a, Tensor x, DType dtype) {
        if (x.dtype() == DType.STRING || dtype == DType.STRING) {
            throw a.refused("dtype", "can't be string, and neither can that of x");
        }
        int from = x.dtype().bytes();
        int to = dtype.bytes();
        if (from == to && x.dtype().isComplex() == dtype.isComplex()) {
            return Elements.bitcast(x, dtype);
        }
        if (x.rank() == 0 || x.shape().dim(-1) * from % to != 0) {
            throw a.refused(
                    "dtype",
                    "must have a width that divides the bytes of the last dimension of "
                            + x.type());
        }
        if (x.dtype().isComplex()) {
            var parts = Movements.stack(List.of(Elements.real(x), Elements.imag(x)), -1);
            return view(a, joined(parts), dtype);
        }
        if (dtype.isComplex()) {
            var parts = split(view(a, x, dtype.real()), 2);
            return Elements.complex(part(parts, 0), part(parts, 1));
        }
        if (from == to) {
            return Elements.bitcast(x, dtype);
        }
        var wide = unsigned(Math.max(from, to));
        int ratio = Math.max(from, to) / Math.min(from, to);
        // The part with the lowest bits comes first.
        var shifts = Movements.iota(ratio, wide).times(8L * Math.min(from, to));
        if (from > to) {
            var bits = Movements.expandDims(Elements.bitcast(x, wide), -1);
            var parts = Elements.cast(Elements.shiftRight(bits, shifts), unsigned(to));
            return Elements.bitcast(joined(parts), dtype);
        }
        var parts = split(Elements.cast(Elements.bitcast(x, unsigned(from)), wide), ratio);
        return Elements.bitcast(
                Reductions.sum(Elements.shiftLeft(parts, shifts), false, -1), dtype);
    }

    private static DType unsigned(int bytes) {
        return switch (bytes) {
            case 1 -> DType.UINT8;
            case 2 -> DType.UINT16;
            case 4 -> DType.UINT32;
            default -> DType.UINT64;
        };
    }

    /** The last two dimensions as one. */
    private static Tensor joined(Tensor x) {
        int rank = x.rank();
        return Movements.reshape(
                x,
                x.shape()
                        .slice(0, rank - 2)
                        .concat(Shape.of(x.shape().dim(-2) * x.shape().dim(-1))));
    }

    /** The last dimension as two. */
    private static Tensor split(Tensor x, int inner) {
        return Movements.reshape(
                x,
                x.shape()
                        .slice(0, x.rank() - 1)
                        .concat(Shape.of(x.shape().dim(-1) / inner, inner)));
    }

    private static Tensor part(Tensor x, int index) {
        return Movements.squeeze(Movements.sliceAxis(x, -1, index, index + 1), -1);
    }
}
