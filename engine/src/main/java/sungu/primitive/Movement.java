package sungu.primitive;

/**
 * A primitive that moves elements without computing: an index map that the compiler folds into its
 * reader.
 */
public non-sealed interface Movement extends Primitive {}
