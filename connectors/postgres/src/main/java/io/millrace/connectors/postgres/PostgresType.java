package io.millrace.connectors.postgres;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;

/** How values of a database type become values of ours. */
record PostgresType(DataType dataType, DecoderFactory decoder) {
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
