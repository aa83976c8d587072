/** Tables from keys to values. */
@NullMarked
package sungu.lookup;

import org.jspecify.annotations.NullMarked;
