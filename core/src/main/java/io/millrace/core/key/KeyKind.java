package io.millrace.core.key;

import io.millrace.api.data.Schema;
import java.util.List;

/** How a key is kept in memory and in claim files. */
public enum KeyKind {
    /** One whole number, date or timestamp: itself. */
    LONG(1),
    /** Anything else: the 128-bit fingerprint of its canonical bytes. */
    FINGERPRINT(2);

    private final int longs;

    KeyKind(int longs) {
        this.longs = longs;
    }

    /** How many longs a key takes. */
    public int longs() {
        return longs;
    }

    /** The kind for these columns; a user error where one is missing. */
    public static KeyKind of(Schema schema, List<String> key) {
        List<KeyKind> kinds = key.stream()
                .map(name -> switch (schema.field(schema.require(name)).type().kind()) {
                    case INT32, INT64, DATE, TIMESTAMP -> LONG;
                    case BOOLEAN, FLOAT64, DECIMAL, STRING, BINARY, JSON, LIST -> FINGERPRINT;
                })
                .toList();
        return kinds.size() == 1 ? kinds.get(0) : FINGERPRINT;
    }
}
