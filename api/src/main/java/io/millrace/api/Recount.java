package io.millrace.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a target holds of a finished run.
 *
 * @param found rows of the run that are in the target now; empty where they cannot be told from others
 * @param replaced rows of the run that have gone since because later ones took their place, as far as the target knows
 * @param how what was counted, or why nothing can be, one phrase
 * @param problems what is not as the run left it, a sentence each
 */
public record Recount(OptionalLong found, long replaced, String how, List<String> problems) {
    public Recount {
        problems = List.copyOf(problems);
    }

    /** Nothing can be counted. */
    public static Recount unknown(String why) {
        return new Recount(OptionalLong.empty(), 0, why, List.of());
    }

    /** Rows that are there, and nothing else to say. */
    public static Recount of(long rows, String how) {
        return new Recount(OptionalLong.of(rows), 0, how, List.of());
    }
}
