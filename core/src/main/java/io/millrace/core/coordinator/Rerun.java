package io.millrace.core.coordinator;

/**
 * What to do where the same work was begun or finished before.
 *
 * @param restart drop what an unfinished run has staged and begin anew
 * @param again append once more what was finished, or go on with a changed definition, knowingly
 * @param full begin increments anew, with everything
 */
public record Rerun(boolean restart, boolean again, boolean full) {
    /** Resume what is unfinished; refuse or repeat what is finished, by the target's mode; take the next increment. */
    public static final Rerun DEFAULT = new Rerun(false, false, false);

    /** Drop what an unfinished run has staged and begin anew. */
    public static final Rerun RESTART = new Rerun(true, false, false);

    /** Append a finished window once more, knowingly. */
    public static final Rerun AGAIN = new Rerun(false, true, false);

    /** Begin increments anew, with everything. */
    public static final Rerun FULL = new Rerun(false, false, true);
}
