package io.millrace.connectors.postgres;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;

/**
 * How values of a database type become values of ours.
 *
 * @param rawBytes whether the text has to be asked for as bytes, since the server would fail over what is not UTF-8
 */
record PostgresType(DataType dataType, DecoderFactory decoder, boolean rawBytes) {
    PostgresType(DataType dataType, DecoderFactory decoder) {
        this(dataType, decoder, false);
    }

    /** Makes a decoder that appends to a builder of {@link #dataType}. */
    @FunctionalInterface
    interface DecoderFactory {
        CellDecoder of(ColumnBuilder builder);
    }

    /** A one-dimensional array of this type. */
    PostgresType array() {
        return new PostgresType(DataType.list(dataType), builder -> new ArrayDecoder(builder, this));
    }
}
