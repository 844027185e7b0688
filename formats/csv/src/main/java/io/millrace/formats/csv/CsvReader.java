package io.millrace.formats.csv;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.text.Utf8;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends the records of a file, or of a range of its bytes, to the columns of a builder. One thread. Does not close the
 * stream; what the stream throws comes through, its IOExceptions as UncheckedIOExceptions.
 *
 * <p>A record ends with a line feed, with or without a carriage return before it. A quote inside a value that does not begin
 * with one is a plain character. An empty line is no record. A record is appended whole or not at all.
 */
public final class CsvReader {
    /** What {@link #next} did. */
    public enum Outcome {
        /** Appended a record. */
        ROW,
        /** Left out a record, or a line that is none: see {@link #failure}. */
        REJECTED,
        END
    }

    private static final int SHOWN = 4096;

    private final String name;
    private final CsvDialect dialect;
    private final CsvScanner scanner;
    private final List<CsvColumn> columns;
    private final BatchBuilder out;
    private final CellAppender[] appenders;
    private final boolean[] text;
    /** Which value of a record each column is. */
    private final int[] places;

    private int width;
    private CsvFailure failure;

    /**
     * @param name of the file, for messages
     * @param columns of the builder, in its order, from its first on
     * @param header the names that the file's header has, which is then read elsewhere; empty where the file's own is read,
     *     or where there is none
     */
    private CsvReader(
            String name,
            CsvSettings settings,
            CsvScanner scanner,
            List<CsvColumn> columns,
            List<String> header,
            BatchBuilder out) {
        this.name = name;
        this.dialect = settings.dialect();
        this.scanner = scanner;
        this.columns = List.copyOf(columns);
        this.out = out;
        this.width = header.size();
        this.appenders = new CellAppender[columns.size()];
        this.text = new boolean[columns.size()];
        this.places = new int[columns.size()];
        for (int i = 0; i < appenders.length; i++) {
            appenders[i] = CellAppender.of(columns.get(i), out.column(i));
            text[i] = columns.get(i).type().kind() == DataType.Kind.STRING;
            places[i] = header.indexOf(columns.get(i).name());
            if (places[i] < 0) {
                throw MillraceException.user("the header of " + name + " has no column '"
                        + columns.get(i).name() + "'; it has " + header);
            }
        }
    }

    /**
     * Reads a whole file from its beginning.
     *
     * @param declared the names of a file's values in their order, where it has no header
     * @param limit the longest record in bytes
     */
    public static CsvReader whole(
            InputStream in,
            String name,
            CsvSettings settings,
            List<CsvColumn> columns,
            List<String> declared,
            int limit,
            BatchBuilder out) {
        return range(in, name, settings, columns, declared, 0, Long.MAX_VALUE, limit, out);
    }

    /**
     * Reads the records that begin in {@code [from, to)} of a file; the ranges of a file share out its records. Only for
     * files without quoted line ends.
     *
     * @param in from the byte before {@code from} on, or from the first; the last record may end beyond {@code to}
     * @param header the values' names in their order; of a range at the file's beginning only where the file has no header
     */
    public static CsvReader range(
            InputStream in,
            String name,
            CsvSettings settings,
            List<CsvColumn> columns,
            List<String> header,
            long from,
            long to,
            int limit,
            BatchBuilder out) {
        CsvScanner scanner = new CsvScanner(in, settings.dialect(), Math.max(0, from - 1), to, limit);
        List<String> names = header;
        if (from > 0) {
            scanner.skipLine();
        } else {
            skipMark(scanner, name);
            if (settings.header()) {
                names = header(scanner, name);
            }
        }
        return new CsvReader(name, settings, scanner, columns, names, out);
    }

    /** The names of a file's values: its header, or {@code column_1} and so on where it has none; empty of an empty file. */
    public static List<String> names(InputStream in, String name, CsvSettings settings, int limit) {
        CsvScanner scanner = new CsvScanner(in, settings.dialect(), 0, Long.MAX_VALUE, limit);
        skipMark(scanner, name);
        if (settings.header()) {
            return header(scanner, name);
        }
        List<String> names = new ArrayList<>();
        if (scanner.next() == CsvScanner.Found.RECORD) {
            for (int i = 1; i <= scanner.count(); i++) {
                names.add("column_" + i);
            }
        }
        return names;
    }

