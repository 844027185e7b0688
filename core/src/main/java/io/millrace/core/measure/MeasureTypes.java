package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.Field;

/** The types of results. */
final class MeasureTypes {
    private static final int MAX = DecimalType.MAX_PRECISION;

    private MeasureTypes() {}

    /** The column that a measure yields; a user error where it cannot be computed over an argument of this type. */
    static Field result(String name, Measure.Basic measure, DataType argument) {
        if (measure instanceof Measure.CountRows
                || measure instanceof Measure.Count
                || measure instanceof Measure.CountDistinct
                || measure instanceof Measure.ApproxCountDistinct) {
            return new Field(name, DataType.INT64, false);
        } else if (measure instanceof Measure.Sum) {
            return Field.of(name, sum("sum", argument));
        } else if (measure instanceof Measure.Average) {
            return Field.of(name, average(argument));
        } else if (measure instanceof Measure.Variance || measure instanceof Measure.Deviation) {
            requireNumber(measure instanceof Measure.Variance ? "variance" : "stddev", argument);
            return Field.of(name, DataType.FLOAT64);
        } else if (measure instanceof Measure.ApproxQuantile) {
            requireNumber("approx_quantile", argument);
            return Field.of(name, DataType.FLOAT64);
        }
        if (measure instanceof Measure.Entropy) {
            return Field.of(name, DataType.FLOAT64);
        } else if (measure instanceof Measure.Histogram) {
            requireWhole(argument);
            return new Field(name, DataType.list(DataType.INT64), false);
        } else if (measure instanceof Measure.Sessions sessions) {
            requireTime(sessions, argument);
            return new Field(name, sessions.seconds() ? DataType.FLOAT64 : DataType.INT64, false);
        }
        // An empty list, not null, where there are no values.
        return measure.yieldsList() ? new Field(name, DataType.list(argument), false) : Field.of(name, argument);
    }

    private static DataType sum(String function, DataType argument) {
        requireNumber(function, argument);
        return switch (argument.kind()) {
            case INT32, INT64 -> DataType.INT64;
            case DECIMAL -> {
                DecimalType type = (DecimalType) argument;
                yield DataType.decimal(Math.min(MAX, type.precision() + 10), type.scale());
            }
            case BOOLEAN, FLOAT64, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> DataType.FLOAT64;
        };
    }

    /** Of decimals with four more digits, where they fit: an average has no more digits before the point than its values. */
    private static DataType average(DataType argument) {
        requireNumber("avg", argument);
        if (!(argument instanceof DecimalType type)) {
            return DataType.FLOAT64;
        }
        int more = Math.min(4, MAX - type.precision());
        return DataType.decimal(type.precision() + more, type.scale() + more);
    }

    private static void requireWhole(DataType argument) {
        if (!argument.equals(DataType.INT32) && !argument.equals(DataType.INT64)) {
            throw MillraceException.user("histogram needs a whole number, and its argument is of type " + argument
                    + "; make one of it, for instance with floor, CAST or EXTRACT");
        }
    }

    private static void requireTime(Measure.Sessions sessions, DataType argument) {
        if (!argument.equals(DataType.TIMESTAMP)) {
            throw MillraceException.user((sessions.seconds() ? "session_seconds" : "session_count")
                    + " needs a timestamp, and its argument is of type " + argument);
        }
    }

    private static void requireNumber(String function, DataType argument) {
        switch (argument.kind()) {
            case INT32, INT64, FLOAT64, DECIMAL -> {
                // A number.
            }
            case BOOLEAN, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> throw MillraceException.user(
                    function + " needs a number, and its argument is of type " + argument
                            + "; convert it, for instance with clean's types or CAST");
        }
    }
}
