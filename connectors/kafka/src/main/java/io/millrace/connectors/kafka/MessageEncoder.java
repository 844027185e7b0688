package io.millrace.connectors.kafka;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonRowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes messages of the rows of one schema. One thread. */
final class MessageEncoder {
    private final String topic;
    /** Columns by position; -1 where there is none. */
    private final int key;

    private final int timestamp;
    private final int value;
    private final JsonRowEncoder json;

    /** Throws a user error where the schema has not what the settings name. */
    MessageEncoder(KafkaTargetSettings settings, Schema schema) {
        this.topic = settings.topic();
        this.key = settings.key().map(name -> keyColumn(schema, name)).orElse(-1);
        this.timestamp = settings.timestamp()
                .map(name -> column(schema, "timestamp", name, DataType.Kind.TIMESTAMP))
                .orElse(-1);
        this.value = switch (settings.value()) {
            case JSON -> -1;
            case STRING -> column(
                    schema, "value_column", settings.valueColumn(), DataType.Kind.STRING, DataType.Kind.JSON);
            case BYTES -> column(schema, "value_column", settings.valueColumn(), DataType.Kind.BINARY);
        };
        this.json = value < 0 ? new JsonRowEncoder(schema) : null;
    }

    private static int keyColumn(Schema schema, String name) {
        int position = schema.require(name);
        Field field = schema.field(position);
        switch (field.type().kind()) {
            case FLOAT64, LIST -> throw MillraceException.user("key: the column '" + name + "' is " + field.type()
                    + ", of which equal values may be written differently; name another column, or convert it to"
                    + " string");
            case BOOLEAN, INT32, INT64, DECIMAL, STRING, BINARY, DATE, TIMESTAMP, JSON -> {}
        }
        return position;
    }

    private static int column(Schema schema, String setting, String name, DataType.Kind... kinds) {
        int position = schema.require(name);
        DataType type = schema.field(position).type();
        if (!Arrays.asList(kinds).contains(type.kind())) {
            throw MillraceException.user(setting + ": the column '" + name + "' is " + type + ", not "
                    + String.join(
                            " or ",
                            Arrays.stream(kinds)
                                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        }
        return position;
    }

    ProducerRecord<byte[], byte[]> encode(Batch batch, int row) {
        return new ProducerRecord<>(
                topic,
                null,
                time(batch, row),
                key < 0 ? null : text(batch.column(key), row),
                value < 0 ? json.encode(batch, row) : bytes(batch.column(value), row));
    }

    /** The name of the time's column, or null. */
    String timestampColumn(Schema schema) {
        return timestamp < 0 ? null : schema.field(timestamp).name();
    }

    /** False for a time before 1970, which a message cannot have. */
    boolean hasTime(Batch batch, int row) {
        return timestamp < 0
                || batch.column(timestamp).isNull(row)
                || ((LongColumn) batch.column(timestamp)).get(row) >= 0;
    }

    private Long time(Batch batch, int row) {
        if (timestamp < 0 || batch.column(timestamp).isNull(row)) {
            return null;
        }
        return Math.floorDiv(((LongColumn) batch.column(timestamp)).get(row), 1_000L);
    }

    private static byte[] text(Column column, int row) {
        if (column instanceof BytesColumn) {
            return bytes(column, row);
        }
        Object shown = column.value(row);
        return shown == null ? null : shown.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        BytesColumn bytes = (BytesColumn) column;
        return Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
    }
}
