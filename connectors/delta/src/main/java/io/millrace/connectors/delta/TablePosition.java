package io.millrace.connectors.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;

/**
 * A version of a table: the pin of a plan, the position of an increment.
 *
 * @param format of this text
 * @param table the table's own id
 */
record TablePosition(int format, String table, long version) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    static TablePosition of(SourceTable table) {
        return new TablePosition(FORMAT, table.id(), table.snapshot().getVersion());
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static TablePosition parse(String text) {
        try {
            TablePosition position = JSON.readValue(text, TablePosition.class);
            if (position.format() == FORMAT && position.table() != null) {
                return position;
            }
        } catch (JsonProcessingException unknown) {
            // Falls through.
        }
        throw new MillraceException(
                ErrorKind.STALE,
                "the stored position '" + text + "' is not one of a Delta table that this version knows; start anew, an"
                        + " incremental run with --full");
    }
}
