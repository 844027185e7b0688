package io.millrace.core.reject;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A rejected row, a line of a reject file.
 *
 * @param ordinal the row's number in its split, or -1 behind a keyed step
 * @param step the label of the step that refused it: {@code extract}, a transform's, or {@code load}
 * @param column at fault, or null
 * @param value the column's value as it came to the step, shortened to 1,000 characters, or null
 * @param row the whole row as it came to the step, or null where no batch held it
 */
public record RejectedRow(
        String run, String split, long ordinal, String step, String column, String reason, String value, JsonNode row) {
    /** One line for people. */
    public String summary() {
        return split + " row " + ordinal + ", " + step + (column == null ? "" : ", column '" + column + "'") + ": "
                + reason + (value == null ? "" : ", value '" + value + "'");
    }
}
