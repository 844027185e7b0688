package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.text.ZoneOffsets;
import java.time.ZoneId;

/** The date that the clocks of the zone showed. */
final class TimestampToDate extends BuildingConversion<IntColumn.Builder> {
    private final ZoneOffsets zone;
    private long[] micros;

    TimestampToDate(ZoneId zone) {
        super(DataType.DATE);
        this.zone = new ZoneOffsets(zone);
    }

    @Override
    void begin(Column column) {
        micros = ((LongColumn) column).values();
    }

    @Override
    String convert(int row) {
        out.append((int) zone.epochDay(Math.floorDiv(micros[row], TextToTimestamp.MICROS_PER_SECOND)));
        return null;
    }
}
