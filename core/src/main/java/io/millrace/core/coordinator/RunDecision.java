package io.millrace.core.coordinator;

import io.millrace.core.ledger.RunRecord;
import java.util.Optional;

/** What running a key means now. */
sealed interface RunDecision {
    /** One sentence that says why. */
    String why();

    /** Where a new run begins: the end of the previous increment, or empty for the beginning. */
    default Optional<String> position() {
        return Optional.empty();
    }

    /** Begin a new run. */
    record Begin(Optional<String> position, String why) implements RunDecision {}

    /** Continue the unfinished one. */
    record Resume(RunRecord run, String why) implements RunDecision {}

    /** Drop the unfinished one, then begin a new run. */
    record Discard(RunRecord run, Optional<String> position, String why) implements RunDecision {}

    /** Nothing to do. */
    record AlreadyDone(RunRecord run, String why) implements RunDecision {}
}
