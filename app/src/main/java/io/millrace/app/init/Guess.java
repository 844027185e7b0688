package io.millrace.app.init;

import io.millrace.api.data.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a source holds, as far as it tells.
 *
 * @param keyKnown whether the source itself promises that the key is unique
 * @param sampled rows
 */
record Guess(
        List<ColumnGuess> columns,
        Optional<String> timeColumn,
        List<String> key,
        boolean keyKnown,
        int sampled,
        long unreadable) {
    private static final List<String> TIME_NAMES =
            List.of("created_at", "event_time", "ts", "timestamp", "time", "occurred_at", "updated_at");
    /** Events that were delivered twice are no reason to doubt a key that is named like one. */
    private static final double MOSTLY = 0.9;

    static Guess of(SampledSource sample, boolean epochs, String subject) {
        List<ColumnGuess> columns = new ArrayList<>();
        for (int i = 0; i < sample.schema().size(); i++) {
            columns.add(ColumnGuess.of(sample.rows(), i, epochs));
        }
        int rows = sample.rows().rowCount();
        boolean known = !sample.key().isEmpty();
        return new Guess(
                List.copyOf(columns),
                sample.timeColumn().or(() -> timeColumn(columns)),
                known ? sample.key() : key(columns, rows, subject),
                known,
                rows,
                sample.rejected());
    }

    private static Optional<String> timeColumn(List<ColumnGuess> columns) {
        return columns.stream()
                .filter(column -> column.isTime() && column.nulls() == 0)
                .min(Comparator.comparingInt((ColumnGuess column) -> {
                            int place = TIME_NAMES.indexOf(column.name());
                            return place < 0 ? TIME_NAMES.size() : place;
                        })
                        .thenComparing(column -> column.type() == DataType.DATE))
                .map(ColumnGuess::name);
    }

    private static List<String> key(List<ColumnGuess> columns, int rows, String subject) {
        String singular = subject.replaceFirst(".*\\.", "").replaceFirst("s$", "");
        List<String> likely = List.of("id", "event_id", singular + "_id", "uuid", "guid", "key");
        for (String name : likely) {
            for (ColumnGuess column : columns) {
                if (column.name().equals(name) && column.mayBeKey() && column.distinct() >= rows * MOSTLY && rows > 0) {
                    return List.of(name);
                }
            }
        }
        return columns.stream()
                .filter(column -> column.name().endsWith("_id"))
                .filter(column -> column.mayBeKey() && rows > 1 && column.distinct() == rows)
                .map(ColumnGuess::name)
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    /** The column of this name. */
    ColumnGuess column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
