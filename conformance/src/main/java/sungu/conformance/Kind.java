package sungu.conformance;

/** How cases of one kind are run. */
@FunctionalInterface
public interface Kind {
    /**
     * Runs a case and compares its results.
     *
     * @throws Mismatch if a result differs
     * @throws Unsupported if Sungu lacks what the case is about
     */
    void replay(Case recorded) throws Exception;
}
