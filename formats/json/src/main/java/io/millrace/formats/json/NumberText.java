package io.millrace.formats.json;

import java.math.BigDecimal;

/** Numbers written as JSON writes them, read exactly. */
final class NumberText {
    /** The most characters of a number. */
    static final int MAX_DIGITS = 1_000;

    private NumberText() {}

    /** The number; null where the text is none in JSON's grammar, or its exponent is beyond a BigDecimal's. */
    static BigDecimal exact(char[] chars, int from, int size) {
        if (size > MAX_DIGITS || !isNumber(chars, from, from + size)) {
            return null;
        }
        try {
            return new BigDecimal(chars, from, size);
        } catch (NumberFormatException exponentTooLarge) {
            return null;
        }
    }

    private static boolean isNumber(char[] chars, int from, int end) {
        int at = from < end && chars[from] == '-' ? from + 1 : from;
        int digits = digitsEnd(chars, at, end);
        if (digits == at || chars[at] == '0' && digits > at + 1) {
            return false;
        }
        at = digits;
        if (at < end && chars[at] == '.') {
            int fraction = digitsEnd(chars, at + 1, end);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < end && (chars[at] == 'e' || chars[at] == 'E')) {
            at++;
            at += at < end && (chars[at] == '+' || chars[at] == '-') ? 1 : 0;
            int exponent = digitsEnd(chars, at, end);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == end;
    }

    private static int digitsEnd(char[] chars, int from, int end) {
        int at = from;
        while (at < end && chars[at] >= '0' && chars[at] <= '9') {
            at++;
        }
        return at;
    }
}
