package sungu.primitive;

/**
 * A primitive that computes each output element from the input elements at the same index: a scalar
 * instruction.
 *
 * <p>All operands have one shape, but any may be a scalar; ops insert the {@link Movement} that
 * broadcasts anything else.
 */
public non-sealed interface Elementwise extends Primitive {}
