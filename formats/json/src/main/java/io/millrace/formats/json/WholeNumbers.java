package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads whole numbers exactly: {@code 5}, also written {@code 5.0}, {@code 5e0} or as text {@code "5"}. */
final class WholeNumbers {
    private WholeNumbers() {}

    static long read(JsonCursor cursor, Appender appender) throws BadValue, IOException {
        JsonParser parser = cursor.parser();
        JsonToken token = cursor.token();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw appender.mismatch(cursor);
            }
            return parser.getLongValue();
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_STRING) {
            throw appender.mismatch(cursor);
        }
        BigDecimal value = NumberText.exact(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (value != null && value.signum() == 0) {
            return 0;
        }
        // Before longValueExact: 1e999999999 would fill the memory with zeros.
        boolean small = value != null
                && (long) value.precision() - value.scale() <= 19
                && value.scale() <= NumberText.MAX_DIGITS;
        try {
            if (small) {
                return value.longValueExact();
            }
        } catch (ArithmeticException notWhole) {
            throw appender.mismatch(cursor);
        }
        throw appender.mismatch(cursor);
    }
}
