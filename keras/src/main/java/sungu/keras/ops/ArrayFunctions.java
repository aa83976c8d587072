package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.List;

/** The part of {@link Ops} about positions, new tensors and products. */
abstract sealed class ArrayFunctions extends ReducingFunctions permits NetworkFunctions {
    /** {@code keras.ops.tile(x, repeats)}. */
    public static Tensor tile(Object x, Object repeats) {
        return tensor(call("tile", x, repeats));
    }

    /** {@code keras.ops.repeat(x, repeats)}. */
    public static Tensor repeat(Object x, Object repeats) {
        return tensor(call("repeat", x, repeats));
    }

    /** {@code keras.ops.repeat(x, repeats, axis)}. */
    public static Tensor repeat(Object x, Object repeats, @Nullable Object axis) {
        return tensor(call("repeat", x, repeats, axis));
    }

    /** {@code keras.ops.concatenate(xs)}. */
    public static Tensor concatenate(Object xs) {
        return tensor(call("concatenate", xs));
    }

    /** {@code keras.ops.concatenate(xs, axis)}. */
    public static Tensor concatenate(Object xs, @Nullable Object axis) {
        return tensor(call("concatenate", xs, axis));
    }

    /** {@code keras.ops.stack(x)}. */
    public static Tensor stack(Object x) {
        return tensor(call("stack", x));
    }

    /** {@code keras.ops.stack(x, axis)}. */
    public static Tensor stack(Object x, @Nullable Object axis) {
        return tensor(call("stack", x, axis));
    }

    /** {@code keras.ops.append(x1, x2)}. */
    public static Tensor append(Object x1, Object x2) {
        return tensor(call("append", x1, x2));
    }

    /** {@code keras.ops.append(x1, x2, axis)}. */
    public static Tensor append(Object x1, Object x2, @Nullable Object axis) {
        return tensor(call("append", x1, x2, axis));
    }

    /** {@code keras.ops.hstack(xs)}. */
    public static Tensor hstack(Object xs) {
        return tensor(call("hstack", xs));
    }

    /** {@code keras.ops.vstack(xs)}. */
    public static Tensor vstack(Object xs) {
        return tensor(call("vstack", xs));
    }

    /** {@code keras.ops.dstack(xs)}. */
    public static Tensor dstack(Object xs) {
        return tensor(call("dstack", xs));
    }

    /** {@code keras.ops.column_stack(xs)}. */
    public static Tensor columnStack(Object xs) {
        return tensor(call("column_stack", xs));
    }

    /** {@code keras.ops.split(x, indices_or_sections)}. */
    public static List<Tensor> split(Object x, Object indicesOrSections) {
        return tensors(call("split", x, indicesOrSections));
    }

    /** {@code keras.ops.split(x, indices_or_sections, axis)}. */
    public static List<Tensor> split(Object x, Object indicesOrSections, @Nullable Object axis) {
        return tensors(call("split", x, indicesOrSections, axis));
    }

    /** {@code keras.ops.array_split(x, indices_or_sections)}. */
    public static List<Tensor> arraySplit(Object x, Object indicesOrSections) {
        return tensors(call("array_split", x, indicesOrSections));
    }

    /** {@code keras.ops.array_split(x, indices_or_sections, axis)}. */
    public static List<Tensor> arraySplit(
            Object x, Object indicesOrSections, @Nullable Object axis) {
        return tensors(call("array_split", x, indicesOrSections, axis));
    }

    /** {@code keras.ops.hsplit(x, indices_or_sections)}. */
    public static List<Tensor> hsplit(Object x, Object indicesOrSections) {
        return tensors(call("hsplit", x, indicesOrSections));
    }

    /** {@code keras.ops.vsplit(x, indices_or_sections)}. */
    public static List<Tensor> vsplit(Object x, Object indicesOrSections) {
        return tensors(call("vsplit", x, indicesOrSections));
    }

    /** {@code keras.ops.dsplit(x, indices_or_sections)}. */
    public static List<Tensor> dsplit(Object x, Object indicesOrSections) {
        return tensors(call("dsplit", x, indicesOrSections));
    }

    /** {@code keras.ops.unstack(x)}. */
    public static List<Tensor> unstack(Object x) {
        return tensors(call("unstack", x));
    }

    /** {@code keras.ops.unstack(x, num, axis)}. */
    public static List<Tensor> unstack(Object x, @Nullable Object num, @Nullable Object axis) {
        return tensors(call("unstack", x, num, axis));
    }

