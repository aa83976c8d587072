package sungu.ops;

import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors taken apart and put together by numbers that tensors hold. */
public final class Partitions {
    private Partitions() {}

    /**
     * The slices of a tensor by the partition each belongs to, in their order. Not in traced
     * functions.
     *
     * @param partitions numbers from 0 to {@code count - 1}, of the leading dimensions of {@code
     *     data}
     */
    public static List<Tensor> dynamicPartition(Tensor data, Tensor partitions, int count) {
        int rank = partitions.rank();
        if (count < 1
                || !partitions.dtype().isInteger()
                || rank > data.rank()
                || !data.shape().slice(0, rank).equals(partitions.shape())) {
            throw new TensorException(
                    "dynamicPartition: partitions "
                            + partitions.type()
                            + " must be integers of the leading dimensions of "
                            + data.type()
                            + ", and there must be at least one, not "
                            + count);
        }
        for (long number : partitions.toLongs()) {
            if (number < 0 || number >= count) {
                throw new TensorException(
                        "dynamicPartition: " + number + " is not in [0, " + count + ")");
            }
        }
        var rows = rank == 0 ? Movements.expandDims(data, 0) : data;
        var numbers = rank == 0 ? Movements.expandDims(partitions, 0) : partitions;
        var parts = new ArrayList<Tensor>(count);
        for (int i = 0; i < count; i++) {
            var mask = Elements.equal(numbers, Elements.weak(i, numbers));
            parts.add(Indexing.booleanMask(rows, mask));
        }
        return parts;
    }

    /**
     * Slices put together: {@code out[indices[k][i]] = data[k][i]}, zeros where no index points;
     * the last one wins. The largest index tells the size, so this can't be traced.
     */
    public static Tensor dynamicStitch(
            List<? extends Tensor> indices, List<? extends Tensor> data) {
        long largest = -1;
        for (var index : indices) {
            for (long i : index.toLongs()) {
                largest = Math.max(largest, i);
            }
        }
        return dynamicStitch(indices, data, Math.toIntExact(largest + 1));
    }

    /** As {@link #dynamicStitch(List, List)}, for a result of that many slices. */
    public static Tensor dynamicStitch(
            List<? extends Tensor> indices, List<? extends Tensor> data, int size) {
        if (indices.isEmpty() || indices.size() != data.size()) {
            throw new TensorException(
                    "dynamicStitch: "
                            + indices.size()
                            + " tensors of indices do not go with "
                            + data.size()
                            + " of data");
        }
        var slice = slice(indices.get(0), data.get(0));
        var positions = new ArrayList<Tensor>();
        var slices = new ArrayList<Tensor>();
        for (int k = 0; k < data.size(); k++) {
            if (!slice(indices.get(k), data.get(k)).equals(slice)) {
                throw new TensorException(
                        "dynamicStitch: slices must have one shape, got "
                                + slice
                                + " and "
                                + slice(indices.get(k), data.get(k)));
            }
            int count = indices.get(k).size();
            positions.add(Movements.reshape(indices.get(k), Shape.of(count, 1)));
            slices.add(Movements.reshape(data.get(k), Shape.of(count).concat(slice)));
        }
        return Scattering.tensorScatter(
                Combine.UPDATE,
                Tensor.zeros(slice.insert(0, size), data.get(0).dtype()),
                Movements.concat(positions, 0),
                Movements.concat(slices, 0));
    }

    private static Shape slice(Tensor indices, Tensor data) {
        int rank = indices.rank();
        if (rank > data.rank() || !data.shape().slice(0, rank).equals(indices.shape())) {
            throw new TensorException(
                    "dynamicStitch: data "
                            + data.type()
                            + " must begin with the dimensions of its indices "
                            + indices.type());
        }
        return data.shape().slice(rank, data.rank());
    }

    /** For each number from 0 on its position in a permutation of them. */
    public static Tensor invertPermutation(Tensor x) {
        if (x.rank() != 1 || x.dtype() != DType.INT32 && x.dtype() != DType.INT64) {
            throw new TensorException(
                    "invertPermutation: takes a vector of int32 or int64, got " + x.type());
        }
        int n = x.size();
        if (Context.current().trace() == null) {
            var numbers = x.toLongs();
            Arrays.sort(numbers);
            for (int i = 0; i < n; i++) {
                if (numbers[i] != i) {
                    throw new TensorException(
                            "invertPermutation: no permutation of 0 to " + (n - 1) + ": " + x);
                }
            }
        }
        return Scattering.tensorScatterUpdate(
                Tensor.zeros(x.shape(), x.dtype()),
                Movements.reshape(x, Shape.of(n, 1)),
                Movements.iota(n, x.dtype()));
    }

    /**
     * The index vectors, along a new first dimension, of positions counted through a whole tensor.
     */
    public static Tensor unravelIndex(Tensor indices, Shape shape) {
        if (Context.current().trace() == null) {
            for (long index : indices.toLongs()) {
                if (index < 0 || index >= shape.size()) {
                    throw new TensorException(
                            "unravelIndex: " + index + " lies outside of the shape " + shape);
                }
            }
        }
        var vectors = new ArrayList<Tensor>(shape.rank());
        var strides = shape.strides();
        for (int axis = 0; axis < shape.rank(); axis++) {
            var steps = Elements.floorDivide(indices, Elements.weak(strides[axis], indices));
            vectors.add(Elements.floorMod(steps, Elements.weak(shape.dim(axis), indices)));
        }
        return Movements.stack(vectors, 0);
    }

    /**
     * For each length, cut to a whole number, a row, bool, of so many true entries, then false
     * ones.
     *
     * @param size the length of the rows; -1 for the largest length, which can't be traced
     */
    public static Tensor sequenceMask(Tensor lengths, int size) {
        int width = size;
        if (size < 0) {
            width = 0;
            for (double length : lengths.toDoubles()) {
                width = Math.max(width, (int) length);
            }
        }
        var whole = Movements.expandDims(lengths.cast(DType.INT64), -1);
        return Elements.less(Movements.iota(width, DType.INT64), whole);
    }

    /**
     * Coordinates of a grid: tensor {@code k} holds the {@code k}-th vector along one dimension.
     *
     * @param matrix whether the vectors run along the dimensions in order; else the first two
     *     change places, as for pictures ({@code xy})
     */
    public static List<Tensor> meshgrid(List<? extends Tensor> vectors, boolean matrix) {
        int rank = vectors.size();
        var dims = new int[rank];
        for (int k = 0; k < rank; k++) {
            dims[along(k, rank, matrix)] = vectors.get(k).size();
        }
        var grid = new ArrayList<Tensor>(rank);
        for (int k = 0; k < rank; k++) {
            var line = new int[rank];
            Arrays.fill(line, 1);
            line[along(k, rank, matrix)] = vectors.get(k).size();
            grid.add(
                    Movements.broadcastTo(
                            Movements.reshape(vectors.get(k), Shape.of(line)), Shape.of(dims)));
        }
        return grid;
    }

    private static int along(int k, int rank, boolean matrix) {
        return matrix || rank < 2 || k > 1 ? k : 1 - k;
    }
}
