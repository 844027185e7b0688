package io.millrace.connectors.kafka;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Appends one thing that is known of a message to its column. One thread. */
abstract class MetadataDecoder {
    private final Metadata kind;

    MetadataDecoder(Metadata kind) {
        this.kind = kind;
    }

    static MetadataDecoder of(Metadata kind, KeyKind key, ColumnBuilder column) {
        return switch (kind) {
            case TOPIC -> new Topic((BytesColumn.Builder) column);
            case PARTITION -> new Partition((IntColumn.Builder) column);
            case OFFSET -> new Offset((LongColumn.Builder) column);
            case TIMESTAMP -> new Timestamp((LongColumn.Builder) column);
            case KEY -> new Key((BytesColumn.Builder) column, key);
            case HEADERS -> new HeadersDecoder((BytesColumn.Builder) column);
        };
    }

    String name() {
        return kind.column();
    }

    /** Appends it, or returns the reason why the column cannot hold it and appends nothing. */
    abstract String append(ConsumerRecord<ByteBuffer, ByteBuffer> message);

    /** What was refused, for people. */
    String badValue(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return null;
    }

    private static final class Topic extends MetadataDecoder {
        private final BytesColumn.Builder column;
        private byte[] name;

        Topic(BytesColumn.Builder column) {
            super(Metadata.TOPIC);
            this.column = column;
        }

        @Override
        String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            if (name == null) {
                name = message.topic().getBytes(StandardCharsets.US_ASCII);
            }
            column.append(name);
            return null;
        }
    }

    private static final class Partition extends MetadataDecoder {
        private final IntColumn.Builder column;

        Partition(IntColumn.Builder column) {
            super(Metadata.PARTITION);
            this.column = column;
        }

        @Override
        String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            column.append(message.partition());
            return null;
        }
    }

    private static final class Offset extends MetadataDecoder {
        private final LongColumn.Builder column;

        Offset(LongColumn.Builder column) {
            super(Metadata.OFFSET);
            this.column = column;
        }

        @Override
        String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            column.append(message.offset());
            return null;
        }
    }

    private static final class Timestamp extends MetadataDecoder {
        private static final long LARGEST = Long.MAX_VALUE / 1_000;
        private final LongColumn.Builder column;

        Timestamp(LongColumn.Builder column) {
            super(Metadata.TIMESTAMP);
            this.column = column;
        }

        @Override
        String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            long millis = message.timestamp();
            if (millis > LARGEST) {
                return "a time behind the year 294246";
            }
            if (millis < 0) {
                // Messages of old formats have none.
                column.appendNull();
            } else {
                column.append(millis * 1_000);
            }
            return null;
        }

        @Override
        String badValue(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            return message.timestamp() + " ms";
        }
    }

    private static final class Key extends MetadataDecoder {
        private final BytesColumn.Builder column;
        private final KeyKind kind;

        Key(BytesColumn.Builder column, KeyKind kind) {
            super(Metadata.KEY);
            this.column = column;
            this.kind = kind;
        }

        @Override
        String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            ByteBuffer key = message.key();
            if (key == null) {
                column.appendNull();
                return null;
            }
            int from = key.arrayOffset() + key.position();
            String reason =
                    switch (kind) {
                        case BYTES -> null;
                        case STRING -> Utf8.isValid(key.array(), from, key.remaining()) ? null : Utf8.REASON;
                        case JSON -> JsonText.problem(key.array(), from, key.remaining());
                    };
            if (reason == null) {
                column.append(key.array(), from, key.remaining());
            }
            return reason;
        }

        @Override
        String badValue(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
            ByteBuffer key = message.key();
            int from = key.arrayOffset() + key.position();
            return Utf8.isValid(key.array(), from, key.remaining())
                    ? new String(key.array(), from, key.remaining(), StandardCharsets.UTF_8)
                    : Utf8.shown(key.array(), from, key.remaining());
        }
    }
}