    /** {@code keras.ops.pad(x, pad_width)}. */
    public static Tensor pad(Object x, Object padWidth) {
        return tensor(call("pad", x, padWidth));
    }

    /** {@code keras.ops.pad(x, pad_width, mode, constant_values)}. */
    public static Tensor pad(
            Object x, Object padWidth, @Nullable Object mode, @Nullable Object constantValues) {
        return tensor(call("pad", x, padWidth, mode, constantValues));
    }

    /** {@code keras.ops.meshgrid(x)}. */
    public static List<Tensor> meshgrid(Object... x) {
        return tensors(call("meshgrid", x));
    }

    /** {@code keras.ops.copy(x)}. */
    public static Tensor copy(Object x) {
        return tensor(call("copy", x));
    }

    /** {@code keras.ops.take(x, indices)}. */
    public static Tensor take(Object x, Object indices) {
        return tensor(call("take", x, indices));
    }

    /** {@code keras.ops.take(x, indices, axis)}. */
    public static Tensor take(Object x, Object indices, @Nullable Object axis) {
        return tensor(call("take", x, indices, axis));
    }

    /** {@code keras.ops.take_along_axis(x, indices)}. */
    public static Tensor takeAlongAxis(Object x, Object indices) {
        return tensor(call("take_along_axis", x, indices));
    }

    /** {@code keras.ops.take_along_axis(x, indices, axis)}. */
    public static Tensor takeAlongAxis(Object x, Object indices, @Nullable Object axis) {
        return tensor(call("take_along_axis", x, indices, axis));
    }

    /** {@code keras.ops.get_item(x, key)}. */
    public static Tensor getItem(Object x, Object key) {
        return tensor(call("get_item", x, key));
    }

    /** {@code keras.ops.nonzero(x)}. */
    public static List<Tensor> nonzero(Object x) {
        return tensors(call("nonzero", x));
    }

    /** {@code keras.ops.sort(x)}. */
    public static Tensor sort(Object x) {
        return tensor(call("sort", x));
    }

    /** {@code keras.ops.sort(x, axis)}. */
    public static Tensor sort(Object x, @Nullable Object axis) {
        return tensor(call("sort", x, axis));
    }

    /** {@code keras.ops.argsort(x)}. */
    public static Tensor argsort(Object x) {
        return tensor(call("argsort", x));
    }

    /** {@code keras.ops.argsort(x, axis)}. */
    public static Tensor argsort(Object x, @Nullable Object axis) {
        return tensor(call("argsort", x, axis));
    }

    /** {@code keras.ops.argpartition(x, kth)}. */
    public static Tensor argpartition(Object x, Object kth) {
        return tensor(call("argpartition", x, kth));
    }

    /** {@code keras.ops.argpartition(x, kth, axis)}. */
    public static Tensor argpartition(Object x, Object kth, @Nullable Object axis) {
        return tensor(call("argpartition", x, kth, axis));
    }

    /** {@code keras.ops.searchsorted(sorted_sequence, values)}. */
    public static Tensor searchsorted(Object sortedSequence, Object values) {
        return tensor(call("searchsorted", sortedSequence, values));
    }

    /** {@code keras.ops.searchsorted(sorted_sequence, values, side)}. */
    public static Tensor searchsorted(Object sortedSequence, Object values, @Nullable Object side) {
        return tensor(call("searchsorted", sortedSequence, values, side));
    }

    /** {@code keras.ops.digitize(x, bins)}. */
    public static Tensor digitize(Object x, Object bins) {
        return tensor(call("digitize", x, bins));
    }

    /** {@code keras.ops.isin(x1, x2)}. */
    public static Tensor isin(Object x1, Object x2) {
        return tensor(call("isin", x1, x2));
    }

    /** {@code keras.ops.isin(x1, x2, assume_unique, invert)}. */
    public static Tensor isin(
            Object x1, Object x2, @Nullable Object assumeUnique, @Nullable Object invert) {
        return tensor(call("isin", x1, x2, assumeUnique, invert));
    }

    /** {@code keras.ops.unique(x)}. */
    public static Tensor unique(Object x) {
        return tensor(call("unique", x));
    }

