package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Timestamps;
import io.millrace.core.expression.Expression.Literal;
import io.millrace.core.expression.kernel.DateTimeCells;
import io.trino.sql.parser.SqlBaseParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** Values and names as they are written. */
final class SqlLiterals {
    /** A literal may become a column of as many copies as a batch has rows. */
    private static final int MAX_TEXT = 4_000;

    private SqlLiterals() {}

    static Literal bool(Position at, boolean value) {
        return new Literal(at, value, Optional.of(DataType.BOOLEAN));
    }

    static Literal string(Position at, String value) {
        return new Literal(at, value, Optional.of(DataType.STRING));
    }

    /** Digits are int64, or a decimal where they are too many; with a point a decimal; with an exponent float64. */
    static Literal number(Position at, SqlBaseParser.NumberContext number) {
        String text = number.getText();
        if (number instanceof SqlBaseParser.IntegerLiteralContext) {
            return whole(at, new BigInteger(text));
        } else if (number instanceof SqlBaseParser.DecimalLiteralContext) {
            return Literal.decimal(at, new BigDecimal(text));
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw MillraceException.user(at + ": " + text + " is beyond the range of float64");
        }
        return new Literal(at, value, Optional.of(DataType.FLOAT64));
    }

    private static Literal whole(Position at, BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? new Literal(at, value.longValue(), Optional.of(DataType.INT64))
                : Literal.decimal(at, new BigDecimal(value));
    }

    /** A number with the other sign; -9223372036854775808 is an int64 though its digits alone are not. */
    static Expression negative(Position at, Literal literal) {
        Object value = literal.value();
        if (value instanceof Long number && number != Long.MIN_VALUE) {
            return new Literal(at, -number, literal.type());
        } else if (value instanceof Double number) {
            return new Literal(at, -number, literal.type());
        } else if (value instanceof BigDecimal number) {
            return number.scale() == 0
                    ? whole(at, number.negate().toBigInteger())
                    : Literal.decimal(at, number.negate());
        }
        return new Expression.Negate(at, literal);
    }

    static Literal binary(Position at, String text) {
        String digits = text.substring(2, text.length() - 1).replaceAll("\\s", "");
        try {
            return new Literal(at, HexFormat.of().parseHex(digits), Optional.of(DataType.BINARY));
        } catch (IllegalArgumentException odd) {
            throw MillraceException.user(at + ": " + text + " is not pairs of hexadecimal digits");
        }
    }

    /** {@code DATE '…'}, {@code TIMESTAMP '…'}, and other types as a cast. */
    static Expression typed(Position at, String typeName, String text) {
        DataType type = SqlTypes.named(at, typeName);
        return switch (type.kind()) {
            case DATE -> new Literal(at, LocalDate.ofEpochDay(temporal(at, text, type)), Optional.of(type));
            case TIMESTAMP -> new Literal(at, Timestamps.toInstant(temporal(at, text, type)), Optional.of(type));
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, STRING, BINARY, JSON, LIST -> new Expression.Cast(
                    at, string(at, text), type, false);
        };
    }

    /** The stored value of a date or timestamp in ISO-8601. */
    static long temporal(Position at, String text, DataType type) {
        OptionalLong value = DateTimeCells.read(text, type.kind() == DataType.Kind.DATE);
        return value.orElseThrow(() -> MillraceException.user(at + ": '" + text + "' is not a " + type
                + "; write "
                + (type.kind() == DataType.Kind.DATE
                        ? "'2024-01-31'"
                        : "'2024-01-31 08:15:00', in UTC, or with an offset")));
    }

    static String zone(Position at, String name) {
        try {
            return ZoneId.of(name).getId();
        } catch (DateTimeException unknown) {
            throw MillraceException.user(at + ": there is no time zone '" + name + "'"
                    + Suggestion.didYouMean(name, ZoneId.getAvailableZoneIds())
                    + "; write a region such as 'Asia/Shanghai' or an offset such as '+08:00'");
        }
    }

    static String text(SqlBaseParser.StringContext context) {
        if (context instanceof SqlBaseParser.BasicStringLiteralContext) {
            String quoted = context.getText();
            if (quoted.length() > MAX_TEXT) {
                throw MillraceException.user(SqlTranslation.at(context.getStart()) + ": the text has " + quoted.length()
                        + " characters; a text in an expression has up to " + MAX_TEXT);
            }
            return quoted.substring(1, quoted.length() - 1).replace("''", "'");
        }
        throw MillraceException.user(SqlTranslation.at(context.getStart())
                + ": write the characters themselves in plain quotes; U&'…' is not supported");
    }

    static String name(SqlBaseParser.IdentifierContext context) {
        String text = context.getText();
        if (context instanceof SqlBaseParser.QuotedIdentifierContext) {
            return text.substring(1, text.length() - 1).replace("\"\"", "\"");
        } else if (context instanceof SqlBaseParser.BackQuotedIdentifierContext) {
            return text.substring(1, text.length() - 1).replace("``", "`");
        }
        return text;
    }
}
