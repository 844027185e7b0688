package io.millrace.core.coordinator;

import io.millrace.core.ledger.RunRecord;

/** What running a key means now. */
sealed interface RunDecision {
    /** One sentence that says why. */
    String why();

    /** Begin a new run. */
    record Begin(String why) implements RunDecision {}

    /** Continue the unfinished one. */
    record Resume(RunRecord run, String why) implements RunDecision {}

    /** Drop the unfinished one, then begin a new run. */
    record Discard(RunRecord run, String why) implements RunDecision {}

    /** Nothing to do. */
    record AlreadyDone(RunRecord run, String why) implements RunDecision {}
}
