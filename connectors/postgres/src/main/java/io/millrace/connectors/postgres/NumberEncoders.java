package io.millrace.connectors.postgres;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** Booleans, integers and floating point numbers into columns of fixed width. */
final class NumberEncoders {
    private static final long EXACT_IN_FLOAT8 = 1L << 53;
    private static final long EXACT_IN_FLOAT4 = 1L << 24;

    private NumberEncoders() {}

    static CellEncoder bool() {
        return new Bool();
    }

    /** INT32 or INT64 into an integer type of this many bytes. */
    static CellEncoder integer(DataType type, int size) {
        return switch (size) {
            case 2 -> new Narrow(type, 2, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
            case 4 -> type.kind() == DataType.Kind.INT32
                    ? new Int4()
                    : new Narrow(type, 4, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
            default -> type.kind() == DataType.Kind.INT64 ? new Int8() : new Widened();
        };
    }

    static CellEncoder oid(DataType type) {
        return new Narrow(type, 4, 0, 0xffff_ffffL, "oid");
    }

    /** INT32 or INT64 into a floating point type of this many bytes, only where it holds the number exactly. */
    static CellEncoder integerAsFloat(DataType type, int size) {
        return new Floating(type, size);
    }

    static CellEncoder float8() {
        return new Float8();
    }

    static CellEncoder float4() {
        return new Float4();
    }

    /** The numbers of a column of INT32 or INT64. */
    static final class Integers {
        private int[] ints;
        private long[] longs;

        void bind(Column column) {
            ints = column instanceof IntColumn narrow ? narrow.values() : null;
            longs = column instanceof LongColumn wide ? wide.values() : null;
        }

        long get(int row) {
            return ints != null ? ints[row] : longs[row];
        }
    }

    private static final class Bool extends CellEncoder {
        private boolean[] values;

        @Override
        void bind(Column column) {
            values = ((BooleanColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            out.putInt(1);
            out.putByte(values[row] ? 1 : 0);
            return null;
        }
    }

    private static final class Int4 extends CellEncoder {
        private int[] values;

        @Override
        void bind(Column column) {
            values = ((IntColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            out.putInt(4);
            out.putInt(values[row]);
            return null;
        }
    }

    private static final class Int8 extends CellEncoder {
        private long[] values;

        @Override
        void bind(Column column) {
            values = ((LongColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            out.putInt(8);
            out.putLong(values[row]);
            return null;
        }
    }

    private static final class Widened extends CellEncoder {
        private int[] values;

        @Override
        void bind(Column column) {
            values = ((IntColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            out.putInt(8);
            out.putLong(values[row]);
            return null;
        }
    }

    private static final class Narrow extends CellEncoder {
        private final Integers values = new Integers();
        private final int size;
        private final long least;
        private final long most;
        private final String outside;

        Narrow(DataType type, int size, long least, long most, String name) {
            this.size = size;
            this.least = least;
            this.most = most;
            this.outside = type + " outside " + name + ", which holds " + least + " to " + most;
        }

        @Override
        void bind(Column column) {
            values.bind(column);
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long value = values.get(row);
            if (value < least || value > most) {
                return outside;
            }
            out.putInt(size);
            if (size == 2) {
                out.putShort((int) value);
            } else {
                out.putInt((int) value);
            }
            return null;
        }
    }

    private static final class Floating extends CellEncoder {
        private final Integers values = new Integers();
        private final int size;
        private final long limit;
        private final String inexact;

        Floating(DataType type, int size) {
            this.size = size;
            this.limit = size == 8 ? EXACT_IN_FLOAT8 : EXACT_IN_FLOAT4;
            this.inexact = type + " that " + (size == 8 ? "double precision" : "real") + " does not hold exactly";
        }

        @Override
        void bind(Column column) {
            values.bind(column);
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long value = values.get(row);
            if (value > limit || value < -limit) {
                return inexact;
            }
            out.putInt(size);
            if (size == 8) {
                out.putLong(Double.doubleToRawLongBits(value));
            } else {
                out.putInt(Float.floatToRawIntBits(value));
            }
            return null;
        }
    }

    private static final class Float8 extends CellEncoder {
        private double[] values;

        @Override
        void bind(Column column) {
            values = ((DoubleColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            out.putInt(8);
            out.putLong(Double.doubleToRawLongBits(values[row]));
            return null;
        }
    }

    /** Rounded to the nearest, as PostgreSQL's own cast does; what would become infinite or zero by it is refused. */
    private static final class Float4 extends CellEncoder {
        private double[] values;

        @Override
        void bind(Column column) {
            values = ((DoubleColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            double value = values[row];
            float rounded = (float) value;
            if (Float.isInfinite(rounded) && !Double.isInfinite(value) || rounded == 0 && value != 0) {
                return "float64 outside the range of real";
            }
            out.putInt(4);
            out.putInt(Float.floatToRawIntBits(rounded));
            return null;
        }
    }
}
