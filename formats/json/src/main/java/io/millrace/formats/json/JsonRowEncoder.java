package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;

/**
 * Writes rows as JSON objects on one line, such that {@link JsonDecoder} with the same schema reads the same values: numbers
 * exactly, NaN and infinities as text, dates and timestamps (UTC) as ISO-8601 text, BINARY as Base64, JSON columns as they
 * are, except that line breaks between their tokens become spaces. Nulls are written. One thread.
 */
public final class JsonRowEncoder {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final SerializedString[] names;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final JsonGenerator json;

    public JsonRowEncoder(Schema schema) {
        this.names = schema.names().stream().map(SerializedString::new).toArray(SerializedString[]::new);
        try {
            this.json = FACTORY.createGenerator(line);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        json.setRootValueSeparator(new SerializedString(""));
    }

    /** A row's object, without a line break. The batch has the encoder's schema. */
    public byte[] encode(Batch batch, int row) {
        write(batch, row);
        return line.toByteArray();
    }

    /** Writes a row's object and a line break. */
    public void writeLine(Batch batch, int row, OutputStream out) throws IOException {
        write(batch, row);
        line.write('\n');
        line.writeTo(out);
    }

    private void write(Batch batch, int row) {
        line.reset();
        try {
            json.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                json.writeFieldName(names[i]);
                value(batch.column(i), row);
            }
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private void value(Column column, int row) throws IOException {
        if (column.isNull(row)) {
            json.writeNull();
            return;
        }
        switch (column.type().kind()) {
            case BOOLEAN -> json.writeBoolean(((BooleanColumn) column).get(row));
            case INT32 -> json.writeNumber(((IntColumn) column).get(row));
            case INT64 -> json.writeNumber(((LongColumn) column).get(row));
            case FLOAT64 -> json.writeNumber(((DoubleColumn) column).get(row));
            case DECIMAL -> json.writeNumber(((DecimalColumn) column).decimal(row));
            case STRING -> {
                BytesColumn text = (BytesColumn) column;
                json.writeUTF8String(text.data(), text.offsets()[row], text.size(row));
            }
            case BINARY -> {
                BytesColumn binary = (BytesColumn) column;
                json.writeBinary(binary.data(), binary.offsets()[row], binary.size(row));
            }
            case DATE -> json.writeString(
                    LocalDate.ofEpochDay(((IntColumn) column).get(row)).toString());
            case TIMESTAMP -> json.writeString(
                    Timestamps.toInstant(((LongColumn) column).get(row)).toString());
            case JSON -> json.writeRawValue(
                    ((BytesColumn) column).text(row).replace('\n', ' ').replace('\r', ' '));
            case LIST -> {
                ListColumn list = (ListColumn) column;
                json.writeStartArray();
                for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
                    value(list.elements(), i);
                }
                json.writeEndArray();
            }
        }
    }
}
