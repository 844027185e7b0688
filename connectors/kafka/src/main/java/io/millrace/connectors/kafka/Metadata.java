package io.millrace.connectors.kafka;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;

/** What is known of a message beside its value, as a column each. */
enum Metadata {
    TOPIC("_topic", false),
    PARTITION("_partition", false),
    OFFSET("_offset", false),
    TIMESTAMP("_timestamp", true),
    KEY("_key", true),
    HEADERS("_headers", false);

    private final String column;
    private final boolean nullable;

    Metadata(String column, boolean nullable) {
        this.column = column;
        this.nullable = nullable;
    }

    String column() {
        return column;
    }

    Field field(KeyKind key) {
        return new Field(column, type(key), nullable);
    }

    private DataType type(KeyKind key) {
        return switch (this) {
            case TOPIC -> DataType.STRING;
            case PARTITION -> DataType.INT32;
            case OFFSET -> DataType.INT64;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case KEY -> key.type();
            case HEADERS -> DataType.JSON;
        };
    }
}
