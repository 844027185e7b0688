package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Timestamps;

final class TimestampToText extends BuildingConversion<BytesColumn.Builder> {
    private long[] micros;

    TimestampToText() {
        super(DataType.STRING);
    }

    @Override
    void begin(Column column) {
        micros = ((LongColumn) column).values();
    }

    @Override
    String convert(int row) {
        out.append(Timestamps.toText(micros[row]));
        return null;
    }
}
