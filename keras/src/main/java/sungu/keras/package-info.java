/** The entry points of the Keras API, as the names at the top of Python's {@code keras} package. */
@NullMarked
package sungu.keras;

import org.jspecify.annotations.NullMarked;
