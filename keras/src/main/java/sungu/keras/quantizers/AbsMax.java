package sungu.keras.quantizers;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** Linear quantization by the range of the values. */
public final class AbsMax {
    private AbsMax() {}

    /**
     * Symmetric quantization: {@code round(x * scale)} within {@code low} and {@code high}, where
     * {@code scale = high / (max|x| + epsilon)} over the axes.
     *
     * @return the levels with the scale, which keeps the axes with size 1
     */
    public static Quantizer.Quantized quantize(
            Tensor x, int low, int high, DType dtype, double epsilon, int... axes) {
        var largest = Reductions.max(x.abs(), true, axes).plus(epsilon);
        var scale = Elements.weak((double) high, largest).div(largest);
        return new Quantizer.Quantized(
                clipped(Elements.round(x.times(scale)), low, high).cast(dtype), scale);
    }

    /**
     * The levels of an asymmetric quantization.
     *
     * @param values of the shape of the matrix, int8
     * @param scale one per block and column: {@code [blocks, columns]}
     * @param zero the level that stands for 0, int8, of the shape of the scale
     */
    public record Blocks(Tensor values, Tensor scale, Tensor zero) {
        /** The matrix that the levels stand for: {@code (values - zero) * scale}. */
        public Tensor dequantize(int blockSize) {
            var groups = groups(values.shape().dim(0), blockSize).cast(DType.INT32);
            return dequantized(values, scale, zero, groups, 0);
        }
    }

    /**
     * Asymmetric quantization of a matrix in blocks of rows: in each block and column, the smallest
     * value becomes {@code low} and the largest {@code high}. Missing rows of the last block count
     * as 0.
     */
    public static Blocks quantizeBlocks(
            Tensor matrix, int blockSize, int low, int high, double epsilon) {
        if (matrix.rank() != 2 || blockSize < 1) {
            throw new TensorException(
                    "quantizing in blocks takes a matrix and a positive block size, got "
                            + matrix.type()
                            + " and "
                            + blockSize);
        }
        int rows = matrix.shape().dim(0);
        int columns = matrix.shape().dim(1);
        int blocks = (rows + blockSize - 1) / blockSize;
        int missing = blocks * blockSize - rows;
        var padded =
                missing == 0
                        ? matrix
                        : Movements.pad(
                                matrix,
                                new int[] {0, 0},
                                new int[] {missing, 0},
                                Tensor.zeros(Shape.SCALAR, matrix.dtype()));
        var blocked = Movements.reshape(padded, blocks, blockSize, columns);
        var smallest = Reductions.min(blocked, true, 1);
        var scale =
                Reductions.max(blocked, true, 1)
                        .minus(smallest)
                        .plus(epsilon)
                        .div((double) (high - low));
        var zero =
                clipped(
                        Elements.round(smallest.unaryMinus().div(scale)).plus((double) low),
                        low,
                        high);
        var levels = clipped(Elements.round(blocked.div(scale)).plus(zero), low, high);
        var values =
                Movements.sliceAxis(
                        Movements.reshape(levels, blocks * blockSize, columns), 0, 0, rows);
        return new Blocks(
                values.cast(DType.INT8),
                Movements.squeeze(scale, 1),
                Movements.squeeze(zero, 1).cast(DType.INT8));
    }

    /** The block of each of {@code length} elements, as float32. */
    public static Tensor groups(int length, int blockSize) {
        return Elements.floorDivide(Movements.iota(length, DType.INT32), Tensor.of(blockSize))
                .cast(DType.FLOAT32);
    }

    /**
     * {@code (values - zero) * scale} where scale and zero are given per block.
     *
     * @param groups the block of each element along the axis, int32
     * @param axis along which scale and zero have one element per block
     */
    public static Tensor dequantized(
            Tensor values, Tensor scale, Tensor zero, Tensor groups, int axis) {
        var scales = Indexing.gather(scale, groups, axis);
        var zeros = Indexing.gather(zero, groups, axis).cast(scale.dtype());
        return values.cast(scale.dtype()).minus(zeros).times(scales);
    }

    private static Tensor clipped(Tensor x, int low, int high) {
        return Elements.clip(x, Elements.weak((double) low, x), Elements.weak((double) high, x));
    }
}
