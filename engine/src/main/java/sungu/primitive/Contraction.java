package sungu.primitive;

/**
 * A sum of products over shared dimensions: a matrix product or a convolution, with kernels of its
 * own and fused epilogues.
 */
public non-sealed interface Contraction extends Primitive {}
