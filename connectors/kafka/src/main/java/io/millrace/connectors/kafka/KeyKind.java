package io.millrace.connectors.kafka;

import io.millrace.api.data.DataType;

/** What a message's key is read as. */
enum KeyKind {
    STRING(DataType.STRING),
    JSON(DataType.JSON),
    BYTES(DataType.BINARY);

    private final DataType type;

    KeyKind(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }
}
