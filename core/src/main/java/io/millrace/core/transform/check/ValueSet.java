package io.millrace.core.transform.check;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.core.transform.clean.Literal;
import java.util.List;

/** Some values of one type, asked by the rows of columns. One thread: the column at hand is kept. */
abstract class ValueSet {
    /** A user error where a value is none of the type, or the type cannot be compared. */
    static ValueSet of(List<Object> values, DataType type) {
        List<Column> columns =
                switch (type.kind()) {
                    case BINARY, JSON, LIST -> throw MillraceException.user(
                            "in is for text, numbers, booleans, dates and timestamps, not for " + type);
                    case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, STRING, DATE, TIMESTAMP -> values.stream()
                            .map(value -> Literal.of(value, type, "in"))
                            .toList();
                };
        return switch (type.kind()) {
            case STRING -> new TextSet(columns);
            case INT32, INT64, DATE, TIMESTAMP, BOOLEAN -> new WholeSet(columns);
            case FLOAT64 -> new FloatSet(columns);
            case DECIMAL -> new DecimalSet(columns);
            case BINARY, JSON, LIST -> throw new IllegalStateException("refused above");
        };
    }

    /** Takes the column whose rows are asked for next. */
    abstract void begin(Column column);

    /** Anything for a null. */
    abstract boolean contains(int row);
}