    /**
     * {@code keras.ops.unique(x, sorted, return_index, return_inverse, return_counts, axis, size,
     * fill_value)}.
     */
    public static Object unique(
            Object x,
            @Nullable Object sorted,
            @Nullable Object returnIndex,
            @Nullable Object returnInverse,
            @Nullable Object returnCounts,
            @Nullable Object axis,
            @Nullable Object size,
            @Nullable Object fillValue) {
        return call(
                "unique",
                x,
                sorted,
                returnIndex,
                returnInverse,
                returnCounts,
                axis,
                size,
                fillValue);
    }

    /** {@code keras.ops.bincount(x)}. */
    public static Tensor bincount(Object x) {
        return tensor(call("bincount", x));
    }

    /** {@code keras.ops.bincount(x, weights, minlength, sparse)}. */
    public static Tensor bincount(
            Object x,
            @Nullable Object weights,
            @Nullable Object minlength,
            @Nullable Object sparse) {
        return tensor(call("bincount", x, weights, minlength, sparse));
    }

    /** {@code keras.ops.unravel_index(indices, shape)}. */
    public static List<Tensor> unravelIndex(Object indices, Object shape) {
        return tensors(call("unravel_index", indices, shape));
    }

    /** {@code keras.ops.select(condlist, choicelist)}. */
    public static Tensor select(Object condlist, Object choicelist) {
        return tensor(call("select", condlist, choicelist));
    }

    /** {@code keras.ops.select(condlist, choicelist, default)}. */
    public static Tensor select(Object condlist, Object choicelist, @Nullable Object otherwise) {
        return tensor(call("select", condlist, choicelist, otherwise));
    }

    /** {@code keras.ops.array(x)}. */
    public static Tensor array(Object x) {
        return tensor(call("array", x));
    }

    /** {@code keras.ops.array(x, dtype)}. */
    public static Tensor array(Object x, @Nullable Object dtype) {
        return tensor(call("array", x, dtype));
    }

    /** {@code keras.ops.zeros(shape)}. */
    public static Tensor zeros(Object shape) {
        return tensor(call("zeros", shape));
    }

    /** {@code keras.ops.zeros(shape, dtype)}. */
    public static Tensor zeros(Object shape, @Nullable Object dtype) {
        return tensor(call("zeros", shape, dtype));
    }

    /** {@code keras.ops.empty(shape)}. */
    public static Tensor empty(Object shape) {
        return tensor(call("empty", shape));
    }

    /** {@code keras.ops.empty(shape, dtype)}. */
    public static Tensor empty(Object shape, @Nullable Object dtype) {
        return tensor(call("empty", shape, dtype));
    }

    /** {@code keras.ops.ones(shape)}. */
    public static Tensor ones(Object shape) {
        return tensor(call("ones", shape));
    }

    /** {@code keras.ops.ones(shape, dtype)}. */
    public static Tensor ones(Object shape, @Nullable Object dtype) {
        return tensor(call("ones", shape, dtype));
    }

    /** {@code keras.ops.full(shape, fill_value)}. */
    public static Tensor full(Object shape, Object fillValue) {
        return tensor(call("full", shape, fillValue));
    }

    /** {@code keras.ops.full(shape, fill_value, dtype)}. */
    public static Tensor full(Object shape, Object fillValue, @Nullable Object dtype) {
        return tensor(call("full", shape, fillValue, dtype));
    }

    /** {@code keras.ops.zeros_like(x)}. */
    public static Tensor zerosLike(Object x) {
        return tensor(call("zeros_like", x));
    }

    /** {@code keras.ops.zeros_like(x, dtype)}. */
    public static Tensor zerosLike(Object x, @Nullable Object dtype) {
        return tensor(call("zeros_like", x, dtype));
    }

    /** {@code keras.ops.empty_like(x)}. */
    public static Tensor emptyLike(Object x) {
        return tensor(call("empty_like", x));
    }

    /** {@code keras.ops.empty_like(x, dtype)}. */
    public static Tensor emptyLike(Object x, @Nullable Object dtype) {
        return tensor(call("empty_like", x, dtype));
    }

    /** {@code keras.ops.ones_like(x)}. */
    public static Tensor onesLike(Object x) {
        return tensor(call("ones_like", x));
    }

    /** {@code keras.ops.ones_like(x, dtype)}. */
    public static Tensor onesLike(Object x, @Nullable Object dtype) {
        return tensor(call("ones_like", x, dtype));
    }

    /** {@code keras.ops.full_like(x, fill_value)}. */
    public static Tensor fullLike(Object x, Object fillValue) {
        return tensor(call("full_like", x, fillValue));
    }

