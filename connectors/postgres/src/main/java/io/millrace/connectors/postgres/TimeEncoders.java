package io.millrace.connectors.postgres;

import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** Dates and timestamps; PostgreSQL counts from 2000-01-01 and from 4713 BC on. A timestamp without zone gets UTC. */
final class TimeEncoders {
    private static final int EPOCH_DAYS = 10_957;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long EPOCH_MICROS = EPOCH_DAYS * MICROS_PER_DAY;
    /** From here, inclusive, to there, exclusive, counted from 2000-01-01. */
    private static final long FIRST_DAY = -2_451_545;

    private static final long END_OF_DATES = 2_145_031_949L;
    private static final long FIRST_MICROS = -211_813_488_000_000_000L;
    private static final long END_OF_TIMESTAMPS = 9_223_371_331_200_000_000L;

    private static final String OUTSIDE_DATE =
            "a day outside the years 4713 BC to 5874897, which are all that date holds";
    private static final String OUTSIDE_TIMESTAMP =
            "a time outside the years 4713 BC to 294276, which are all that timestamp holds";

    private TimeEncoders() {}

    static CellEncoder date() {
        return new Date();
    }

    static CellEncoder dateAsTimestamp() {
        return new Midnight();
    }

    static CellEncoder timestamp() {
        return new Timestamp();
    }

    private static final class Date extends CellEncoder {
        private int[] days;

        @Override
        void bind(Column column) {
            days = ((IntColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long day = (long) days[row] - EPOCH_DAYS;
            if (day < FIRST_DAY || day >= END_OF_DATES) {
                return OUTSIDE_DATE;
            }
            out.putInt(4);
            out.putInt((int) day);
            return null;
        }
    }

    private static final class Midnight extends CellEncoder {
        private int[] days;

        @Override
        void bind(Column column) {
            days = ((IntColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            return putTimestamp(((long) days[row] - EPOCH_DAYS) * MICROS_PER_DAY, out);
        }
    }

    private static final class Timestamp extends CellEncoder {
        private long[] micros;

        @Override
        void bind(Column column) {
            micros = ((LongColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long value = micros[row];
            // Near the least long the difference would overflow into the far future.
            return value < Long.MIN_VALUE + EPOCH_MICROS ? OUTSIDE_TIMESTAMP : putTimestamp(value - EPOCH_MICROS, out);
        }
    }

    private static String putTimestamp(long micros, CopyBuffer out) {
        if (micros < FIRST_MICROS || micros >= END_OF_TIMESTAMPS) {
            return OUTSIDE_TIMESTAMP;
        }
        out.putInt(8);
        out.putLong(micros);
        return null;
    }
}
