package io.millrace.core.measure;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.core.exact.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Turns exact sums into values of the result's type, dividing them for an average. Each returns why not, or null.
 *
 * <p>A FLOAT64 average is the rounded sum by the number of values: what {@code sum(x) / count(x)} yields, here as on any
 * engine that has exact sums. (The exact quotient, rounded once, differs in the last bit now and then; no SQL yields it.)
 */
final class SumResults {
    private final NumberUnits units;

    SumResults(NumberUnits units) {
        this.units = units;
    }

    String appendDouble(ColumnBuilder into, FixedSum sum, int group, Wide wide, long divisor) {
        double value;
        if (wide != null && !wide.finite()) {
            value = wide.special();
        } else if (wide == null) {
            value = Rounding.toDouble(sum.high(group), sum.low(group), units.binary());
        } else {
            value = Rounding.toDouble(total(sum, group, wide), BigInteger.ONE, units.wideBinary());
        }
        ((DoubleColumn.Builder) into).append(value / divisor);
        return null;
    }

    String appendLong(ColumnBuilder into, FixedSum sum, int group, Wide wide) {
        if (wide != null && total(sum, group, wide).bitLength() >= Long.SIZE
                || wide == null && sum.high(group) != sum.low(group) >> 63) {
            return "the sum does not fit int64";
        }
        ((LongColumn.Builder) into)
                .append(wide == null ? sum.low(group) : total(sum, group, wide).longValue());
        return null;
    }

    String appendDecimal(ColumnBuilder into, DecimalType type, FixedSum sum, int group, Wide wide, long divisor) {
        DecimalColumn.Builder builder = (DecimalColumn.Builder) into;
        BigDecimal value = new BigDecimal(total(sum, group, wide), units.decimal());
        if (divisor > 1 || type.scale() != units.decimal()) {
            value = value.divide(BigDecimal.valueOf(divisor), type.scale(), RoundingMode.HALF_UP);
        }
        return builder.append(value) ? null : "the sum does not fit " + type;
    }

    private BigInteger total(FixedSum sum, int group, Wide wide) {
        return wide == null ? sum.big(group) : units.total(sum.big(group), wide.sum);
    }
}
