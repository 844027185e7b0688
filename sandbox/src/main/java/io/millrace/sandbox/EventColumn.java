package io.millrace.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns of the generated behaviour events, in table order. */
public enum EventColumn {
    /** Unique but for duplicates; never null. */
    EVENT_ID("bigint"),
    /** Who; the key of {@code users}. */
    USER_ID("bigint"),
    /** What; the key of {@code items}. */
    ITEM_ID("bigint"),
    /** view, click, like or purchase. */
    EVENT_TYPE("text"),
    /** The item's category. */
    CATEGORY("text"),
    /** 0 to 5 in steps of 0.1; on few views, on most purchases. */
    RATING("double precision"),
    /** One visit of one user. */
    SESSION_ID("text"),
    /** The kind of device. */
    DEVICE("text"),
    /** The title of the item's page. */
    PAGE("text"),
    /** When it happened, as text {@code yyyy-MM-dd HH:mm:ss} in Asia/Shanghai. */
    TS("text"),
    /** When it was stored: up to two seconds later, to the microsecond. */
    CREATED_AT("timestamp with time zone");

    private final String sqlType;
    private final String columnName = name().toLowerCase(Locale.ROOT);

    EventColumn(String sqlType) {
        this.sqlType = sqlType;
    }

    /** The column's name in the table. */
    public String columnName() {
        return columnName;
    }

    /** The column's PostgreSQL type. */
    public String sqlType() {
        return sqlType;
    }

    /** The column of that name. */
    public static EventColumn of(String name) {
        return Arrays.stream(values())
                .filter(column -> column.columnName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Events have no column " + name));
    }

    static EventColumn nullable(String name) {
        EventColumn column = of(name);
        if (column == EVENT_ID) {
            throw new IllegalArgumentException("event_id is never null: it is the key of deduplication");
        }
        return column;
    }

    /** All columns as in CREATE TABLE. */
    static String definitions() {
        return Arrays.stream(values())
                .map(column -> column.columnName + " " + column.sqlType)
                .collect(Collectors.joining(", "));
    }

    int bit() {
        return 1 << ordinal();
    }
}
