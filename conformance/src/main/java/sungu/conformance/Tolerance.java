package sungu.conformance;

/** Floats a (got) and b (expected) agree if {@code |a - b| <= atol + rtol * |b|}. */
public record Tolerance(double rtol, double atol) {
    /** Nothing but equal values agree. */
    public static final Tolerance EXACT = new Tolerance(0, 0);

    /** Whether two floats agree; NaN agrees with NaN, an infinity with itself only. */
    public boolean accepts(double got, double expected) {
        return got == expected
                || got != got && expected != expected
                || Math.abs(got - expected) <= atol + rtol * Math.abs(expected)
                        && !Double.isInfinite(expected);
    }

    @Override
    public String toString() {
        return "rtol " + rtol + ", atol " + atol;
    }
}
