/** Benchmarks: whole workloads as one JSON line each, and single operations under JMH. */
@NullMarked
package sungu.bench;

import org.jspecify.annotations.NullMarked;
