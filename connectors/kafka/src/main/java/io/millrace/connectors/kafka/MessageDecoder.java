package io.millrace.connectors.kafka;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Appends messages to the columns of a batch, the value's bytes as they lie in what was fetched. One thread. */
final class MessageDecoder {
    private static final String TOMBSTONE = "a message without a value";

    private final BatchBuilder builder;
    private final ValueDecoder value;
    private final MetadataDecoder[] metadata;
    private final Tombstones tombstones;
    private String badColumn;
    private String badReason;
    private String badValue;

    MessageDecoder(MessageColumns columns, Tombstones tombstones) {
        this.builder = new BatchBuilder(columns.schema());
        this.value = ValueDecoder.of(columns, builder);
        this.metadata = new MetadataDecoder[columns.metadata().size()];
        for (int i = 0; i < metadata.length; i++) {
            metadata[i] = MetadataDecoder.of(
                    columns.metadata().get(i), columns.key(), builder.column(columns.valueColumns() + i));
        }
        this.tombstones = tombstones;
    }

    /** True for a message that is left out on purpose. */
    boolean skips(ConsumerRecord<?, ?> message) {
        return message.value() == null && tombstones == Tombstones.SKIP;
    }

    /** Appends the message as a row; false where no row can hold it, and {@link #badReason} says why. */
    boolean append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        int before = builder.rowCount();
        ByteBuffer bytes = message.value();
        if (bytes == null) {
            if (tombstones == Tombstones.REJECT) {
                return refuse(null, TOMBSTONE, null);
            }
            value.appendNull();
        } else {
            String reason = value.append(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            if (reason != null) {
                return refuse(value.badColumn(), reason, value.badValue());
            }
        }
        for (MetadataDecoder column : metadata) {
            String reason = column.append(message);
            if (reason != null) {
                builder.truncate(before);
                return refuse(column.name(), reason, column.badValue(message));
            }
        }
        return true;
    }

    private boolean refuse(String column, String reason, String raw) {
        badColumn = column;
        badReason = reason;
        badValue = raw;
        return false;
    }

    String badColumn() {
        return badColumn;
    }

    String badReason() {
        return badReason;
    }

    String badValue() {
        return badValue;
    }

    Batch build(Origin origin) {
        return builder.build(origin);
    }
}
