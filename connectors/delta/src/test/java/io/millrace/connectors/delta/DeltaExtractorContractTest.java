package io.millrace.connectors.delta;

import io.millrace.api.Extractor;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class DeltaExtractorContractTest implements ExtractorContract {
    static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("day", DataType.DATE),
            Field.of("name", DataType.STRING),
            Field.of("price", DataType.decimal(20, 2)),
            Field.of("score", DataType.FLOAT64),
            Field.of("tags", DataType.list(DataType.STRING)),
            Field.of("country", DataType.STRING),
            Field.of("created_at", DataType.TIMESTAMP));

    @TempDir
    Path folder;

    @Override
    public ExtractorSubject subject() {
        return new Subject(folder.resolve("lake"));
    }

    static Batch rows(int first, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", (long) i);
            row.put("day", i % 7 == 0 ? null : LocalDate.of(2024, 1, 1 + i % 3));
            row.put("name", i % 5 == 0 ? null : "name " + i);
            row.put(
                    "price",
                    new BigDecimal("1.25").multiply(BigDecimal.valueOf(i)).setScale(2));
            row.put("score", i / 3.0);
            row.put("tags", i % 4 == 0 ? null : List.of("a", "b" + i));
            row.put("country", i % 2 == 0 ? "de" : null);
            row.put("created_at", i % 50 == 0 ? null : Instant.ofEpochSecond(1_704_067_200L + i, 123_456_000));
            rows.add(row);
        }
        return Batch.ofRecords(SCHEMA, rows);
    }

    private static final class Subject implements ExtractorSubject {
        private final Path table;
        private final List<Map<String, Object>> rows = new ArrayList<>();

        Subject(Path table) {
            this.table = table;
            addRows();
            addRows();
        }

        @Override
        public Extractor extractor() {
            return TestTables.extractor(table, TestSettings.source("4KB"));
        }

        @Override
        public List<Map<String, Object>> rows() {
            return List.copyOf(rows);
        }

        @Override
        public long undecodableRows() {
            return 0;
        }

        @Override
        public void addRows() {
            Batch more = DeltaExtractorContractTest.rows(rows.size(), 300);
            TestTables.load(
                    TestTables.loader(table, new LoadMode.Append(), "day", "country"), "run-" + rows.size(), more);
            rows.addAll(more.records());
        }

        @Override
        public Optional<String> secret() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> missing() {
            return Optional.of(TestTables.extractor(table.resolveSibling("nowhere"), TestSettings.source("1MB")));
        }

        @Override
        public Optional<Extractor> unreachable() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> denied() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> silent() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
