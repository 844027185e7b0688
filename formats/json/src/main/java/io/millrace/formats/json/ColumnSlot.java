package io.millrace.formats.json;

import java.io.IOException;

/** A column of the row being read, and what the row has for it so far. One thread. */
final class ColumnSlot {
    private enum State {
        ABSENT,
        NULL,
        VALUE
    }

    private final JsonColumn column;
    private final Appender appender;
    /** The same where the column keeps the text of its value, else null. */
    private final JsonTextAppender json;

    private State state;

    ColumnSlot(JsonColumn column, Appender appender) {
        this.column = column;
        this.appender = appender;
        this.json = appender instanceof JsonTextAppender text ? text : null;
    }

    JsonColumn column() {
        return column;
    }

    boolean keepsText() {
        return json != null;
    }

    int length() {
        return appender.builder().length();
    }

    /** Takes back rows. */
    void truncate(int rows) {
        appender.builder().truncate(rows);
    }

    /** Begins a row. */
    void begin() {
        state = State.ABSENT;
    }

    void append(JsonCursor cursor) throws BadValue, IOException {
        appender.append(cursor);
        state = State.VALUE;
    }

    /** Keeps the text from {@code start} to the end of the cursor's token. */
    void appendSlice(JsonCursor cursor, int start) throws IOException {
        json.appendSlice(cursor, start, cursor.end());
        state = State.VALUE;
    }

    void appendNull() {
        appender.builder().appendNull();
        state = State.NULL;
    }

    /** See {@link Appender#plainText}. */
    boolean plainText(byte[] bytes, int from, int to) {
        state = State.VALUE;
        return appender.plainText(bytes, from, to);
    }

    /** See {@link Appender#plainNumber}. */
    boolean plainNumber(long unscaled, int scale) {
        state = State.VALUE;
        return appender.plainNumber(unscaled, scale);
    }

    /** See {@link Appender#plainFlag}. */
    boolean plainFlag(boolean flag) {
        state = State.VALUE;
        return appender.plainFlag(flag);
    }

    boolean lacksRequired() {
        return column.required() && state != State.VALUE;
    }

    boolean isAbsent() {
        return state == State.ABSENT;
    }

    /** Completes the row with a null where it has nothing. */
    void fill() {
        if (state == State.ABSENT) {
            appender.builder().appendNull();
        }
    }
}
