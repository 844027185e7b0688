package io.millrace.core.transform.clean;

import io.millrace.api.text.DateTimeText;
import io.millrace.api.text.IsoDateTime;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** How text writes dates and times: ISO-8601, or a pattern. Immutable; each reader of it belongs to one thread. */
final class DateTimePattern {
    private static final DateTimePattern ISO = new DateTimePattern(null, null);

    private final String pattern;
    private final DateTimeFormatter formatter;

    private DateTimePattern(String pattern, DateTimeFormatter formatter) {
        this.pattern = pattern;
        this.formatter = formatter;
    }

    static DateTimePattern of(Conversion conversion) {
        return conversion.pattern().map(DateTimePattern::parse).orElse(ISO);
    }

    /** IllegalArgumentException where it is no pattern, or one that does not say the whole date. */
    static DateTimePattern parse(String pattern) {
        DateTimeFormatter formatter;
        try {
            formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(withProlepticYear(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not a date pattern (" + invalid.getMessage()
                            + "); one is yyyy-MM-dd HH:mm:ss, and iso means ISO-8601",
                    invalid);
        }
        try {
            ZonedDateTime sample = ZonedDateTime.of(2020, 11, 22, 13, 44, 55, 0, ZoneOffset.UTC);
            if (formatter.parse(formatter.format(sample)).query(TemporalQueries.localDate()) == null) {
                throw new IllegalArgumentException(
                        "the pattern '" + pattern + "' does not say the whole date: it needs year, month and day");
            }
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException(
                    "the pattern '" + pattern + "' cannot be read back (" + unreadable.getMessage() + ")", unreadable);
        }
        return new DateTimePattern(pattern, formatter);
    }

    /** A reader for one thread. */
    DateTimeText reader() {
        return isIso()
                ? new IsoDateTime()
                : FixedDateTime.of(pattern).orElseGet(() -> new FormattedDateTime(formatter));
    }

    boolean isIso() {
        return pattern == null;
    }

    /** How it should have been written, for the end of a message. */
    String written() {
        return " written " + (isIso() ? "in ISO-8601" : pattern);
    }

    /**
     * With {@code y}, the year of an era, strict parsing insists on the era, which nobody writes: {@code u} is what is
     * meant, unless the pattern has a G.
     */
    private static String withProlepticYear(String pattern) {
        StringBuilder changed = new StringBuilder();
        boolean quoted = false;
        boolean era = false;
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            quoted ^= character == '\'';
            era |= character == 'G' && !quoted;
            changed.append(character == 'y' && !quoted ? 'u' : character);
        }
        return era ? pattern : changed.toString();
    }
}
