package io.millrace.formats.csv;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.text.IsoDateTime;
import io.millrace.api.text.NumberText;
import io.millrace.api.text.WholeNumberText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives columns from the first records of a file. Values that are all whole numbers: int64; all numbers: float64; all
 * {@code true} or {@code false}: boolean; all ISO-8601 dates: date, with times: timestamp. A number with a leading zero is an
 * identifier, and everything else, or nothing at all, is text.
 */
public final class CsvInference {
    private final IsoDateTime time = new IsoDateTime();
    private final NumberText number = new NumberText();
    private final WholeNumberText whole = new WholeNumberText();

    /** What a value looks like, and so what its column may be. */
    private enum Look {
        NOTHING,
        BOOLEAN,
        WHOLE,
        NUMBER,
        DATE,
        TIMESTAMP,
        TEXT;

        Look with(Look other) {
            if (this == other || other == NOTHING) {
                return this;
            }
            if (this == NOTHING) {
                return other;
            }
            if (isNumber() && other.isNumber()) {
                return NUMBER;
            }
            return isTime() && other.isTime() ? TIMESTAMP : TEXT;
        }

        private boolean isNumber() {
            return this == WHOLE || this == NUMBER;
        }

        private boolean isTime() {
            return this == DATE || this == TIMESTAMP;
        }

        DataType type() {
            return switch (this) {
                case BOOLEAN -> DataType.BOOLEAN;
                case WHOLE -> DataType.INT64;
                case NUMBER -> DataType.FLOAT64;
                case DATE -> DataType.DATE;
                case TIMESTAMP -> DataType.TIMESTAMP;
                case NOTHING, TEXT -> DataType.STRING;
            };
        }
    }

    /**
     * The columns of a file; none of an empty one.
     *
     * @param in from the file's beginning; read as far as needed
     * @param name of the file, for messages
     */
    public static List<CsvColumn> columns(InputStream in, String name, CsvSettings settings, int records, int limit) {
        return new CsvInference().infer(in, name, settings, records, limit);
    }

    private List<CsvColumn> infer(InputStream in, String name, CsvSettings settings, int records, int limit) {
        CsvScanner scanner = new CsvScanner(in, settings.dialect(), 0, Long.MAX_VALUE, limit);
        CsvReader.skipMark(scanner, name);
        List<String> names = settings.header() ? CsvReader.header(scanner, name) : new ArrayList<>();
        List<Look> looks = new ArrayList<>();
        names.forEach(column -> looks.add(Look.NOTHING));
        int seen = 0;
        CsvScanner.Found found = scanner.next();
        for (; found != CsvScanner.Found.END && seen < records; found = scanner.next()) {
            if (found == CsvScanner.Found.MALFORMED) {
                continue;
            }
            if (names.isEmpty()) {
                for (int i = 1; i <= scanner.count(); i++) {
                    names.add("column_" + i);
                    looks.add(Look.NOTHING);
                }
            }
            if (scanner.count() == names.size()) {
                seen++;
                for (int i = 0; i < names.size(); i++) {
                    looks.set(i, looks.get(i).with(look(scanner, i, settings.dialect())));
                }
            }
        }
        if (seen == 0 && found != CsvScanner.Found.END) {
            throw MillraceException.user("no record of " + name + " has " + names.size()
                    + " values as its header; check delimiter and quote under csv");
        }
        List<CsvColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new CsvColumn(names.get(i), looks.get(i).type(), false, Optional.empty()));
        }
        return columns;
    }

    private Look look(CsvScanner scanner, int field, CsvDialect dialect) {
        byte[] bytes = scanner.bytes();
        int from = scanner.valueStart(field);
        int to = scanner.valueEnd(field);
        if (from == to || !scanner.isQuoted(field) && dialect.isNull(bytes, from, to)) {
            return Look.NOTHING;
        }
        if (scanner.isEscaped(field)) {
            return Look.TEXT;
        }
        String text = to - from > 5 ? "" : CsvReader.text(scanner, field);
        if (text.equals("true") || text.equals("false")) {
            return Look.BOOLEAN;
        }
        if (time.read(bytes, from, to)) {
            return time.hasTime() ? Look.TIMESTAMP : Look.DATE;
        }
        return number(bytes, from, to);
    }

    private Look number(byte[] bytes, int from, int to) {
        int digit = bytes[from] == '-' ? from + 1 : from;
        boolean leadingZero = digit + 1 < to && bytes[digit] == '0' && WholeNumberText.isDigit(bytes[digit + 1])
                || bytes[from] == '+';
        if (leadingZero || !number.read(bytes, from, to)) {
            return Look.TEXT;
        }
        boolean digitsOnly = true;
        for (int at = digit; at < to; at++) {
            digitsOnly &= WholeNumberText.isDigit(bytes[at]);
        }
        if (!digitsOnly) {
            return Look.NUMBER;
        }
        // What float64 would round is not a number here.
        return whole.read(bytes, from, to) == WholeNumberText.Outcome.READ ? Look.WHOLE : Look.TEXT;
    }
}
