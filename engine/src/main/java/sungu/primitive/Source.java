package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

/**
 * A primitive that makes values from almost nothing: a constant, a count, random bits of a key.
 * Made where it is read.
 */
public non-sealed interface Source extends Primitive {
    /** No gradient flows into what a source is made from. */
    @Override
    default @Nullable Tensor[] gradient(Gradient g) {
        return new Tensor[g.inputs()];
    }
}
