package io.millrace.api.text;

/**
 * Takes a decimal number apart: sign, digits, point, digits, {@code e} and exponent. At least one digit is needed; a point
 * may be its first or last character. One thread.
 */
public final class NumberText {
    private static final int MAX_DIGITS = 18;
    private static final int EXPONENT_LIMIT = 1_000_000;

    private boolean negative;
    private long digits;
    private int exponent;
    private boolean complete;

    /** Whether the text is a number; its parts are then as the other methods say. */
    public boolean read(byte[] text, int from, int to) {
        int at = from;
        negative = at < to && text[at] == '-';
        if (negative || at < to && text[at] == '+') {
            at++;
        }
        digits = 0;
        exponent = 0;
        complete = true;
        int significant = 0;
        boolean anyDigit = false;
        boolean afterPoint = false;
        for (; at < to; at++) {
            byte character = text[at];
            if (character == '.' && !afterPoint) {
                afterPoint = true;
                continue;
            }
            if (!WholeNumberText.isDigit(character)) {
                break;
            }
            anyDigit = true;
            if (significant == MAX_DIGITS) {
                complete = false;
                continue;
            }
            digits = digits * 10 + character - '0';
            significant += digits == 0 ? 0 : 1;
            exponent -= afterPoint ? 1 : 0;
        }
        return anyDigit && (at == to || readExponent(text, at, to));
    }

    private boolean readExponent(byte[] text, int from, int to) {
        int at = from;
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        at++;
        boolean minus = at < to && text[at] == '-';
        if (minus || at < to && text[at] == '+') {
            at++;
        }
        int firstDigit = at;
        int written = 0;
        for (; at < to && WholeNumberText.isDigit(text[at]); at++) {
            written = Math.min(written * 10 + text[at] - '0', EXPONENT_LIMIT);
        }
        complete &= written < EXPONENT_LIMIT;
        exponent += minus ? -written : written;
        return at > firstDigit && at == to;
    }

    public boolean negative() {
        return negative;
    }

    /** True where the number is exactly {@code digits * 10^exponent}; else it has too many digits for that. */
    public boolean complete() {
        return complete;
    }

    /** At most 18 decimal digits, without the sign. */
    public long digits() {
        return digits;
    }

    public int exponent() {
        return exponent;
    }
}
