package io.millrace.core.transform.check;

import java.util.Locale;

/** What happens where a rule is broken. */
public enum Severity {
    /** The row goes to the rejects. */
    REJECT,
    /** Rows go on; the report says it. */
    WARN,
    /** Rows go on; the run fails before its target shows anything, where that target shows everything at once. */
    FAIL;

    /** As it is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
