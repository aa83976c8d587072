package sungu.primitive;

import sungu.tensor.Ints;
import sungu.tensor.Shape;

/** A reduction that folds whole axes away and keeps the others. */
public sealed interface AxisReduction extends Reduction permits Reduce, SquaredDeviations {
    /** The axes that are folded, ascending. */
    Ints axes();

    /** The same along other axes. */
    AxisReduction along(Ints axes);

    /** The shape of the result for an input of this shape. */
    default Shape kept(Shape shape) {
        var dims = new int[shape.rank() - axes().size()];
        int kept = 0;
        for (int i = 0; i < shape.rank(); i++) {
            if (!axes().contains(i)) {
                dims[kept++] = shape.dim(i);
            }
        }
        return Shape.owning(dims);
    }
}
