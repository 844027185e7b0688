package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.text.ShortestFloat;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/** A float64 to whole numbers where it is one, and to decimal and text by its shortest digits. */
final class FromFloat extends BuildingConversion<ColumnBuilder> {
    static final Set<Kind> SUPPORTS = EnumSet.of(Kind.INT32, Kind.INT64, Kind.DECIMAL, Kind.STRING);

    private double[] values;

    FromFloat(DataType target) {
        super(target);
    }

    @Override
    void begin(Column column) {
        values = ((DoubleColumn) column).values();
    }

    @Override
    String convert(int row) {
        double value = values[row];
        if (out instanceof BytesColumn.Builder builder) {
            builder.append(ShortestFloat.text(value));
            return null;
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "has no counterpart in " + target;
        }
        if (out instanceof LongColumn.Builder || out instanceof IntColumn.Builder) {
            if (value != Math.rint(value)) {
                return "is not a whole number (" + target + ")";
            }
            boolean wide = out instanceof LongColumn.Builder;
            if (value < (wide ? -0x1p63 : Integer.MIN_VALUE) || value >= (wide ? 0x1p63 : 0x1p31)) {
                return "is beyond the range of " + target;
            }
            out.append(wide ? (Object) (long) value : (Object) (int) value);
            return null;
        }
        return appendOr(new BigDecimal(ShortestFloat.text(value)), "does not fit " + target + " exactly");
    }
}
