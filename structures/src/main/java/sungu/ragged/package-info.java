/** Ragged tensors: rows of different lengths as flat values and row partitions. */
@NullMarked
package sungu.ragged;

import org.jspecify.annotations.NullMarked;
