package io.millrace.testkit.extractor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads splits and checks on the way what holds for any reader. */
final class Extraction {
    private Extraction() {}

    static List<Split> splits(Plan plan) {
        List<Split> splits = new ArrayList<>();
        plan.splits().forEachRemaining(splits::add);
        return splits;
    }

    static List<Map<String, Object>> plannedRows(Extractor extractor, ExtractRequest request) {
        return rows(extractor, splits(extractor.plan(request)), request.batchRows());
    }

    static List<Map<String, Object>> rows(Extractor extractor, List<Split> splits, int batchRows) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Split split : splits) {
            rows.addAll(rows(extractor, split, batchRows, new RecordedRejects()));
        }
        return rows;
    }

    /** The rows of a split. Every row's number is used once, by a batch, a reject or a row that was left out on purpose. */
    static List<Map<String, Object>> rows(Extractor extractor, Split split, int batchRows, RecordedRejects rejects) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        int rejectedBefore = rejects.all().size();
        long filteredBefore = rejects.filtered();
        try (BatchReader reader = extractor.open(split, Optional.empty(), rejects)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                assertThat(batch.schema()).isEqualTo(extractor.schema());
                assertThat(batch.rowCount()).isBetween(1, batchRows);
                rows.addAll(batch.records());
                for (int row = 0; row < batch.rowCount(); row++) {
                    numbers.add(batch.origin().orElseThrow().ordinal(row));
                }
                assertThat(batch.origin().orElseThrow().splitId()).isEqualTo(split.id());
            }
            assertThat(reader.next()).as("behind the last batch").isNull();
            rejects.all().stream().skip(rejectedBefore).forEach(reject -> {
                assertThat(reject.splitId()).isEqualTo(split.id());
                numbers.add(reject.ordinal());
            });
            numbers.sort(null);
            assertThat(numbers).doesNotHaveDuplicates();
            long filtered = rejects.filtered() - filteredBefore;
            assertThat(reader.rowsRead()).isEqualTo(numbers.size() + filtered);
            // Without duplicates among as many places, each has one row or was left out.
            assertThat(numbers).allMatch(number -> number >= 0 && number < reader.rowsRead());
        }
        return rows;
    }

    /** A split's rows, and how many readers it took. */
    record Continued(List<Map<String, Object>> rows, int readers) {}

    /** Reads a split with a new reader behind every batch that has a resume point; each counts its own rows from zero. */
    static Continued continued(Extractor extractor, Split split) {
        List<Map<String, Object>> rows = new ArrayList<>();
        RecordedRejects rejects = new RecordedRejects();
        long counted = 0;
        int readers = 0;
        Optional<String> point = Optional.empty();
        do {
            readers++;
            try (BatchReader reader = extractor.open(split, point, rejects)) {
                point = Optional.empty();
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows.addAll(batch.records());
                    point = reader.resumePoint();
                    if (point.isPresent()) {
                        break;
                    }
                }
                counted += reader.rowsRead();
            }
        } while (point.isPresent());
        assertThat(counted)
                .as("rows counted by all readers")
                .isEqualTo(rows.size() + rejects.all().size());
        return new Continued(rows, readers);
    }

    /** Rows as texts that can be compared and counted: byte arrays by content. */
    static List<String> comparable(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> shown = new LinkedHashMap<>(row);
                    shown.replaceAll((name, value) -> value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
                    return shown.toString();
                })
                .toList();
    }
}
