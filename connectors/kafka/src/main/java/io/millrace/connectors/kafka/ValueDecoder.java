package io.millrace.connectors.kafka;

import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.formats.json.JsonDecoder;
import io.millrace.formats.json.JsonFailure;
import io.millrace.formats.json.JsonLimits;
import java.util.Optional;

/** Appends a message's value to the columns of the value. One thread. */
abstract class ValueDecoder {
    static ValueDecoder of(MessageColumns columns, BatchBuilder builder) {
        return switch (columns.kind()) {
            case JSON -> new Json(columns, builder);
            case STRING -> new Text((BytesColumn.Builder) builder.column(0));
            case BYTES -> new Bytes((BytesColumn.Builder) builder.column(0));
        };
    }

    /** Appends a value, or returns the reason why it is none and appends nothing. */
    abstract String append(byte[] bytes, int from, int size);

    /** Appends the row of a message without a value. */
    abstract void appendNull();

    /** The column at fault, or null where the whole value is. */
    abstract String badColumn();

    /** The refused value for people. */
    abstract String badValue();

    private static final class Json extends ValueDecoder {
        private final BatchBuilder builder;
        private final int columns;
        private final JsonDecoder decoder;
        private JsonFailure failure;

        Json(MessageColumns message, BatchBuilder builder) {
            this.builder = builder;
            this.columns = message.valueColumns();
            this.decoder = message.fields().orElseThrow().decoder(builder, 0, JsonLimits.DEFAULT);
        }

        @Override
        String append(byte[] bytes, int from, int size) {
            Optional<JsonFailure> refused = decoder.decode(bytes, from, size);
            if (refused.isEmpty()) {
                return null;
            }
            failure = refused.get();
            return failure.reason();
        }

        @Override
        void appendNull() {
            for (int i = 0; i < columns; i++) {
                builder.column(i).appendNull();
            }
        }

        @Override
        String badColumn() {
            return failure.column().orElse(null);
        }

        @Override
        String badValue() {
            return failure.rawValue();
        }
    }

    private static final class Text extends ValueDecoder {
        private final BytesColumn.Builder column;
        private String bad;

        Text(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        String append(byte[] bytes, int from, int size) {
            if (!Utf8.isValid(bytes, from, size)) {
                bad = Utf8.shown(bytes, from, size);
                return Utf8.REASON;
            }
            column.append(bytes, from, size);
            return null;
        }

        @Override
        void appendNull() {
            column.appendNull();
        }

        @Override
        String badColumn() {
            return MessageColumns.VALUE;
        }

        @Override
        String badValue() {
            return bad;
        }
    }

    private static final class Bytes extends ValueDecoder {
        private final BytesColumn.Builder column;

        Bytes(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        String append(byte[] bytes, int from, int size) {
            column.append(bytes, from, size);
            return null;
        }

        @Override
        void appendNull() {
            column.appendNull();
        }

        @Override
        String badColumn() {
            throw new IllegalStateException("any bytes are a value");
        }

        @Override
        String badValue() {
            throw new IllegalStateException("any bytes are a value");
        }
    }
}
