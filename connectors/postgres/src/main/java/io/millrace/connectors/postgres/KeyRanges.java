package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a view or a query into ranges of an integer column. Together they hold every row, those of no key included. */
final class KeyRanges {
    private static final String ALL = "TRUE";

    private KeyRanges() {}

    static void check(SourceColumn key, String label) {
        boolean integer = key.baseType().matches("int[248]");
        if (!integer) {
            throw MillraceException.user("split_by: column '" + key.name() + "' of " + label + " is " + key.typeName()
                    + "; only an integer column can be split by. Name another, or leave split_by out.");
        }
    }

    /** A condition for each range, of equal width; about as many as asked for. */
    static List<String> conditions(Session session, String from, SourceColumn key, long wanted) throws SQLException {
        String column = Sql.identifier(key.name());
        record Bounds(BigInteger least, BigInteger greatest) {}
        Bounds bounds = wanted < 2
                ? new Bounds(null, null)
                : session.row(
                        "SELECT min(" + column + ")::text, max(" + column + ")::text FROM " + from,
                        row -> row.getString(1) == null
                                ? new Bounds(null, null)
                                : new Bounds(new BigInteger(row.getString(1)), new BigInteger(row.getString(2))));
        if (bounds.least == null || bounds.least.equals(bounds.greatest)) {
            return List.of(ALL);
        }
        BigInteger width = bounds.greatest.subtract(bounds.least).add(BigInteger.ONE);
        long ranges = width.min(BigInteger.valueOf(wanted)).longValueExact();
        List<String> conditions = new ArrayList<>();
        BigInteger begin = null;
        for (long i = 1; i <= ranges; i++) {
            BigInteger end =
                    bounds.least.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(ranges)));
            String below = column + " < " + end;
            if (begin == null) {
                conditions.add("(" + below + " OR " + column + " IS NULL)");
            } else {
                conditions.add(column + " >= " + begin + (i == ranges ? "" : " AND " + below));
            }
            begin = end;
        }
        return conditions;
    }
}
