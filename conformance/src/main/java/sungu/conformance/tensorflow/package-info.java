/**
 * The functions of TensorFlow that recorded cases call, each with what Sungu has for it: tables by
 * family of rows {@code name(parameters)} and the call in Java.
 */
@NullMarked
package sungu.conformance.tensorflow;

import org.jspecify.annotations.NullMarked;
