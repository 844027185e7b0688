package io.millrace.connectors.postgres;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** The types of fixed width that a column can always hold. */
final class NumberDecoders {
    private NumberDecoders() {}

    static CellDecoder bool(ColumnBuilder builder) {
        return new Bool((BooleanColumn.Builder) builder);
    }

    static CellDecoder int2(ColumnBuilder builder) {
        return new Int2((IntColumn.Builder) builder);
    }

    static CellDecoder int4(ColumnBuilder builder) {
        return new Int4((IntColumn.Builder) builder);
    }

    static CellDecoder int8(ColumnBuilder builder) {
        return new Int8((LongColumn.Builder) builder);
    }

    static CellDecoder oid(ColumnBuilder builder) {
        return new Oid((LongColumn.Builder) builder);
    }

    static CellDecoder float4(ColumnBuilder builder) {
        return new Float4((DoubleColumn.Builder) builder);
    }

    static CellDecoder float8(ColumnBuilder builder) {
        return new Float8((DoubleColumn.Builder) builder);
    }

    private abstract static class Fixed extends CellDecoder {
        private final int size;

        Fixed(int size) {
            this.size = size;
        }

        @Override
        final int fixedSize() {
            return size;
        }
    }

    private static final class Bool extends Fixed {
        private final BooleanColumn.Builder column;

        Bool(BooleanColumn.Builder column) {
            super(1);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(bytes[at] != 0);
            return null;
        }
    }

    private static final class Int2 extends Fixed {
        private final IntColumn.Builder column;

        Int2(IntColumn.Builder column) {
            super(2);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(BigEndian.shortAt(bytes, at));
            return null;
        }
    }

    private static final class Int4 extends Fixed {
        private final IntColumn.Builder column;

        Int4(IntColumn.Builder column) {
            super(4);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(BigEndian.intAt(bytes, at));
            return null;
        }
    }

    private static final class Int8 extends Fixed {
        private final LongColumn.Builder column;

        Int8(LongColumn.Builder column) {
            super(8);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(BigEndian.longAt(bytes, at));
            return null;
        }
    }

    private static final class Oid extends Fixed {
        private final LongColumn.Builder column;

        Oid(LongColumn.Builder column) {
            super(4);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(BigEndian.intAt(bytes, at) & 0xffff_ffffL);
            return null;
        }
    }

    /** Widened exactly, as PostgreSQL's own cast to float8 does: 0.1::float4 becomes 0.10000000149011612. */
    private static final class Float4 extends Fixed {
        private final DoubleColumn.Builder column;

        Float4(DoubleColumn.Builder column) {
            super(4);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(Float.intBitsToFloat(BigEndian.intAt(bytes, at)));
            return null;
        }
    }

    private static final class Float8 extends Fixed {
        private final DoubleColumn.Builder column;

        Float8(DoubleColumn.Builder column) {
            super(8);
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(Double.longBitsToDouble(BigEndian.longAt(bytes, at)));
            return null;
        }
    }
}
