package io.millrace.api.text;

/** Days of the proleptic Gregorian calendar, for years from 0 on. */
public final class CivilDate {
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    private static final int DAYS_FROM_YEAR_0_TO_1970 = 719_528;

    private CivilDate() {}

    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int lengthOfMonth(int year, int month) {
        return DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1] + (month == 2 && isLeap(year) ? 1 : 0);
    }

    /** Days since 1970-01-01. */
    public static long epochDay(int year, int month, int day) {
        // Leap days before the year begins; year 0 is a leap year.
        int leapDays = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        int leapDay = month > 2 && isLeap(year) ? 1 : 0;
        return 365L * year + leapDays + DAYS_BEFORE_MONTH[month - 1] + leapDay + day - 1 - DAYS_FROM_YEAR_0_TO_1970;
    }
}
