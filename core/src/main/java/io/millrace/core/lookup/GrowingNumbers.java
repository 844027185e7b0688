package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;

/** Growing columns of values of a fixed width. */
final class GrowingNumbers {
    private GrowingNumbers() {}

    static final class Longs extends GrowingColumn {
        private long[] values = new long[0];

        Longs(DataType type) {
            super(type);
        }

        @Override
        void reserve(int rows, long bytes) {
            values = rows <= values.length ? values : Arrays.copyOf(values, rows);
        }

        @Override
        void appendValues(Column source, int from, int to, int first) {
            makeRoom();
            System.arraycopy(((LongColumn) source).values(), from, values, first, to - from);
        }

        @Override
        void appendPlaceholder(int place) {
            makeRoom();
        }

        private void makeRoom() {
            if (length() > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length()));
            }
        }

        @Override
        LongColumn column() {
            return LongColumn.of(type(), length(), nullBitmap(), values);
        }
    }

    static final class Ints extends GrowingColumn {
        private int[] values = new int[0];

        Ints(DataType type) {
            super(type);
        }

        @Override
        void reserve(int rows, long bytes) {
            values = rows <= values.length ? values : Arrays.copyOf(values, rows);
        }

        @Override
        void appendValues(Column source, int from, int to, int first) {
            makeRoom();
            System.arraycopy(((IntColumn) source).values(), from, values, first, to - from);
        }

        @Override
        void appendPlaceholder(int place) {
            makeRoom();
        }

        private void makeRoom() {
            if (length() > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length()));
            }
        }

        @Override
        IntColumn column() {
            return IntColumn.of(type(), length(), nullBitmap(), values);
        }
    }

    static final class Doubles extends GrowingColumn {
        private double[] values = new double[0];

        Doubles() {
            super(DataType.FLOAT64);
        }

        @Override
        void reserve(int rows, long bytes) {
            values = rows <= values.length ? values : Arrays.copyOf(values, rows);
        }

        @Override
        void appendValues(Column source, int from, int to, int first) {
            makeRoom();
            System.arraycopy(((DoubleColumn) source).values(), from, values, first, to - from);
        }

        @Override
        void appendPlaceholder(int place) {
            makeRoom();
        }

        private void makeRoom() {
            if (length() > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length()));
            }
        }

        @Override
        DoubleColumn column() {
            return DoubleColumn.of(length(), nullBitmap(), values);
        }
    }

    static final class Booleans extends GrowingColumn {
        private boolean[] values = new boolean[0];

        Booleans() {
            super(DataType.BOOLEAN);
        }

        @Override
        void reserve(int rows, long bytes) {
            values = rows <= values.length ? values : Arrays.copyOf(values, rows);
        }

        @Override
        void appendValues(Column source, int from, int to, int first) {
            makeRoom();
            System.arraycopy(((BooleanColumn) source).values(), from, values, first, to - from);
        }

        @Override
        void appendPlaceholder(int place) {
            makeRoom();
        }

        private void makeRoom() {
            if (length() > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length()));
            }
        }

        @Override
        BooleanColumn column() {
            return BooleanColumn.of(length(), nullBitmap(), values);
        }
    }

    static final class Decimals extends GrowingColumn {
        private final DecimalType decimalType;
        private long[] low = new long[0];
        private long[] high;

        Decimals(DecimalType type) {
            super(type);
            this.decimalType = type;
            this.high = type.fitsLong() ? null : new long[0];
        }

        @Override
        void reserve(int rows, long bytes) {
            if (rows > low.length) {
                resize(rows);
            }
        }

        @Override
        void appendValues(Column source, int from, int to, int first) {
            makeRoom();
            DecimalColumn decimals = (DecimalColumn) source;
            System.arraycopy(decimals.low(), from, low, first, to - from);
            if (high != null) {
                System.arraycopy(decimals.high(), from, high, first, to - from);
            }
        }

        @Override
        void appendPlaceholder(int place) {
            makeRoom();
        }

        private void makeRoom() {
            if (length() > low.length) {
                resize(grown(low.length, length()));
            }
        }

        private void resize(int capacity) {
            low = Arrays.copyOf(low, capacity);
            high = high == null ? null : Arrays.copyOf(high, capacity);
        }

        @Override
        DecimalColumn column() {
            return DecimalColumn.of(decimalType, length(), nullBitmap(), low, high);
        }
    }
}
