/** Queues of tensors among threads. */
@NullMarked
package sungu.queue;

import org.jspecify.annotations.NullMarked;
