package io.millrace.core.reject;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
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
        write(json, batch, row, names(batch.schema()));
    }

    /** The names of the columns, made ready once for many rows. */
    static SerializableString[] names(Schema schema) {
        return schema.fields().stream()
                .map(field -> new SerializedString(field.name()))
                .toArray(SerializableString[]::new);
    }

    static void write(JsonGenerator json, Batch batch, int row, SerializableString[] names) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            json.writeFieldName(names[i]);
            write(json, batch.column(i), row);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Column column, int row) throws IOException {
        if (column.isNull(row)) {
            json.writeNull();
        } else if (column instanceof BytesColumn text && column.type().kind() != DataType.Kind.BINARY) {
            json.writeUTF8String(text.data(), text.offsets()[row], text.size(row));
        } else if (column instanceof LongColumn numbers && column.type().kind() == DataType.Kind.INT64) {
            json.writeNumber(numbers.get(row));
        } else if (column instanceof LongColumn instants && column.type().kind() == DataType.Kind.TIMESTAMP) {
            json.writeString(Timestamps.toText(instants.get(row)));
        } else {
            write(json, column.type(), column.value(row));
        }
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
