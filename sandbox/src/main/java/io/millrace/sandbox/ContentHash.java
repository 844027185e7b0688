package io.millrace.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A hash of a set of rows that does not depend on their order: the sum modulo 2^64 of, for each row, the first 8 bytes
 * (big-endian) of the MD5 of the row's canonical text in UTF-8. MD5 because PostgreSQL and DuckDB have it too.
 *
 * <p>The canonical text joins the cells by the character U+001F, which no clean text contains. A null is the two
 * characters {@code \N}; an integer its decimal digits; a floating-point number {@code round(x * 1000000)} in decimal
 * digits; a timestamp the microseconds since 1970 in UTC in decimal digits; text is itself. {@link #duckDbQuery} and
 * {@link #postgresQuery} compute the same in SQL. Not thread-safe.
 */
public final class ContentHash {
    private static final char SEPARATOR = '\u001F';

    private final MessageDigest digest;
    private long sum;
    private long rows;

    /** The hash of no rows, which is 0. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The canonical text of a row of Long, Integer, Double, String, Instant or null cells. */
    public static String canonicalText(Object... cells) {
        StringBuilder text = new StringBuilder(160);
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                text.append(SEPARATOR);
            }
            append(text, cells[i]);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Object cell) {
        if (cell == null) {
            text.append("\\N");
        } else if (cell instanceof Double number) {
            text.append(Math.round(number * 1_000_000));
        } else if (cell instanceof Instant moment) {
            text.append(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
        } else if (cell instanceof String || cell instanceof Long || cell instanceof Integer) {
            text.append(cell);
        } else {
            throw new IllegalArgumentException("No canonical text for a " + cell.getClass());
        }
    }

    /** Adds one row by its canonical text. */
    public void add(String canonicalText) {
        byte[] hash = digest.digest(canonicalText.getBytes(StandardCharsets.UTF_8));
        sum += ByteBuffer.wrap(hash).getLong();
        rows++;
    }

    /** The rows added. */
    public long rows() {
        return rows;
    }

    /** The hash of the rows added so far. */
    public long value() {
        return sum;
    }

    /** The value as 16 hexadecimal digits. */
    public static String hexadecimal(long value) {
        return String.format("%016x", value);
    }

    /**
     * A query of DuckDB that gives one text, the hash in hexadecimal digits, for clean events.
     *
     * @param from what to read, such as {@code read_parquet('out/*.parquet')}
     */
    public static String duckDbQuery(String from, List<EventColumn> columns) {
        return "SELECT printf('%016x', (sum(('0x' || left(md5(" + sqlText(columns, "epoch_us(%s)", "chr(31)")
                + "), 16))::UBIGINT::HUGEINT) % 18446744073709551616)::UBIGINT) FROM " + from;
    }

    /** A query of PostgreSQL that gives one text, the hash in hexadecimal digits, for clean events. */
    public static String postgresQuery(String from, List<EventColumn> columns) {
        String micros = "(extract(epoch from %s) * 1000000)::bigint";
        return "SELECT lpad(to_hex((s - CASE WHEN s >= 9223372036854775808 THEN 18446744073709551616 ELSE 0 END)::bigint),"
                + " 16, '0') FROM (SELECT mod(sum(h + CASE WHEN h < 0 THEN 18446744073709551616 ELSE 0 END),"
                + " 18446744073709551616) AS s FROM (SELECT ('x' || left(md5(" + sqlText(columns, micros, "chr(31)")
                + "), 16))::bit(64)::bigint::numeric AS h FROM " + from + ") AS hashed) AS summed";
    }

    private static String sqlText(List<EventColumn> columns, String micros, String separator) {
        StringBuilder text = new StringBuilder("concat_ws(").append(separator);
        for (EventColumn column : columns) {
            String value =
                    switch (column) {
                        case RATING -> "round(" + column.columnName() + " * 1000000)::bigint";
                        case TS, CREATED_AT -> String.format(micros, column.columnName());
                        case EVENT_ID, USER_ID, ITEM_ID, EVENT_TYPE, CATEGORY, SESSION_ID, DEVICE, PAGE -> column
                                .columnName();
                    };
            text.append(", coalesce(").append(value).append("::text, '\\N')");
        }
        return text.append(')').toString();
    }
}
