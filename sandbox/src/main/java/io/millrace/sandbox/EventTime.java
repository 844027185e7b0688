package io.millrace.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes moments as text, remembering the day's date, since neighbours mostly share it. Not thread-safe. */
final class EventTime {
    /** Asia/Shanghai has been 8 hours ahead of UTC all year round since 1991. */
    static final int SHANGHAI_OFFSET = 8 * 3600;

    private static final int DAY = 86_400;

    private long day = Long.MIN_VALUE;
    private byte[] date = {};

    /** {@code yyyy-MM-dd HH:mm:ss} of a second since 1970. */
    byte[] text(long second) {
        if (Math.floorDiv(second, DAY) != day) {
            day = Math.floorDiv(second, DAY);
            date = (LocalDate.ofEpochDay(day) + " 00:00:00").getBytes(StandardCharsets.US_ASCII);
        }
        int rest = (int) Math.floorMod(second, (long) DAY);
        two(11, rest / 3600);
        two(14, rest / 60 % 60);
        two(17, rest % 60);
        return date;
    }

    private void two(int at, int value) {
        date[at] = (byte) ('0' + value / 10);
        date[at + 1] = (byte) ('0' + value % 10);
    }
}
