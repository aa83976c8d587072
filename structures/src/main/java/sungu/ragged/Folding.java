package sungu.ragged;

import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.primitive.Reduce.Fold;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.Tensor;

/** How elements are folded: along the axes of dense tensors, and by segments. */
public interface Folding {
    /** Folds some axes of a dense tensor, all when none is given. */
    Tensor along(Tensor x, boolean keep, int... axes);

    /** Folds rows by the segment each belongs to: one row for each segment. */
    Tensor segments(Tensor data, Tensor ids, int segments);

    /** Folding by numbers. */
    static Folding of(Fold fold) {
        var combine =
                switch (fold) {
                    case SUM -> Combine.ADD;
                    case PRODUCT -> Combine.MULTIPLY;
                    case MAX -> Combine.MAX;
                    case MIN -> Combine.MIN;
                };
        return new Folding() {
            @Override
            public Tensor along(Tensor x, boolean keep, int... axes) {
                return Reductions.reduce(fold, x, keep, axes);
            }

            @Override
            public Tensor segments(Tensor data, Tensor ids, int segments) {
                return Scattering.unsortedSegment(combine, data, ids, segments);
            }
        };
    }
}
