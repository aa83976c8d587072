/** Sparse tensors: the values that are not zero and where they stand. */
@NullMarked
package sungu.sparse;

import org.jspecify.annotations.NullMarked;
