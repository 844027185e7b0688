package io.millrace.api.text;

/** Reads dates and times of one written form. One thread: what was read is kept until the next call. */
public abstract class DateTimeText {
    protected long epochDay;
    protected boolean hasTime;
    protected int secondOfDay;
    protected int nanos;
    protected boolean hasOffset;
    protected int offsetSeconds;

    /** Whether the text has the form and names a date and time that exist in the calendar; then what was read can be asked for. */
    public abstract boolean read(byte[] text, int from, int to);

    /** Days since 1970-01-01. */
    public final long epochDay() {
        return epochDay;
    }

    /** Whether the text says a time of day, and not a date alone. */
    public final boolean hasTime() {
        return hasTime;
    }

    public final int secondOfDay() {
        return secondOfDay;
    }

    /** The fraction of the second. */
    public final int nanos() {
        return nanos;
    }

    /** Whether the text says its offset from UTC. */
    public final boolean hasOffset() {
        return hasOffset;
    }

    public final int offsetSeconds() {
        return offsetSeconds;
    }

    /** Sets the date where it exists. */
    protected final boolean setDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > CivilDate.lengthOfMonth(year, month)) {
            return false;
        }
        epochDay = CivilDate.epochDay(year, month, day);
        return true;
    }

    /** Sets the time of day where it exists; there is no 24:00 and no leap second. */
    protected final boolean setTime(int hour, int minute, int second) {
        if (hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        hasTime = true;
        secondOfDay = (hour * 60 + minute) * 60 + second;
        return true;
    }

    protected final void clear() {
        hasTime = false;
        secondOfDay = 0;
        nanos = 0;
        hasOffset = false;
    }

    /** The number that some digits say, or -1 where one of them is no digit. */
    protected static int digits(byte[] text, int from, int count) {
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
    protected static int fraction(byte[] text, int from, int count) {
        int number = digits(text, from, count);
        for (int i = count; i < 9 && number >= 0; i++) {
            number *= 10;
        }
        return number;
    }
}
