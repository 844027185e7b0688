package io.millrace.api.text;

/**
 * ISO-8601: {@code yyyy-MM-dd}, then optionally T or a space, {@code HH:mm}, {@code :ss}, a fraction of up to nine digits,
 * and {@code Z} or an offset {@code ±HH}, {@code ±HH:mm}, {@code ±HHmm} or {@code ±HH:mm:ss}.
 */
public final class IsoDateTime extends DateTimeText {
    @Override
    public boolean read(byte[] text, int from, int to) {
        clear();
        if (to - from < 10 || text[from + 4] != '-' || text[from + 7] != '-') {
            return false;
        }
        int year = digits(text, from, 4);
        if (year < 0 || !setDate(year, digits(text, from + 5, 2), digits(text, from + 8, 2))) {
            return false;
        }
        return to - from == 10 || readTime(text, from + 10, to);
    }

    private boolean readTime(byte[] text, int from, int to) {
        byte separator = text[from];
        if (separator != 'T' && separator != 't' && separator != ' ' || to - from < 6 || text[from + 3] != ':') {
            return false;
        }
        int hour = digits(text, from + 1, 2);
        int minute = digits(text, from + 4, 2);
        int at = from + 6;
        int second = 0;
        if (at < to && text[at] == ':') {
            if (to - at < 3) {
                return false;
            }
            second = digits(text, at + 1, 2);
            at += 3;
            if (at < to && (text[at] == '.' || text[at] == ',')) {
                int first = ++at;
                while (at < to && WholeNumberText.isDigit(text[at])) {
                    at++;
                }
                if (at == first || at - first > 9) {
                    return false;
                }
                nanos = fraction(text, first, at - first);
            }
        }
        return hour >= 0
                && minute >= 0
                && second >= 0
                && setTime(hour, minute, second)
                && (at == to || readOffset(text, at, to));
    }

    private boolean readOffset(byte[] text, int from, int to) {
        int size = to - from;
        hasOffset = true;
        offsetSeconds = 0;
        if (size == 1 && (text[from] == 'Z' || text[from] == 'z')) {
            return true;
        }
        if (size < 3 || text[from] != '+' && text[from] != '-') {
            return false;
        }
        int hours = digits(text, from + 1, 2);
        int minutes = 0;
        int seconds = 0;
        if (size == 5) {
            minutes = digits(text, from + 3, 2);
        } else if (size == 6 || size == 9) {
            minutes = text[from + 3] == ':' ? digits(text, from + 4, 2) : -1;
            seconds = size == 6 ? 0 : text[from + 6] == ':' ? digits(text, from + 7, 2) : -1;
        } else if (size != 3) {
            return false;
        }
        if (hours < 0 || minutes < 0 || seconds < 0 || hours > 18 || minutes > 59 || seconds > 59) {
            return false;
        }
        int total = hours * 3_600 + minutes * 60 + seconds;
        offsetSeconds = text[from] == '-' ? -total : total;
        return total <= 18 * 3_600;
    }
}
