package io.millrace.connectors.redis;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Timestamps;
import io.millrace.formats.json.JsonColumn;
import io.millrace.formats.json.JsonDecoder;
import io.millrace.formats.json.JsonFields;
import io.millrace.formats.json.JsonLimits;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** Appends what a hash field or a string holds to a column: the way back of {@link CellText}. One thread. */
@FunctionalInterface
interface CellReader {
    /** IllegalArgumentException, whose message names what was expected, where the bytes are not a value of the type. */
    void append(byte[] bytes);

    static CellReader into(ColumnBuilder column, ZoneId zone) {
        DataType type = column.type();
        return switch (type.kind()) {
            case BINARY -> ((BytesColumn.Builder) column)::append;
            case STRING -> bytes -> {
                text(bytes);
                ((BytesColumn.Builder) column).append(bytes);
            };
            case JSON, LIST -> documents(column);
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, DATE, TIMESTAMP -> bytes -> {
                Object value;
                try {
                    value = scalar(text(bytes), type, zone);
                } catch (NumberFormatException | ArithmeticException | DateTimeException other) {
                    throw new IllegalArgumentException("not a value of type " + type, other);
                }
                column.append(value);
            };
        };
    }

    private static Object scalar(String text, DataType type, ZoneId zone) {
        return switch (type.kind()) {
            case BOOLEAN -> truth(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case FLOAT64 -> floating(text);
            case DECIMAL -> new BigDecimal(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> Timestamps.toInstant(Timestamps.toMicros(
                    text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant()));
            case STRING, BINARY, JSON, LIST -> throw new IllegalStateException(type.toString());
        };
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("not true or false");
        }
        return text.equals("true");
    }

    private static Double floating(String text) {
        // What Java would take besides: blanks around it, hexadecimal digits, and a type's letter behind it.
        if (!text.matches("[+-]?(\\d.*\\d|\\d|\\d+\\.|\\.\\d.*|Infinity)|NaN") || text.matches(".*[xXpP].*")) {
            throw new NumberFormatException(text);
        }
        return Double.valueOf(text);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("not valid UTF-8", broken);
        }
    }

    /** The bytes as the only element of a list, so that nothing but one JSON document passes. */
    private static CellReader documents(ColumnBuilder column) {
        JsonFields fields = new JsonFields(List.of(JsonColumn.of("", DataType.list(column.type()))));
        BatchBuilder scratch = new BatchBuilder(fields.schema());
        JsonDecoder decoder = fields.decoder(scratch, 0, JsonLimits.DEFAULT);
        byte[] head = "{\"\":[".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "]}".getBytes(StandardCharsets.US_ASCII);
        Bytes document = new Bytes();
        return bytes -> {
            document.clear();
            document.append(head);
            document.append(bytes);
            document.append(tail);
            decoder.decode(document.toArray()).ifPresent(failure -> {
                throw new IllegalArgumentException(failure.reason());
            });
            Batch one = scratch.build(null);
            List<?> elements = (List<?>) one.column(0).value(0);
            if (elements.size() != 1) {
                throw new IllegalArgumentException("not one JSON document");
            }
            column.append(elements.get(0));
        };
    }
}
