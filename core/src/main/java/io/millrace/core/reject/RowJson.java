package io.millrace.core.reject;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Rows as JSON objects: numbers as numbers (DECIMAL too, with all digits), NaN and infinities as text, binary as Base64,
 * dates and timestamps as ISO-8601 text.
 */
public final class RowJson {
    private RowJson() {}

    /** Writes one row as an object, null values included. */
    public static void write(JsonGenerator json, Batch batch, int row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.schema().field(i);
            Column column = batch.column(i);
            json.writeFieldName(field.name());
            write(json, field.type(), column.value(row));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, DataType type, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT32 -> json.writeNumber((Integer) value);
            case INT64 -> json.writeNumber((Long) value);
            case FLOAT64 -> {
                double number = (Double) value;
                if (Double.isFinite(number)) {
                    json.writeNumber(number);
                } else {
                    json.writeString(value.toString());
                }
            }
            case DECIMAL -> json.writeNumber((BigDecimal) value);
            case BINARY -> json.writeBinary((byte[]) value);
            case STRING, JSON, DATE, TIMESTAMP -> json.writeString(value.toString());
            case LIST -> {
                json.writeStartArray();
                for (Object element : (List<?>) value) {
                    write(json, ((DataType.ListType) type).element(), element);
                }
                json.writeEndArray();
            }
        }
    }
}
