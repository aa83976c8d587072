import org.jspecify.annotations.NullMarked;

/** Benchmarks: single operations under JMH, and whole trainings against recorded peers. */
@NullMarked
module sungu.bench {
    requires sungu.keras;
    requires sungu.structures;
    requires java.management;
    requires jdk.management; // what threads allocate, for tests
    requires jmh.core;
    requires static org.jspecify;
}
