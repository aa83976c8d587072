package sungu.compile;

import sungu.compile.Nest.Level;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.tensor.DType;

/**
 * Nests that can run on a contraction's result part by part while it is being computed and lies in
 * the cache: bias, activation, residual, mask, dropout.
 */
final class Epilogue {
    private Epilogue() {}

    /** Whether the second group can run as the epilogue of the first. */
    static boolean fits(Group contraction, Group after) {
        var nest = after.nest();
        var primitive = contraction.nodes().getLast().primitive();
        if (nest == null
                || !(primitive instanceof DotGeneral || primitive instanceof Convolution)
                || after.extents().size() > 1
                || nest.results().stream().anyMatch(result -> result.fold() != null)) {
            return false;
        }
        var result = contraction.writes().get(0);
        var type = result.type();
        var extent = after.extents().get(0);
        // Parts are whole rows of the result's last axis.
        boolean parts =
                type.dtype() == DType.FLOAT32
                        && type.size() == extent.size()
                        && type.shape().rank() > 0
                        && type.shape().dim(-1) % extent.columns() == 0;
        boolean reads = false;
        for (int i = 0; i < after.reads().size() && parts; i++) {
            if (after.reads().get(i) == result) {
                if (nest.operands().get(i).level() != Level.FULL) {
                    return false;
                }
                reads = true;
            }
        }
        return reads;
    }
}
