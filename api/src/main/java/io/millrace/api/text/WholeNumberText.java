package io.millrace.api.text;

/** Reads a whole number of 64 bits: a sign, ASCII digits, and at most a fraction of zeros. One thread. */
public final class WholeNumberText {
    /** What {@link #read} found. */
    public enum Outcome {
        READ,
        NOT_A_NUMBER,
        NOT_WHOLE,
        OVERFLOW
    }

    private long value;

    /** The number, after {@link Outcome#READ}. */
    public long value() {
        return value;
    }

    public Outcome read(byte[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || at < to && text[at] == '+') {
            at++;
        }
        int firstDigit = at;
        // Negative, because Long.MIN_VALUE has no positive counterpart.
        long sum = 0;
        boolean overflow = false;
        for (; at < to && isDigit(text[at]); at++) {
            int digit = text[at] - '0';
            overflow |= sum < (Long.MIN_VALUE + digit) / 10;
            sum = sum * 10 - digit;
        }
        if (at == firstDigit) {
            return Outcome.NOT_A_NUMBER;
        }
        boolean whole = true;
        if (at < to && text[at] == '.') {
            int firstDecimal = ++at;
            for (; at < to && isDigit(text[at]); at++) {
                whole &= text[at] == '0';
            }
            if (at == firstDecimal) {
                return Outcome.NOT_A_NUMBER;
            }
        }
        if (at < to) {
            return Outcome.NOT_A_NUMBER;
        }
        if (!whole) {
            return Outcome.NOT_WHOLE;
        }
        if (overflow || !negative && sum == Long.MIN_VALUE) {
            return Outcome.OVERFLOW;
        }
        value = negative ? sum : -sum;
        return Outcome.READ;
    }

    public static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
