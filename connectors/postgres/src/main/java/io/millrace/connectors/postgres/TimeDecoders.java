package io.millrace.connectors.postgres;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates and timestamps; PostgreSQL counts from 2000-01-01. A timestamp without zone is read as UTC. */
final class TimeDecoders {
    private static final int EPOCH_DAYS = 10_957;
    private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
    private static final String INFINITE = "infinity is no point in time";

    private TimeDecoders() {}

    static CellDecoder date(ColumnBuilder builder) {
        return new Date((IntColumn.Builder) builder);
    }

    static CellDecoder timestamp(ColumnBuilder builder) {
        return new Timestamp((LongColumn.Builder) builder);
    }

    private static final class Date extends CellDecoder {
        private final IntColumn.Builder column;

        Date(IntColumn.Builder column) {
            this.column = column;
        }

        @Override
        int fixedSize() {
            return 4;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            int days = BigEndian.intAt(bytes, at);
            if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                return INFINITE;
            }
            column.append(days + EPOCH_DAYS);
            return null;
        }

        @Override
        String text(byte[] bytes, int at, int size) {
            int days = BigEndian.intAt(bytes, at);
            return days == Integer.MAX_VALUE
                    ? "infinity"
                    : days == Integer.MIN_VALUE
                            ? "-infinity"
                            : LocalDate.ofEpochDay((long) days + EPOCH_DAYS).toString();
        }
    }

    private static final class Timestamp extends CellDecoder {
        private final LongColumn.Builder column;

        Timestamp(LongColumn.Builder column) {
            this.column = column;
        }

        @Override
        int fixedSize() {
            return 8;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            long micros = BigEndian.longAt(bytes, at);
            if (micros > Long.MAX_VALUE - EPOCH_MICROS || micros == Long.MIN_VALUE) {
                return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE
                        ? INFINITE
                        : "a timestamp behind the year 294246, which 64 bits of microseconds from 1970 cannot hold";
            }
            column.append(micros + EPOCH_MICROS);
            return null;
        }

        @Override
        String text(byte[] bytes, int at, int size) {
            long micros = BigEndian.longAt(bytes, at);
            return micros == Long.MAX_VALUE
                    ? "infinity"
                    : micros == Long.MIN_VALUE
                            ? "-infinity"
                            : LocalDateTime.ofEpochSecond(
                                            Math.floorDiv(micros, 1_000_000L) + EPOCH_DAYS * 86_400L,
                                            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                                            ZoneOffset.UTC)
                                    .toString();
        }
    }
}