    /** {@code keras.ops.full_like(x, fill_value, dtype)}. */
    public static Tensor fullLike(Object x, Object fillValue, @Nullable Object dtype) {
        return tensor(call("full_like", x, fillValue, dtype));
    }

    /** {@code keras.ops.eye(N)}. */
    public static Tensor eye(Object rows) {
        return tensor(call("eye", rows));
    }

    /** {@code keras.ops.eye(N, M, k, dtype)}. */
    public static Tensor eye(
            Object rows, @Nullable Object columns, @Nullable Object k, @Nullable Object dtype) {
        return tensor(call("eye", rows, columns, k, dtype));
    }

    /** {@code keras.ops.identity(n)}. */
    public static Tensor identity(Object n) {
        return tensor(call("identity", n));
    }

    /** {@code keras.ops.identity(n, dtype)}. */
    public static Tensor identity(Object n, @Nullable Object dtype) {
        return tensor(call("identity", n, dtype));
    }

    /** {@code keras.ops.tri(N)}. */
    public static Tensor tri(Object rows) {
        return tensor(call("tri", rows));
    }

    /** {@code keras.ops.tri(N, M, k, dtype)}. */
    public static Tensor tri(
            Object rows, @Nullable Object columns, @Nullable Object k, @Nullable Object dtype) {
        return tensor(call("tri", rows, columns, k, dtype));
    }

    /** {@code keras.ops.tril(x)}. */
    public static Tensor tril(Object x) {
        return tensor(call("tril", x));
    }

    /** {@code keras.ops.tril(x, k)}. */
    public static Tensor tril(Object x, @Nullable Object k) {
        return tensor(call("tril", x, k));
    }

    /** {@code keras.ops.triu(x)}. */
    public static Tensor triu(Object x) {
        return tensor(call("triu", x));
    }

    /** {@code keras.ops.triu(x, k)}. */
    public static Tensor triu(Object x, @Nullable Object k) {
        return tensor(call("triu", x, k));
    }

    /** {@code keras.ops.diag(x)}. */
    public static Tensor diag(Object x) {
        return tensor(call("diag", x));
    }

    /** {@code keras.ops.diag(x, k)}. */
    public static Tensor diag(Object x, @Nullable Object k) {
        return tensor(call("diag", x, k));
    }

    /** {@code keras.ops.diagflat(x)}. */
    public static Tensor diagflat(Object x) {
        return tensor(call("diagflat", x));
    }

    /** {@code keras.ops.diagflat(x, k)}. */
    public static Tensor diagflat(Object x, @Nullable Object k) {
        return tensor(call("diagflat", x, k));
    }

    /** {@code keras.ops.diagonal(x)}. */
    public static Tensor diagonal(Object x) {
        return tensor(call("diagonal", x));
    }

    /** {@code keras.ops.diagonal(x, offset, axis1, axis2)}. */
    public static Tensor diagonal(
            Object x, @Nullable Object offset, @Nullable Object axis1, @Nullable Object axis2) {
        return tensor(call("diagonal", x, offset, axis1, axis2));
    }

    /** {@code keras.ops.arange(start)}. */
    public static Tensor arange(Object start) {
        return tensor(call("arange", start));
    }

    /** {@code keras.ops.arange(start, stop, step, dtype)}. */
    public static Tensor arange(
            Object start, @Nullable Object stop, @Nullable Object step, @Nullable Object dtype) {
        return tensor(call("arange", start, stop, step, dtype));
    }

    /** {@code keras.ops.linspace(start, stop)}. */
    public static Tensor linspace(Object start, Object stop) {
        return tensor(call("linspace", start, stop));
    }

    /** {@code keras.ops.linspace(start, stop, num, endpoint, retstep, dtype, axis)}. */
    public static Object linspace(
            Object start,
            Object stop,
            @Nullable Object num,
            @Nullable Object endpoint,
            @Nullable Object retstep,
            @Nullable Object dtype,
            @Nullable Object axis) {
        return call("linspace", start, stop, num, endpoint, retstep, dtype, axis);
    }

    /** {@code keras.ops.logspace(start, stop)}. */
    public static Tensor logspace(Object start, Object stop) {
        return tensor(call("logspace", start, stop));
    }

    /** {@code keras.ops.logspace(start, stop, num, endpoint, base, dtype, axis)}. */
    public static Tensor logspace(
            Object start,
            Object stop,
            @Nullable Object num,
            @Nullable Object endpoint,
            @Nullable Object base,
            @Nullable Object dtype,
            @Nullable Object axis) {
        return tensor(call("logspace", start, stop, num, endpoint, base, dtype, axis));
    }

