package sungu.ragged;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Elementwise operations: the dense operation on the flat values, once all operands have the same
 * partitions. Dimensions of size 1 are stretched and missing outer ones added as between dense
 * tensors; a ragged dimension fits to one with the very same rows only.
 */
public final class RaggedElements {
    private RaggedElements() {}

    /** Applies a function, which keeps the number of flat values, to the flat values. */
    public static RaggedTensor map(UnaryOperator<Tensor> function, RaggedTensor x) {
        return mapFlatValues(flat -> function.apply(flat.getFirst()), List.of(x));
    }

    /**
     * Applies a function to the flat values of tensors that are cut alike; dense ones among them
     * are passed as they are.
     *
     * @throws TensorException if the partitions differ, or the result has not one row per flat
     *     value
     */
    public static RaggedTensor mapFlatValues(
            Function<List<Tensor>, Tensor> function, List<RaggedTensor> arguments) {
        RaggedTensor cut = null;
        for (var argument : arguments) {
            if (argument.raggedRank() > 0) {
                if (cut != null && !sameRows(cut, argument)) {
                    throw new TensorException(
                            "map: "
                                    + cut.shape()
                                    + " and "
                                    + argument.shape()
                                    + " are cut into different rows");
                }
                cut = argument;
            }
        }
        var flat = function.apply(arguments.stream().map(RaggedTensor::flatValues).toList());
        return cut == null ? RaggedTensor.of(flat) : RaggedTensor.of(flat, cut.partitions());
    }

