package io.millrace.testkit.golden;

/** Runs golden cases on an engine. */
public interface GoldenEngine {
    /**
     * Passes the case's splits through its steps, as a run of {@link GoldenCase#pipeline()} does.
     *
     * @throws io.millrace.api.MillraceException where the steps are refused, or the run fails
     */
    GoldenOutcome run(GoldenCase golden);
}
