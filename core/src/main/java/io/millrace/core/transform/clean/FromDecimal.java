package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/** A decimal to whole numbers and other decimals where it is exact there, and to the nearest float64. */
final class FromDecimal extends BuildingConversion<ColumnBuilder> {
    static final Set<Kind> SUPPORTS = EnumSet.of(Kind.INT32, Kind.INT64, Kind.FLOAT64, Kind.DECIMAL, Kind.STRING);

    private DecimalColumn decimals;

    FromDecimal(DataType target) {
        super(target);
    }

    @Override
    void begin(Column column) {
        decimals = (DecimalColumn) column;
    }

    @Override
    String convert(int row) {
        BigDecimal value = decimals.decimal(row);
        if (out instanceof BytesColumn.Builder builder) {
            builder.append(value.toPlainString());
        } else if (out instanceof DoubleColumn.Builder builder) {
            // By text: BigDecimal.doubleValue of older JDKs does not always round to the nearest.
            builder.append(Double.parseDouble(value.toString()));
        } else if (out instanceof DecimalColumn.Builder builder) {
            return builder.append(value) ? null : "does not fit " + target + " exactly";
        } else {
            return whole(value);
        }
        return null;
    }

    private String whole(BigDecimal value) {
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            return "is not a whole number (" + target + ")";
        }
        try {
            if (out instanceof LongColumn.Builder wide) {
                wide.append(value.longValueExact());
            } else {
                ((IntColumn.Builder) out).append(value.intValueExact());
            }
            return null;
        } catch (ArithmeticException overflow) {
            return "is beyond the range of " + target;
        }
    }
}
