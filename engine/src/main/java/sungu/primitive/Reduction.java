package sungu.primitive;

/**
 * A primitive that folds elements along axes or windows; it ends a fusion group and takes its
 * elementwise producers.
 */
public non-sealed interface Reduction extends Primitive {}
