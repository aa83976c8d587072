/**
 * How cases of each kind are run: what is made from the case, what is called, and which results are
 * compared.
 */
@NullMarked
package sungu.conformance.kinds;

import org.jspecify.annotations.NullMarked;
