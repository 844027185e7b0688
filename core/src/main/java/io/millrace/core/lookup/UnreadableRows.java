package io.millrace.core.lookup;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.Locale;

/** Ends reading at the first row that no batch can hold: left out, it would look like a key that is not there. */
record UnreadableRows(String table) implements Rejects {
    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        Object value = column == null ? null : batch.column(column).value(row);
        reject("", row, column, reason, value == null ? null : value.toString());
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        throw new MillraceException(
                ErrorKind.DATA,
                String.format(
                        Locale.ROOT,
                        "row %,d of %s cannot be looked up in%s: %s%s. Correct it, or look up in a query, view or file"
                                + " without it",
                        ordinal,
                        table,
                        column == null ? "" : ", column '" + column + "'",
                        reason,
                        rawValue == null ? "" : " ('" + shortened(rawValue) + "')"));
    }

    private static String shortened(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200) + "…";
    }

    @Override
    public void filtered(int rows) {}

    @Override
    public void deduplicated(int rows) {}
}
