/** String tensors: bytes, with UTF-8 views of them. */
@NullMarked
package sungu.strings;

import org.jspecify.annotations.NullMarked;
