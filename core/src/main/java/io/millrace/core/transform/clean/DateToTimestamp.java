package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.text.ZoneOffsets;
import java.time.DateTimeException;
import java.time.ZoneId;

/** The first instant of the date in the zone. */
final class DateToTimestamp extends BuildingConversion<LongColumn.Builder> {
    private final ZoneOffsets zone;
    private int[] days;

    DateToTimestamp(ZoneId zone) {
        super(DataType.TIMESTAMP);
        this.zone = new ZoneOffsets(zone);
    }

    @Override
    void begin(Column column) {
        days = ((IntColumn) column).values();
    }

    @Override
    String convert(int row) {
        try {
            out.append(Math.multiplyExact(zone.startOfDay(days[row]), TextToTimestamp.MICROS_PER_SECOND));
            return null;
        } catch (ArithmeticException | DateTimeException tooFar) {
            return "is beyond the range of timestamp";
        }
    }
}
