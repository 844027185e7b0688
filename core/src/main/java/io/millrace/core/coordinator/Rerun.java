package io.millrace.core.coordinator;

/** What to do where the same work was begun or finished before. */
public enum Rerun {
    /** Resume what is unfinished; refuse or repeat what is finished, by the target's mode. */
    DEFAULT,
    /** Drop what an unfinished run has staged and begin anew. */
    RESTART,
    /** Append a finished window once more, knowingly. */
    AGAIN
}
