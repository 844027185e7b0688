package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.io.IOException;
import java.util.Base64;

/** The appender for each type. */
final class Appenders {
    /** Up to this, every whole number is a float64. */
    private static final long EXACT = 1L << 53;

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private Appenders() {}

    static Appender of(JsonColumn column, DataType type, ColumnBuilder builder) {
        String name = column.name();
        return switch (type.kind()) {
            case BOOLEAN -> flag(name, (BooleanColumn.Builder) builder);
            case INT32 -> int32(name, (IntColumn.Builder) builder);
            case INT64 -> int64(name, (LongColumn.Builder) builder);
            case FLOAT64 -> float64(name, (DoubleColumn.Builder) builder);
            case DECIMAL -> new DecimalAppender(name, (DecimalColumn.Builder) builder);
            case STRING -> text(name, (BytesColumn.Builder) builder);
            case BINARY -> base64(name, (BytesColumn.Builder) builder);
            case DATE -> date(name, (IntColumn.Builder) builder);
            case TIMESTAMP -> new TimestampAppender(column, (LongColumn.Builder) builder);
            case JSON -> new JsonTextAppender(name, (BytesColumn.Builder) builder);
            case LIST -> list(column, (DataType.ListType) type, (ListColumn.Builder) builder);
        };
    }

    private static Appender flag(String name, BooleanColumn.Builder builder) {
        return new Appender(name, "true or false", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                if (cursor.token() != JsonToken.VALUE_TRUE && cursor.token() != JsonToken.VALUE_FALSE) {
                    throw mismatch(cursor);
                }
                builder.append(cursor.token() == JsonToken.VALUE_TRUE);
            }

            @Override
            boolean plainFlag(boolean flag) {
                builder.append(flag);
                return true;
            }
        };
    }

    private static Appender int32(String name, IntColumn.Builder builder) {
        return new Appender(name, "a whole number of 32 bits", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                long value = WholeNumbers.read(cursor, this);
                if (value != (int) value) {
                    throw mismatch(cursor);
                }
                builder.append((int) value);
            }

            @Override
            boolean plainNumber(long unscaled, int scale) {
                if (scale > 0 || unscaled != (int) unscaled) {
                    return false;
                }
                builder.append((int) unscaled);
                return true;
            }
        };
    }

    private static Appender int64(String name, LongColumn.Builder builder) {
        return new Appender(name, "a whole number of 64 bits", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                builder.append(WholeNumbers.read(cursor, this));
            }

            @Override
            boolean plainNumber(long unscaled, int scale) {
                if (scale > 0) {
                    return false;
                }
                builder.append(unscaled);
                return true;
            }
        };
    }

    private static Appender float64(String name, DoubleColumn.Builder builder) {
        return new Appender(name, "a number", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                if (cursor.token() == JsonToken.VALUE_STRING) {
                    switch (cursor.parser().getText()) {
                        case "NaN" -> builder.append(Double.NaN);
                        case "Infinity" -> builder.append(Double.POSITIVE_INFINITY);
                        case "-Infinity" -> builder.append(Double.NEGATIVE_INFINITY);
                        default -> throw mismatch(cursor);
                    }
                    return;
                }
                if (!cursor.token().isNumeric()) {
                    throw mismatch(cursor);
                }
                double value = cursor.parser().getDoubleValue();
                if (Double.isInfinite(value)) {
                    throw cursor.mismatch(name, "a number within the range of float64");
                }
                builder.append(value);
            }

            /** Both parts are exact, so that their quotient is rounded once, to the nearest. */
            @Override
            boolean plainNumber(long unscaled, int scale) {
                if (Math.abs(unscaled) > EXACT || scale >= POWERS.length) {
                    return false;
                }
                builder.append(scale == 0 ? unscaled : unscaled / POWERS[scale]);
                return true;
            }
        };
    }

    private static Appender text(String name, BytesColumn.Builder builder) {
        return new Appender(name, "text", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                if (!cursor.token().isScalarValue()) {
                    throw mismatch(cursor);
                }
                cursor.readText(name);
                builder.append(cursor.text(), 0, cursor.textSize());
            }

            @Override
            boolean plainText(byte[] bytes, int from, int to) {
                builder.append(bytes, from, to - from);
                return true;
            }
        };
    }

    private static Appender base64(String name, BytesColumn.Builder builder) {
        return new Appender(name, "Base64 text", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                if (cursor.token() != JsonToken.VALUE_STRING) {
                    throw mismatch(cursor);
                }
                byte[] decoded;
                try {
                    decoded = Base64.getDecoder().decode(cursor.parser().getText());
                } catch (IllegalArgumentException e) {
                    throw mismatch(cursor);
                }
                builder.append(decoded);
            }
        };
    }

    private static Appender date(String name, IntColumn.Builder builder) {
        ShortText text = new ShortText();
        return new Appender(name, "a date such as 2024-01-31", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                JsonParser parser = cursor.parser();
                long day = cursor.token() == JsonToken.VALUE_STRING
                        ? IsoText.day(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                        : IsoText.NONE;
                if (day == IsoText.NONE) {
                    throw mismatch(cursor);
                }
                builder.append((int) day);
            }

            @Override
            boolean plainText(byte[] bytes, int from, int to) {
                long day = text.take(bytes, from, to) ? IsoText.day(text.characters(), 0, to - from) : IsoText.NONE;
                if (day == IsoText.NONE) {
                    return false;
                }
                builder.append((int) day);
                return true;
            }
        };
    }

    private static Appender list(JsonColumn column, DataType.ListType type, ListColumn.Builder builder) {
        Appender element = of(column, type.element(), builder.elements());
        return new Appender(column.name(), "a list", builder) {
            @Override
            void append(JsonCursor cursor) throws BadValue, IOException {
                if (cursor.token() != JsonToken.START_ARRAY) {
                    throw mismatch(cursor);
                }
                while (cursor.next() != JsonToken.END_ARRAY) {
                    if (cursor.token() == JsonToken.VALUE_NULL) {
                        element.builder().appendNull();
                    } else {
                        element.append(cursor);
                    }
                }
                builder.endRow();
            }
        };
    }
}
