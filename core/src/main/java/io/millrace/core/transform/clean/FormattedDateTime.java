package io.millrace.core.transform.clean;

import io.millrace.api.text.DateTimeText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;

/** Any other pattern, by the JDK's formatter: month names, offsets, optional parts. */
final class FormattedDateTime extends DateTimeText {
    private final DateTimeFormatter formatter;

    FormattedDateTime(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    @Override
    public boolean read(byte[] text, int from, int to) {
        clear();
        TemporalAccessor parsed;
        try {
            parsed = formatter.parse(new String(text, from, to - from, StandardCharsets.UTF_8));
        } catch (DateTimeException malformed) {
            return false;
        }
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null || date.getYear() < 0 || date.getYear() > 9_999) {
            return false;
        }
        epochDay = date.toEpochDay();
        if (time != null) {
            setTime(time.getHour(), time.getMinute(), time.getSecond());
            nanos = time.getNano();
        }
        return readZone(parsed, LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time));
    }

    private boolean readZone(TemporalAccessor parsed, LocalDateTime local) {
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        ZoneId zone = parsed.query(TemporalQueries.zoneId());
        if (offset == null && zone != null) {
            List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
            if (valid.isEmpty()) {
                return false;
            }
            offset = valid.get(0);
        }
        hasOffset = offset != null;
        offsetSeconds = offset == null ? 0 : offset.getTotalSeconds();
        return true;
    }
}
