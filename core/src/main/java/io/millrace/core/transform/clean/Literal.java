package io.millrace.core.transform.clean;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;

/** A value from the settings as a column of one row, typed by the same rules as cells of text. */
public final class Literal {
    private Literal() {}

    /** A user error that names {@code key} where the value is not one of the type. */
    public static Column of(Object value, DataType type, String key) {
        boolean matches =
                switch (type.kind()) {
                    case BOOLEAN -> value instanceof Boolean || value instanceof String;
                    case INT32, INT64, FLOAT64, DECIMAL -> value instanceof Number;
                    case STRING, BINARY, JSON -> value instanceof String;
                    case DATE, TIMESTAMP -> !(value instanceof Number) && !(value instanceof Boolean);
                    case LIST -> false;
                };
        if (!matches) {
            throw wrong(value, type, key, value instanceof String ? "" : "; text is written in quotes");
        }
        BytesColumn.Builder builder = (BytesColumn.Builder) ColumnBuilder.of(DataType.STRING);
        builder.append(value.toString());
        Column text = builder.build();
        if (type.kind() == Kind.STRING) {
            return text;
        }
        CellConversion conversion = Conversions.find(DataType.STRING, Conversion.to(type));
        conversion.begin(text);
        String reason = conversion.convert(0);
        if (reason != null) {
            throw wrong(value, type, key, "; it " + reason);
        }
        return conversion.end(1, text.nulls());
    }

    private static MillraceException wrong(Object value, DataType type, String key, String detail) {
        return MillraceException.user(
                key + " '" + value + "' is not a value of type " + type + ", which the column has" + detail);
    }
}
