/** Sets in the last dimension of dense and sparse tensors. */
@NullMarked
package sungu.sets;

import org.jspecify.annotations.NullMarked;