    /** {@code keras.ops.geomspace(start, stop)}. */
    public static Tensor geomspace(Object start, Object stop) {
        return tensor(call("geomspace", start, stop));
    }

    /** {@code keras.ops.geomspace(start, stop, num, endpoint, dtype, axis)}. */
    public static Tensor geomspace(
            Object start,
            Object stop,
            @Nullable Object num,
            @Nullable Object endpoint,
            @Nullable Object dtype,
            @Nullable Object axis) {
        return tensor(call("geomspace", start, stop, num, endpoint, dtype, axis));
    }

    /** {@code keras.ops.vander(x)}. */
    public static Tensor vander(Object x) {
        return tensor(call("vander", x));
    }

    /** {@code keras.ops.vander(x, N, increasing)}. */
    public static Tensor vander(Object x, @Nullable Object rows, @Nullable Object increasing) {
        return tensor(call("vander", x, rows, increasing));
    }

    /** {@code keras.ops.bartlett(x)}. */
    public static Tensor bartlett(Object x) {
        return tensor(call("bartlett", x));
    }

    /** {@code keras.ops.hanning(x)}. */
    public static Tensor hanning(Object x) {
        return tensor(call("hanning", x));
    }

    /** {@code keras.ops.hamming(x)}. */
    public static Tensor hamming(Object x) {
        return tensor(call("hamming", x));
    }

    /** {@code keras.ops.blackman(x)}. */
    public static Tensor blackman(Object x) {
        return tensor(call("blackman", x));
    }

    /** {@code keras.ops.kaiser(x, beta)}. */
    public static Tensor kaiser(Object x, Object beta) {
        return tensor(call("kaiser", x, beta));
    }

    /** {@code keras.ops.matmul(x1, x2)}. */
    public static Tensor matmul(Object x1, Object x2) {
        return tensor(call("matmul", x1, x2));
    }

    /** {@code keras.ops.dot(x1, x2)}. */
    public static Tensor dot(Object x1, Object x2) {
        return tensor(call("dot", x1, x2));
    }

    /** {@code keras.ops.inner(x1, x2)}. */
    public static Tensor inner(Object x1, Object x2) {
        return tensor(call("inner", x1, x2));
    }

    /** {@code keras.ops.vdot(x1, x2)}. */
    public static Tensor vdot(Object x1, Object x2) {
        return tensor(call("vdot", x1, x2));
    }

    /** {@code keras.ops.outer(x1, x2)}. */
    public static Tensor outer(Object x1, Object x2) {
        return tensor(call("outer", x1, x2));
    }

    /** {@code keras.ops.kron(x1, x2)}. */
    public static Tensor kron(Object x1, Object x2) {
        return tensor(call("kron", x1, x2));
    }

    /** {@code keras.ops.tensordot(x1, x2)}. */
    public static Tensor tensordot(Object x1, Object x2) {
        return tensor(call("tensordot", x1, x2));
    }

    /** {@code keras.ops.tensordot(x1, x2, axes)}. */
    public static Tensor tensordot(Object x1, Object x2, @Nullable Object axes) {
        return tensor(call("tensordot", x1, x2, axes));
    }

    /** {@code keras.ops.einsum(subscripts, operands)}. */
    public static Tensor einsum(Object subscripts, Object... operands) {
        return tensor(call("einsum", joined(subscripts, operands)));
    }

    /** {@code keras.ops.cross(x1, x2)}. */
    public static Tensor cross(Object x1, Object x2) {
        return tensor(call("cross", x1, x2));
    }

    /** {@code keras.ops.cross(x1, x2, axisa, axisb, axisc, axis)}. */
    public static Tensor cross(
            Object x1,
            Object x2,
            @Nullable Object axisa,
            @Nullable Object axisb,
            @Nullable Object axisc,
            @Nullable Object axis) {
        return tensor(call("cross", x1, x2, axisa, axisb, axisc, axis));
    }

    /** {@code keras.ops.trace(x)}. */
    public static Tensor trace(Object x) {
        return tensor(call("trace", x));
    }

    /** {@code keras.ops.trace(x, offset, axis1, axis2)}. */
    public static Tensor trace(
            Object x, @Nullable Object offset, @Nullable Object axis1, @Nullable Object axis2) {
        return tensor(call("trace", x, offset, axis1, axis2));
    }
}
