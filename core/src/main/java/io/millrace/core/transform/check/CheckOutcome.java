package io.millrace.core.transform.check;

import java.util.Optional;

/**
 * What came of a rule in a run.
 *
 * @param check the step and the rule
 * @param rows that it has looked at
 * @param failed rows that broke it; 0 for a rule about the whole run
 * @param problem how it was broken; empty where it was kept
 */
public record CheckOutcome(String check, Severity severity, long rows, long failed, Optional<String> problem) {
    public boolean passed() {
        return problem.isEmpty();
    }

    /** One line for people, of a rule that was broken. */
    public String summary() {
        return check + ": " + problem.orElse("kept");
    }
}
