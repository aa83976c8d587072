/** One class per command; {@link sungu.cli.Main} dispatches. */
@NullMarked
package sungu.cli;

import org.jspecify.annotations.NullMarked;
