package io.millrace.app.matrix;

import io.millrace.core.embedded.Source;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Read back through the log: files that it does not name are no rows. */
final class DeltaTarget implements MatrixTarget {
    @Override
    public String name() {
        return "delta";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Place create(Path workspace) {
        return new Table(workspace.resolve("table"));
    }

    private record Table(Path folder) implements Place {
        @Override
        public String settings() {
            return "delta: {path: table}";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> rows() {
            try (Source table = Source.of("delta", Map.of()).connect();
                    Stream<Map<String, Object>> records = table.extract(folder.toString())) {
                return records.map(record -> Events.canonical(
                                (Long) record.get("event_id"),
                                (Long) record.get("user_id"),
                                (String) record.get("event_type"),
                                (Double) record.get("rating"),
                                ((BigDecimal) record.get("price"))
                                        .movePointRight(2)
                                        .longValueExact(),
                                (Instant) record.get("created_at")))
                        .sorted()
                        .toList();
            }
        }

        @Override
        public List<String> leftovers() {
            return List.of();
        }
    }
}
