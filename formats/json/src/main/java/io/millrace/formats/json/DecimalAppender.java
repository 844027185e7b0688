package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads decimals exactly, from numbers and from text that holds one; what does not fit is refused, never rounded. */
final class DecimalAppender extends Appender {
    private static final int LONG_DIGITS = DecimalType.MAX_LONG_PRECISION;

    private final DecimalColumn.Builder builder;
    private final DecimalType type;

    DecimalAppender(String column, DecimalColumn.Builder builder) {
        super(column, "a number that fits " + builder.type(), builder);
        this.builder = builder;
        this.type = (DecimalType) builder.type();
    }

    @Override
    void append(JsonCursor cursor) throws BadValue, IOException {
        JsonToken token = cursor.token();
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            throw mismatch(cursor);
        }
        JsonParser parser = cursor.parser();
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int size = parser.getTextLength();
        if (token.isNumeric() && appendShort(chars, from, from + size)) {
            return;
        }
        BigDecimal exact = NumberText.exact(chars, from, size);
        if (exact == null || !builder.append(exact)) {
            throw mismatch(cursor);
        }
    }

    /** Without objects: digits and a point, whose unscaled value fits a long; false where it is not so simple. */
    private boolean appendShort(char[] chars, int from, int end) {
        boolean negative = chars[from] == '-';
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            char c = chars[i];
            if (c == '.') {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            } else {
                unscaled = unscaled * 10 + (c - '0');
                digits++;
                if (digits > LONG_DIGITS) {
                    return false;
                }
            }
        }
        return appendShort(negative ? -unscaled : unscaled, point < 0 ? 0 : end - point - 1);
    }

    @Override
    boolean plainNumber(long number, int scale) {
        return appendShort(number, scale) || builder.append(BigDecimal.valueOf(number, scale));
    }

    private boolean appendShort(long number, int scale) {
        int missing = type.scale() - scale;
        if (missing < 0 || missing > LONG_DIGITS || Math.abs(number) >= power(LONG_DIGITS - missing)) {
            return false;
        }
        long unscaled = number * power(missing);
        if (type.precision() < LONG_DIGITS && Math.abs(unscaled) >= power(type.precision())) {
            return false;
        }
        builder.appendUnscaled(unscaled);
        return true;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
