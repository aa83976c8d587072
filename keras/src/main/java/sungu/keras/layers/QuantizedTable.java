package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Quantization;
import sungu.keras.quantizers.AbsMax;
import sungu.keras.quantizers.Packing;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * Rows of 8-bit or packed 4-bit integers with a scale per row, or a scale and a zero per block of a
 * row. Only the rows that are asked for become floats.
 */
final class QuantizedTable {
    private final Weight table;
    private final Weight scale;
    private final @Nullable Weight zero;
    private final @Nullable Weight groups;
    private final boolean packed;
    private final int width;
    private final DType computeDtype;

    QuantizedTable(
            Layer layer,
            Quantization how,
            @Nullable QuantizationConfig config,
            int rows,
            int width) {
        if (how.kind() != Quantization.Kind.INT8 && how.kind() != Quantization.Kind.INT4) {
            throw new TensorException(
                    "embeddings can't be kept in quantization mode '" + how.mode() + "'",
                    "use int8 or int4");
        }
        QuantizedKernel.checkConfig(how, config);
        this.packed = how.kind() == Quantization.Kind.INT4;
        this.width = width;
        this.computeDtype = layer.computeDtype();
        int block = packed ? QuantizedKernel.blockSize(how, config) : -1;
        var scales = block > 0 ? Shape.of(rows, (width + block - 1) / block) : Shape.of(rows);
        table =
                layer.addFixed(
                        "embeddings",
                        Shape.of(rows, packed ? (width + 1) / 2 : width),
                        DType.INT8,
                        "zeros");
        scale = layer.addFixed("embeddings_scale", scales, layer.policy().variableDtype(), "ones");
        zero = block > 0 ? layer.addFixed("embeddings_zero", scales, DType.INT8, "zeros") : null;
        groups = block > 0 ? layer.addGroups(width, block) : null;
    }

    /** The rows in floats. */
    Tensor rows(Tensor indices) {
        var chosen = Indexing.gather(table.value(), indices, 0);
        var levels = packed ? Packing.unpackInt4(chosen, width, -1) : chosen;
        var scales = Indexing.gather(scale.value(), indices, 0);
        if (zero == null || groups == null) {
            return levels.cast(computeDtype).div(Movements.expandDims(scales, -1));
        }
        var zeros = Indexing.gather(zero.value(), indices, 0);
        return AbsMax.dequantized(levels, scales, zeros, groups.plainValue().cast(DType.INT32), -1);
    }
}
