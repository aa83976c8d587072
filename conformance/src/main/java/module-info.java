import org.jspecify.annotations.NullMarked;

/** Replays recorded reference cases against Sungu, and holds the tests that look at the whole. */
@NullMarked
module sungu.conformance {
    requires java.logging;
    requires sungu.keras;
    requires sungu.structures;
    requires static org.jspecify;
    requires tools.jackson.databind;
}
