package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Pieces of Spark SQL. */
final class Sql {
    /** The condition that no row meets. */
    static final String NEVER = "false";

    private Sql() {}

    static String column(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static String cast(String sql, DataType type) {
        return "CAST(" + sql + " AS " + SparkTypes.name(type) + ")";
    }

    /** A value of the class that {@link DataType} names, or null. */
    static String literal(DataType type, Object value) {
        if (value == null) {
            return cast("NULL", type);
        }
        return switch (type.kind()) {
            case BOOLEAN -> value.toString();
            case INT32 -> cast(value + "L", type);
            case INT64 -> value + "L";
            case FLOAT64 -> real((Double) value);
            case DECIMAL -> cast("'" + ((BigDecimal) value).toPlainString() + "'", type);
            case STRING, JSON -> text((String) value);
            case BINARY -> "X'" + HexFormat.of().formatHex((byte[]) value) + "'";
            case DATE -> day(((LocalDate) value).toEpochDay());
            case TIMESTAMP -> moment(Timestamps.toMicros((Instant) value));
            case LIST -> throw new IllegalArgumentException("there are no literals of " + type);
        };
    }

    private static String real(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? cast("'" + value + "'", DataType.FLOAT64)
                : value + "D";
    }

    static String day(long epochDay) {
        return "date_from_unix_date(" + (epochDay == Integer.MIN_VALUE ? "CAST(" + epochDay + "L AS INT)" : epochDay)
                + ")";
    }

    static String moment(long micros) {
        return "timestamp_micros(" + micros + "L)";
    }

    /** True where one of the conditions is; none of them is ever null. */
    static String any(List<String> conditions) {
        List<String> possible = new ArrayList<>();
        for (String condition : conditions) {
            if (!condition.equals(NEVER) && !possible.contains(condition)) {
                possible.add(condition);
            }
        }
        if (possible.isEmpty()) {
            return NEVER;
        }
        return possible.size() == 1 ? possible.get(0) : "(" + String.join(" OR ", possible) + ")";
    }

    static String both(String first, String second) {
        return second.equals(NEVER) || first.equals(NEVER) ? NEVER : "(" + first + " AND " + second + ")";
    }
}
