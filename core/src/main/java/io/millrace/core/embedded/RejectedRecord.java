package io.millrace.core.embedded;

import java.util.Map;

/**
 * A record that could not go on.
 *
 * @param step that refused it: {@code extract}, a transformer's name, or {@code load}
 * @param column at fault, or null where the whole record is
 * @param value the column's value as text, or null
 * @param record as it came to the step; empty where a source has a row that no record can hold
 */
public record RejectedRecord(String step, String column, String reason, String value, Map<String, Object> record) {
    /** One line for people. */
    public String summary() {
        return step + (column == null ? "" : ", column '" + column + "'") + ": " + reason
                + (value == null ? "" : ", value '" + value + "'");
    }
}