    private static boolean sameRows(RaggedTensor a, RaggedTensor b) {
        if (a.raggedRank() != b.raggedRank()) {
            return false;
        }
        for (int i = 0; i < a.raggedRank(); i++) {
            if (!a.partitions().get(i).sameAs(b.partitions().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Applies an operation of two operands, with broadcasting. */
    public static RaggedTensor binary(
            BinaryOperator<Tensor> operation, RaggedTensor x, RaggedTensor y) {
        return apply(both -> operation.apply(both.get(0), both.get(1)), List.of(x, y));
    }

    /** A bool condition chooses between two operands; all broadcast. */
    public static RaggedTensor select(RaggedTensor condition, RaggedTensor x, RaggedTensor y) {
        return apply(
                all -> Elements.select(all.get(0), all.get(1), all.get(2)),
                List.of(condition, x, y));
    }

    /** The elements converted to another dtype. */
    public static RaggedTensor cast(RaggedTensor x, DType dtype) {
        return map(flat -> flat.cast(dtype), x);
    }

    /** Applies an elementwise operation of any number of operands, with broadcasting. */
    public static RaggedTensor apply(
            Function<List<Tensor>, Tensor> operation, List<RaggedTensor> operands) {
        int rank = operands.stream().mapToInt(RaggedTensor::rank).max().orElse(0);
        int cuts =
                operands.stream()
                        .mapToInt(x -> x.raggedRank() == 0 ? 0 : x.raggedRank() + rank - x.rank())
                        .max()
                        .orElse(0);
        requireOneSplitType(operands);
        if (cuts == 0 || onePartition(operands, rank)) {
            var flat = operation.apply(operands.stream().map(RaggedTensor::flatValues).toList());
            var cut = operands.stream().filter(x -> x.raggedRank() > 0).findFirst();
            return cut.isEmpty()
                    ? RaggedTensor.of(flat)
                    : RaggedTensor.of(flat, cut.get().partitions());
        }
        return broadcast(operation, operands, rank, cuts);
    }

    private static void requireOneSplitType(List<RaggedTensor> operands) {
        RaggedTensor first = null;
        for (var operand : operands) {
            if (operand.raggedRank() > 0) {
                if (first != null && first.rowSplitsDtype() != operand.rowSplitsDtype()) {
                    throw new TensorException(
                            "ragged: row splits of "
                                    + first.rowSplitsDtype()
                                    + " and "
                                    + operand.rowSplitsDtype(),
                            "use withRowSplitsDtype to make them alike");
                }
                first = operand;
            }
        }
    }

    /**
     * Whether all operands are scalars or of the same rows and rank: nothing is to be stretched.
     */
    private static boolean onePartition(List<RaggedTensor> operands, int rank) {
        RaggedTensor first = null;
        for (var operand : operands) {
            if (operand.rank() == 0) {
                continue;
            }
            if (operand.rank() != rank
                    || operand.raggedRank() == 0
                    || first != null && !sameRows(first, operand)) {
                return false;
            }
            first = operand;
        }
        return true;
    }

    private static RaggedTensor broadcast(
            Function<List<Tensor>, Tensor> operation,
            List<RaggedTensor> operands,
            int rank,
            int cuts) {
        var dtype =
                operands.stream()
                        .filter(x -> x.raggedRank() > 0)
                        .findFirst()
                        .orElseThrow()
                        .rowSplitsDtype();
        var aligned = new ArrayList<RaggedTensor>();
        for (var operand : operands) {
            var full = operand;
            while (full.rank() < rank) {
                full = outer(full, dtype);
            }
            aligned.add(Rows.cut(full.withRowSplitsDtype(dtype), cuts));
        }
        int n = aligned.size();
        var maps = new int[n][];
        int rows = 1;
        for (var operand : aligned) {
            rows = operand.rows() == 1 ? rows : operand.rows();
        }
        for (int i = 0; i < n; i++) {
            int own = aligned.get(i).rows();
            if (own != rows && own != 1) {
                throw mismatch(operands, 0);
            }
            maps[i] = own == rows ? Indices.range(0, rows) : new int[rows];
        }
        var partitions = new ArrayList<RowPartition>();
        for (int level = 0; level < cuts; level++) {
            partitions.add(level(operands, aligned, maps, level, dtype));
        }
        var flats = new ArrayList<Tensor>();
        for (int i = 0; i < n; i++) {
            flats.add(Rows.gather(aligned.get(i).flatValues(), maps[i]));
        }
        return RaggedTensor.of(operation.apply(flats), partitions);
    }

    /** Aligns one dimension: replaces the maps by those of the children, returns their rows. */
    private static RowPartition level(
            List<RaggedTensor> operands,
            List<RaggedTensor> aligned,
            int[][] maps,
            int level,
            DType dtype) {
        int n = aligned.size();
        int rows = maps[0].length;
        var stretched = new boolean[n];
        int uniform = 1;
        boolean ragged = false;
        for (int i = 0; i < n; i++) {
            int length = aligned.get(i).partitions().get(level).uniformLength();
            stretched[i] = length == 1;
            ragged |= length < 0;
            uniform = length > 1 || length == 0 ? length : uniform;
        }
        var children = new Indices[n];
        for (int i = 0; i < n; i++) {
            children[i] = new Indices();
        }
        var offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            int length = -1;
            for (int i = 0; i < n; i++) {
                if (!stretched[i]) {
                    int own = aligned.get(i).partitions().get(level).length(maps[i][row]);
                    if (length >= 0 && own != length) {
                        throw mismatch(operands, level + 1);
                    }
                    length = own;
                }
            }
            length = length < 0 ? 1 : length;
            for (int i = 0; i < n; i++) {
                int start = aligned.get(i).partitions().get(level).offsets()[maps[i][row]];
                for (int k = 0; k < length; k++) {
                    children[i].accept(stretched[i] ? start : start + k);
                }
            }
            offsets[row + 1] = offsets[row] + length;
        }
        for (int i = 0; i < n; i++) {
            maps[i] = children[i].toArray();
        }
        return RowPartition.ofOffsets(offsets, dtype, ragged ? -1 : uniform);
    }

    /** The tensor as the only row of one that has one dimension more. */
    private static RaggedTensor outer(RaggedTensor x, DType dtype) {
        return x.raggedRank() == 0
                ? RaggedTensor.of(Movements.expandDims(x.flatValues(), 0))
                : RaggedTensor.of(x, RowPartition.ofUniform(x.rows(), 1, dtype));
    }

    private static TensorException mismatch(List<RaggedTensor> operands, int axis) {
        var shapes = operands.stream().map(RaggedTensor::shape).toList();
        return new TensorException(
                "ragged: " + shapes + " do not fit along axis " + axis,
                "rows must have the same lengths; only dimensions of size 1 are stretched");
    }
}
