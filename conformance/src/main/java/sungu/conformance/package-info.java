/**
 * Replays recorded reference cases: reads them ({@link sungu.conformance.CaseFiles}), turns their
 * values into arguments ({@link sungu.conformance.Values}), runs them by kind ({@code kinds}),
 * compares ({@link sungu.conformance.Comparison}) and reports.
 */
@NullMarked
package sungu.conformance;

import org.jspecify.annotations.NullMarked;
