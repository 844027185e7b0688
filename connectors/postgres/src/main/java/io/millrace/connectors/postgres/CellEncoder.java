package io.millrace.connectors.postgres;

import io.millrace.api.data.Column;

/** Puts the values of a column into a buffer in PostgreSQL's binary form. One thread. */
abstract class CellEncoder {
    /** Takes the column of the next batch. */
    abstract void bind(Column column);

    /**
     * Puts the length and the value of a row that is not null; or returns the reason why the table's column cannot hold it,
     * and may have put any bytes.
     */
    abstract String encode(int row, CopyBuffer out);
}
