package io.millrace.core.lookup;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a {@link LookupTable} of all rows of a table. One thread, one use. */
final class TableBuilder {
    private final TableLayout layout;
    private final Optional<Validity> validity;
    private final boolean repeats;
    private final String table;
    private final Column[] keys;
    private final List<Column> columns;
    private final int rows;
    private int unmatchable;

    /** @param columns those that the layout keeps */
    TableBuilder(TableLayout layout, LookupRequest request, String table, List<Column> columns, int rows) {
        this.layout = layout;
        this.validity = request.validity();
        this.repeats = request.existenceOnly();
        this.table = table;
        this.columns = columns;
        this.keys = columns.subList(0, layout.keys()).toArray(Column[]::new);
        this.rows = rows;
    }

    /** A user error where a key, or a version of it, occurs twice. */
    LookupTable build() {
        return validity.isPresent() ? versions(validity.get()) : plain();
    }

    /** How many rows match nothing, since a key or the beginning of their validity is null. */
    int unmatchable() {
        return unmatchable;
    }

    private LookupTable plain() {
        KeyIndex index = new KeyIndex(rows);
        int[] hashes = new KeyHash().of(keys, rows);
        for (int row = 0; row < rows; row++) {
            if (NullKeys.isNull(keys, row)) {
                unmatchable++;
            } else if (index.putIfAbsent(keys, row, hashes[row]) >= 0 && !repeats) {
                throw repeated(row);
            }
        }
        Column[] answers = layout.answers().stream().map(columns::get).toArray(Column[]::new);
        return new LookupTable(layout.answerSchema(), keys, index, answers, null, null);
    }

    private MillraceException repeated(int row) {
        int count = 0;
        for (int other = 0; other < rows; other++) {
            count += !NullKeys.isNull(keys, other) && KeyEquality.equal(keys, row, keys, other) ? 1 : 0;
        }
        return MillraceException.user(String.format(
                Locale.ROOT,
                "%s has %,d rows with the key %s, and a row can be given the columns of one only; look up in a query or"
                        + " view that keeps one of them, name further key columns under on, or, where they are versions,"
                        + " say as_of",
                table,
                count,
                KeyText.of(keySchema(), keys, row)));
    }

    private LookupTable versions(Validity validity) {
        Column validFrom = columns.get(layout.validFrom());
        long[] from = Versions.times(validFrom, rows, 0);
        int[] keyNumbers = new int[rows];
        KeyIndex index = index(validFrom, keyNumbers);
        int[] starts = starts(keyNumbers, index.size());
        int[] order = order(keyNumbers, starts, from);
        long[] sortedFrom = new long[order.length];
        for (int place = 0; place < order.length; place++) {
            sortedFrom[place] = from[order[place]];
            if (place > 0
                    && sortedFrom[place] == sortedFrom[place - 1]
                    && keyNumbers[order[place]] == keyNumbers[order[place - 1]]) {
                throw tied(validFrom, order[place]);
            }
        }
        Column[] answers = layout.answers().stream()
                .map(position -> Gather.rows(columns.get(position), order, order.length))
                .toArray(Column[]::new);
        long tolerance = validity.tolerance()
                .map(age -> units(age, validFrom.type().kind()))
                .orElse(Long.MAX_VALUE);
        Versions versions = new Versions(starts, sortedFrom, ends(order), tolerance);
        return new LookupTable(layout.answerSchema(), keys, index, answers, keyNumbers, versions);
    }

    /** Numbers the keys in the order of their first rows; -1 for rows that match nothing. */
    private KeyIndex index(Column validFrom, int[] keyNumbers) {
        KeyIndex index = new KeyIndex(Math.min(rows, 1024));
        int[] hashes = new KeyHash().of(keys, rows);
        for (int row = 0; row < rows; row++) {
            if (NullKeys.isNull(keys, row) || validFrom.isNull(row)) {
                unmatchable++;
                keyNumbers[row] = -1;
                continue;
            }
            int number = index.size();
            int first = index.putIfAbsent(keys, row, hashes[row]);
            keyNumbers[row] = first < 0 ? number : keyNumbers[first];
        }
        return index;
    }

    private static int[] starts(int[] keyNumbers, int count) {
        int[] starts = new int[count + 1];
        for (int number : keyNumbers) {
            if (number >= 0) {
                starts[number + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return starts;
    }

    private int[] order(int[] keyNumbers, int[] starts, long[] from) {
        int[] order = new int[starts[starts.length - 1]];
        int[] next = starts.clone();
        for (int row = 0; row < rows; row++) {
            if (keyNumbers[row] >= 0) {
                order[next[keyNumbers[row]]++] = row;
            }
        }
        int longest = 0;
        for (int number = 0; number + 1 < starts.length; number++) {
            longest = Math.max(longest, starts[number + 1] - starts[number]);
        }
        TimeOrder times = new TimeOrder(from, longest);
        for (int number = 0; number + 1 < starts.length; number++) {
            times.sort(order, starts[number], starts[number + 1]);
        }
        return order;
    }

    private long[] ends(int[] order) {
        if (layout.validTo() < 0) {
            return null;
        }
        Column validTo = Gather.rows(columns.get(layout.validTo()), order, order.length);
        return Versions.times(validTo, order.length, Long.MAX_VALUE);
    }

    private MillraceException tied(Column validFrom, int row) {
        return MillraceException.user(table + " has two versions of the key " + KeyText.of(keySchema(), keys, row)
                + " that are valid from " + validFrom.value(row)
                + ", and which of them counts would be chance; look up in a query or view that keeps one of them, or name"
                + " further key columns under on");
    }

    private Schema keySchema() {
        return Schema.of(layout.kept().fields().subList(0, layout.keys()));
    }

    private static long units(Duration age, Kind kind) {
        return kind == Kind.DATE
                ? age.toDays()
                : Math.addExact(Math.multiplyExact(age.getSeconds(), 1_000_000L), age.getNano() / 1_000);
    }
}
