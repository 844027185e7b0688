package io.millrace.formats.json;

import io.millrace.api.data.ColumnBuilder;
import java.io.IOException;

/** Appends the value at which a cursor stands, not null, to one column; leaves the cursor at the value's last token. */
abstract class Appender {
    private final String column;
    private final String expected;
    private final ColumnBuilder builder;

    /** @param expected what the value must be, to follow "not" */
    Appender(String column, String expected, ColumnBuilder builder) {
        this.column = column;
        this.expected = expected;
        this.builder = builder;
    }

    abstract void append(JsonCursor cursor) throws BadValue, IOException;

    /**
     * Appends text without escapes, of valid UTF-8, between two quotes; false where it is not so simple, or no value: then
     * {@link #append} is to decide.
     */
    boolean plainText(byte[] bytes, int from, int to) {
        return false;
    }

    /** The same of a number without an exponent: {@code unscaled}, of at most 18 digits and not -0, with {@code scale} digits behind the point. */
    boolean plainNumber(long unscaled, int scale) {
        return false;
    }

    /** The same of {@code true} or {@code false}. */
    boolean plainFlag(boolean flag) {
        return false;
    }

    final String column() {
        return column;
    }

    final String expected() {
        return expected;
    }

    final ColumnBuilder builder() {
        return builder;
    }

    final BadValue mismatch(JsonCursor cursor) throws BadValue, IOException {
        return cursor.mismatch(column, expected);
    }
}
