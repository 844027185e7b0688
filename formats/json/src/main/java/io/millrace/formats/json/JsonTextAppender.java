package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.BytesColumn;
import java.io.IOException;

/** Keeps a value's own text, as the document has it. */
final class JsonTextAppender extends Appender {
    private final BytesColumn.Builder builder;

    JsonTextAppender(String column, BytesColumn.Builder builder) {
        super(column, "JSON", builder);
        this.builder = builder;
    }

    @Override
    void append(JsonCursor cursor) throws BadValue, IOException {
        JsonToken token = cursor.token();
        if (token.isScalarValue() && token != JsonToken.VALUE_STRING) {
            cursor.readText(column());
            builder.append(cursor.text(), 0, cursor.textSize());
            return;
        }
        int start = cursor.start();
        cursor.skipText(column());
        appendSlice(cursor, start, cursor.end());
    }

    /** Appends what stands between two places of the cursor's bytes. */
    void appendSlice(JsonCursor cursor, int start, int end) {
        builder.append(cursor.bytes(), start, end - start);
    }
}
