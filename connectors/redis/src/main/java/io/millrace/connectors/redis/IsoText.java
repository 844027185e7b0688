package io.millrace.connectors.redis;

import io.millrace.api.data.Timestamps;
import java.time.LocalDate;

/** Dates and timestamps as ISO-8601 text, the same as java.time writes, without objects for years of four digits. */
final class IsoText {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /** 0000-03-01, from which eras of 400 years are counted. */
    private static final long DAYS_BEFORE_1970 = 719_468;

    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private IsoText() {}

    /** {@code 2024-01-31} from days since 1970-01-01. */
    static void appendDate(long day, Bytes out) {
        if (day < FIRST_DAY || day > LAST_DAY) {
            out.appendAscii(LocalDate.ofEpochDay(day).toString());
            return;
        }
        long shifted = day + DAYS_BEFORE_1970;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        // Years that begin in March keep the leap day at their end.
        long shiftedMonth = (5 * dayOfYear + 2) / 153;
        long month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        out.appendDigits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
        out.appendByte('-');
        out.appendDigits(month, 2);
        out.appendByte('-');
        out.appendDigits(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2);
    }

    /** {@code 2024-01-31T08:30:00Z} from microseconds since 1970; a fraction, where there is one, has 3 or 6 digits. */
    static void appendTimestamp(long micros, Bytes out) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        if (day < FIRST_DAY || day > LAST_DAY) {
            out.appendAscii(Timestamps.toInstant(micros).toString());
            return;
        }
        appendDate(day, out);
        long ofDay = micros - day * MICROS_PER_DAY;
        long seconds = ofDay / 1_000_000;
        out.appendByte('T');
        out.appendDigits(seconds / 3_600, 2);
        out.appendByte(':');
        out.appendDigits(seconds / 60 % 60, 2);
        out.appendByte(':');
        out.appendDigits(seconds % 60, 2);
        long fraction = ofDay % 1_000_000;
        if (fraction != 0) {
            out.appendByte('.');
            boolean millis = fraction % 1_000 == 0;
            out.appendDigits(millis ? fraction / 1_000 : fraction, millis ? 3 : 6);
        }
        out.appendByte('Z');
    }
}
