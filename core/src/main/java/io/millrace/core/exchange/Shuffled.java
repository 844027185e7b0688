package io.millrace.core.exchange;

import io.millrace.api.Staged;

/** What a piece leaves whose rows an engine has taken to those of their key by itself: nothing that could be read again. */
public final class Shuffled {
    private static final String STAGED_AS = "shuffled";

    private Shuffled() {}

    /** @param rows how many rows of the piece have been taken */
    public static Staged of(long rows) {
        return new Staged(STAGED_AS, 1, "", rows);
    }

    /** Whether it is such a piece's. */
    public static boolean is(Staged staged) {
        return staged.connector().equals(STAGED_AS);
    }
}
