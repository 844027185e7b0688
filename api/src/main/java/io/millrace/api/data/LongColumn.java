package io.millrace.api.data;

import java.time.Instant;
import java.util.Arrays;

/** A column of INT64, or of TIMESTAMP as microseconds since 1970-01-01T00:00:00Z. */
public final class LongColumn extends Column {
    private final long[] values;

    private LongColumn(DataType type, int length, NullBitmap nulls, long[] values) {
        super(type, length, nulls);
        this.values = values;
    }

    /** Takes over the array, whose first {@code length} values are the column's. */
    public static LongColumn of(DataType type, int length, NullBitmap nulls, long[] values) {
        return new LongColumn(type, length, nulls, values);
    }

    /** The values; must not be changed. */
    public long[] values() {
        return values;
    }

    public long get(int row) {
        return values[row];
    }

    @Override
    Object object(int row) {
        return type().kind() == DataType.Kind.TIMESTAMP
                ? (Object) Timestamps.toInstant(values[row])
                : (Object) values[row];
    }

    @Override
    public LongColumn select(Selection selection) {
        long[] selected = new long[selection.count()];
        for (int place = 0; place < selected.length; ) {
            int end = selection.runEnd(place);
            System.arraycopy(values, selection.row(place), selected, place, end - place);
            place = end;
        }
        return new LongColumn(type(), selected.length, nulls().select(selection), selected);
    }

    /** Builds a {@link LongColumn}. */
    public static final class Builder extends ColumnBuilder {
        private long[] values = new long[INITIAL_CAPACITY];

        Builder(DataType type) {
            super(type);
        }

        public void append(long value) {
            if (length == values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
            values[length++] = value;
        }

        @Override
        void appendPlaceholder() {
            append(0);
        }

        @Override
        boolean appendObject(Object value) {
            if (type.kind() == DataType.Kind.TIMESTAMP) {
                if (value instanceof Instant instant) {
                    append(Timestamps.toMicros(instant));
                    return true;
                }
            } else if (value instanceof Long number) {
                append(number.longValue());
                return true;
            }
            return false;
        }

        @Override
        public LongColumn build() {
            int built = length;
            long[] handedOver = values;
            values = new long[Math.max(built, INITIAL_CAPACITY)];
            return new LongColumn(type, built, buildNulls(), handedOver);
        }
    }
}
