package io.millrace.core.transform.clean;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/** Whole numbers to any type that holds them exactly. */
final class FromInteger extends BuildingConversion<ColumnBuilder> {
    static final Set<Kind> SUPPORTS =
            EnumSet.of(Kind.BOOLEAN, Kind.INT32, Kind.INT64, Kind.FLOAT64, Kind.DECIMAL, Kind.STRING);

    private int[] ints;
    private long[] longs;

    FromInteger(DataType target) {
        super(target);
    }

    @Override
    void begin(Column column) {
        ints = column instanceof IntColumn narrow ? narrow.values() : null;
        longs = column instanceof LongColumn wide ? wide.values() : null;
    }

    @Override
    String convert(int row) {
        long value = ints == null ? longs[row] : ints[row];
        if (out instanceof LongColumn.Builder builder) {
            builder.append(value);
        } else if (out instanceof IntColumn.Builder builder) {
            if (value != (int) value) {
                return "is beyond the range of int32";
            }
            builder.append((int) value);
        } else if (out instanceof DoubleColumn.Builder builder) {
            double nearest = value;
            // 2^63 as a double would come back as Long.MAX_VALUE.
            if ((long) nearest != value || nearest == 0x1p63) {
                return "is not exact in float64";
            }
            builder.append(nearest);
        } else if (out instanceof BytesColumn.Builder builder) {
            builder.append(Long.toString(value));
        } else if (out instanceof BooleanColumn.Builder builder) {
            if (value != 0 && value != 1) {
                return "is not a boolean (0 or 1)";
            }
            builder.append(value == 1);
        } else {
            return appendOr(BigDecimal.valueOf(value), "does not fit " + target);
        }
        return null;
    }
}
