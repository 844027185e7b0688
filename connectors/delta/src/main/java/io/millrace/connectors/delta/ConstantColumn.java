package io.millrace.connectors.delta;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.Selection;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** A column of one value throughout: a partition's, or null where a file is older than the column. One thread. */
final class ConstantColumn {
    private final SourceColumn column;
    private final Object value;
    private Column built;

    /** @param text as the log has it; null for null */
    ConstantColumn(SourceColumn column, String text) {
        this.column = column;
        this.value = text == null ? null : value(column, text);
    }

    Column of(int rows) {
        if (built == null || built.length() < rows) {
            ColumnBuilder builder = ColumnBuilder.of(column.field().type());
            for (int row = 0; row < rows; row++) {
                if (value == null) {
                    builder.appendNull();
                } else {
                    builder.append(value);
                }
            }
            built = builder.build();
        }
        return built.length() == rows ? built : built.select(Selection.range(0, rows));
    }

    private static Object value(SourceColumn column, String text) {
        DataType type = column.field().type();
        try {
            return switch (type.kind()) {
                case STRING, JSON -> text;
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case FLOAT64 -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case DECIMAL -> new BigDecimal(text).setScale(((DecimalType) type).scale());
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> OffsetDateTime.parse(text.replace(' ', 'T') + (text.endsWith("Z") ? "" : "Z"))
                        .toInstant();
                case BINARY, LIST -> throw unreadable(column, text, null);
            };
        } catch (NumberFormatException | ArithmeticException | DateTimeException malformed) {
            throw unreadable(column, text, malformed);
        }
    }

    private static MillraceException unreadable(SourceColumn column, String text, Exception cause) {
        return MillraceException.user("the partition value '" + text + "' of column '"
                + column.field().name() + "' cannot be read as "
                + column.field().type()
                + (cause == null ? "" : ": " + cause.getMessage()) + "; leave the column out by columns: […]");
    }
}