    static void skipMark(CsvScanner scanner, String name) {
        scanner.skip((byte) 0xef, (byte) 0xbb, (byte) 0xbf);
        if (scanner.skip((byte) 0xff, (byte) 0xfe) || scanner.skip((byte) 0xfe, (byte) 0xff)) {
            throw MillraceException.user(name + " is UTF-16; convert it to UTF-8");
        }
    }

    /** An empty file has no names. */
    static List<String> header(CsvScanner scanner, String name) {
        List<String> names = new ArrayList<>();
        switch (scanner.next()) {
            case RECORD -> {
                if (Utf8.firstBad(scanner.bytes(), scanner.start(), scanner.end()) >= 0) {
                    throw MillraceException.user("the header of " + name + " is not UTF-8; convert the file");
                }
                for (int i = 0; i < scanner.count(); i++) {
                    names.add(text(scanner, i));
                }
            }
            case MALFORMED -> throw MillraceException.user("the header of " + name + " (line " + scanner.line() + ") "
                    + scanner.problem() + "; check delimiter and quote under csv");
            case END -> {}
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                throw MillraceException.user("the header of " + name + " has no name for column " + (i + 1)
                        + "; name it, or set header: false and declare the columns");
            }
            if (seen.put(names.get(i), i) != null) {
                throw MillraceException.user("the header of " + name + " names '" + names.get(i)
                        + "' twice; rename one, or set header: false and declare the columns");
            }
        }
        return names;
    }

    static String text(CsvScanner scanner, int field) {
        return scanner.isEscaped(field)
                ? new String(scanner.scratch(), 0, scanner.unescape(field), StandardCharsets.UTF_8)
                : new String(
                        scanner.bytes(),
                        scanner.valueStart(field),
                        scanner.valueEnd(field) - scanner.valueStart(field),
                        StandardCharsets.UTF_8);
    }

    /** Reads the next record. */
    public Outcome next() {
        failure = null;
        return switch (scanner.next()) {
            case END -> Outcome.END;
            case MALFORMED -> reject(null, scanner.problem());
            case RECORD -> append();
        };
    }

    private Outcome append() {
        if (scanner.count() != width) {
            return reject(null, "has not " + width + " values");
        }
        byte[] bytes = scanner.bytes();
        int bad = Utf8.firstBad(bytes, scanner.start(), scanner.end());
        if (bad >= 0) {
            return reject(columnAt(bad), "is not UTF-8");
        }
        int before = out.rowCount();
        for (int i = 0; i < appenders.length; i++) {
            String reason = append(i, bytes);
            if (reason != null) {
                Outcome rejected = reject(columns.get(i).name(), reason, text(scanner, places[i]));
                out.truncate(before);
                return rejected;
            }
        }
        return Outcome.ROW;
    }

    /** Appends a value and returns null, or returns the reason why that is impossible. */
    private String append(int column, byte[] bytes) {
        int field = places[column];
        int from = scanner.valueStart(field);
        int to = scanner.valueEnd(field);
        boolean isNull = from == to && !text[column] || !scanner.isQuoted(field) && dialect.isNull(bytes, from, to);
        if (isNull) {
            if (columns.get(column).required()) {
                return "null, but required";
            }
            appenders[column].appendNull();
            return null;
        }
        return scanner.isEscaped(field)
                ? appenders[column].append(scanner.scratch(), 0, scanner.unescape(field))
                : appenders[column].append(bytes, from, to);
    }

    private String columnAt(int place) {
        for (int i = 0; i < places.length; i++) {
            if (place >= scanner.valueStart(places[i]) && place <= scanner.valueEnd(places[i])) {
                return columns.get(i).name();
            }
        }
        return null;
    }

    private Outcome reject(String column, String reason) {
        return reject(column, reason, new String(scanner.raw(SHOWN), StandardCharsets.UTF_8));
    }

    private Outcome reject(String column, String reason, String raw) {
        failure = new CsvFailure(column, reason, raw);
        return Outcome.REJECTED;
    }

    /** Why the last record was rejected. */
    public CsvFailure failure() {
        if (failure == null) {
            throw new MillraceException(ErrorKind.INTERNAL, "nothing was rejected in " + name);
        }
        return failure;
    }

    /** The line on which the last record began, counted from 1; of a range, in what is read of it. */
    public long line() {
        return scanner.line();
    }

    /** The byte of the file at which the last record began. */
    public long offset() {
        return scanner.offset();
    }
}
