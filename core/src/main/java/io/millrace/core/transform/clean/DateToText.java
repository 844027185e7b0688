package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import java.time.LocalDate;

final class DateToText extends BuildingConversion<BytesColumn.Builder> {
    private int[] days;

    DateToText() {
        super(DataType.STRING);
    }

    @Override
    void begin(Column column) {
        days = ((IntColumn) column).values();
    }

    @Override
    String convert(int row) {
        out.append(LocalDate.ofEpochDay(days[row]).toString());
        return null;
    }
}
