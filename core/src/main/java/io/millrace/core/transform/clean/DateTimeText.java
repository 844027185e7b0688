package io.millrace.core.transform.clean;

/** Reads dates and times of one written form. One thread: what was read is in the fields until the next call. */
abstract class DateTimeText {
    long epochDay;
    boolean hasTime;
    int secondOfDay;
    int nanos;
    boolean hasOffset;
    int offsetSeconds;

    /** Whether the text has the form and names a date and time that exist in the calendar; then the fields are set. */
    abstract boolean read(byte[] text, int from, int to);

    /** Sets the date where it exists. */
    final boolean setDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > CivilDate.lengthOfMonth(year, month)) {
            return false;
        }
        epochDay = CivilDate.epochDay(year, month, day);
        return true;
    }

    /** Sets the time of day where it exists; there is no 24:00 and no leap second. */
    final boolean setTime(int hour, int minute, int second) {
        if (hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        hasTime = true;
        secondOfDay = (hour * 60 + minute) * 60 + second;
        return true;
    }

    final void clear() {
        hasTime = false;
        secondOfDay = 0;
        nanos = 0;
        hasOffset = false;
    }

    /** The number that some digits say, or -1 where one of them is no digit. */
    static int digits(byte[] text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** A fraction of one to nine digits as nanoseconds, or -1. */
    static int fraction(byte[] text, int from, int count) {
        int number = digits(text, from, count);
        for (int i = count; i < 9 && number >= 0; i++) {
            number *= 10;
        }
        return number;
    }
}
