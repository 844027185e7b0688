package io.millrace.core.ledger;

import java.util.Set;

/** Where a run stands. {@link #mayBecome} is the table of legal changes; the ledger refuses any other. */
public enum RunState {
    /** Work is under way, or its process died. */
    RUNNING,
    /**
     * The list of pieces is frozen and their commit decided: from here a run only goes forward. Left out where the target
     * has committed piece by piece.
     */
    COMMITTING,
    /** Everything is in the target. */
    DONE,
    /** Ended with an error; can be resumed. */
    FAILED,
    /** Ended by a signal; can be resumed. */
    STOPPED,
    /** Given up: what it had staged is dropped and it counts no more. */
    DISCARDED;

    /** True where running again continues this run. */
    public boolean unfinished() {
        return switch (this) {
            case RUNNING, COMMITTING, FAILED, STOPPED -> true;
            case DONE, DISCARDED -> false;
        };
    }

    /** True where a run may go from this state to the next one. */
    public boolean mayBecome(RunState next) {
        return switch (this) {
            case RUNNING -> Set.of(RUNNING, COMMITTING, DONE, FAILED, STOPPED, DISCARDED)
                    .contains(next);
            case FAILED, STOPPED -> next == RUNNING || next == DISCARDED;
            case COMMITTING -> next == COMMITTING || next == DONE;
            case DONE, DISCARDED -> false;
        };
    }
}
