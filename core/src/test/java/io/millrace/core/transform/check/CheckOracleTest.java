package io.millrace.core.transform.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BoundTransform;
import io.millrace.api.CheckTally;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Tallying;
import io.millrace.testkit.transform.RecordedRejects;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code check} against a row by row reading of its rules, on random batches with nulls and Unicode. */
class CheckOracleTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("kind", DataType.STRING),
            Field.of("price", DataType.decimal(20, 2)),
            Field.of("ts", DataType.TIMESTAMP));
    private static final String[] KINDS = {"view", "buy", "", "VIEW", "日本語", "é", "e\u0301", "😀", "vie\u0000w", "view "
    };
    private static final List<String> ALLOWED = List.of("view", "buy", "日本語", "é", "😀", "");

    private static final Map<String, Object> RULES = new LinkedHashMap<>();

    static {
        RULES.put("kind", List.of(Map.of("in", ALLOWED), Map.of("regex", "[^y]*", "severity", "warn")));
        RULES.put("price", List.of("not_null", Map.of("range", Map.of("min", -5, "max", new BigDecimal("7.25")))));
        RULES.put("id", List.of("unique", Map.of("distinct", Map.of("min", 1))));
        RULES.put("ts", Map.of("freshness", "1d", "nulls", Map.of("max", 0.5)));
        RULES.put("rows", Map.of("min", 1));
    }

    @Test
    void agreesWithTheOracle() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            try (BoundTransform bound = new CheckFactory()
                    .create(new CheckSettings(CheckRules.fromYaml(RULES)))
                    .bind(SCHEMA, null)) {
                RecordedRejects rejects = new RecordedRejects();
                Oracle oracle = new Oracle();
                List<Map<String, Object>> passed = new ArrayList<>();
                long ordinal = 0;
                for (int batch = 0; batch < 4; batch++) {
                    List<Map<String, Object>> rows = rows(random);
                    BatchBuilder builder = new BatchBuilder(SCHEMA);
                    rows.forEach(builder::appendRecord);
                    Batch kept = bound.apply(builder.build(Origin.of("s", ordinal)), rejects);
                    assertThat(kept.schema()).isEqualTo(bound.output());
                    passed.addAll(kept.records());
                    for (Map<String, Object> row : rows) {
                        oracle.row(ordinal++, row);
                    }
                }
                assertThat(passed).as("seed %d", seed).isEqualTo(oracle.passed);
                assertThat(rejects.rejected().stream().map(r -> r.ordinal() + " " + r.column() + " " + r.reason()))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(oracle.rejected);
                assertThat(((Tallying) bound).tallies()).as("seed %d", seed).containsAll(oracle.tallies());
            }
        }
    }

    private static List<Map<String, Object>> rows(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            Map<String, Object> row = new HashMap<>();
            put(random, row, "id", (long) random.nextInt(60));
            put(random, row, "kind", KINDS[random.nextInt(KINDS.length)]);
            put(random, row, "price", BigDecimal.valueOf(random.nextInt(1600) - 600, 2));
            put(random, row, "ts", Instant.ofEpochSecond(random.nextInt()));
            rows.add(row);
        }
        return rows;
    }

    private static void put(Random random, Map<String, Object> row, String name, Object value) {
        row.put(name, random.nextInt(8) == 0 ? null : value);
    }

    /** The rules, one row after the other. */
    private static final class Oracle {
        final List<Map<String, Object>> passed = new ArrayList<>();
        final List<String> rejected = new ArrayList<>();
        private final Set<Object> seen = new HashSet<>();
        private int warned;
        private int nulls;
        private long latest = CheckTally.NEVER;

        void row(long ordinal, Map<String, Object> row) {
            String kind = (String) row.get("kind");
            BigDecimal price = (BigDecimal) row.get("price");
            Instant ts = (Instant) row.get("ts");
            if (kind != null && !ALLOWED.contains(kind)) {
                rejected.add(ordinal + " kind is none of " + String.join(", ", ALLOWED));
            } else if (price == null) {
                rejected.add(ordinal + " price is null");
            } else if (price.compareTo(BigDecimal.valueOf(-5)) < 0) {
                rejected.add(ordinal + " price is below -5");
            } else if (price.compareTo(new BigDecimal("7.25")) > 0) {
                rejected.add(ordinal + " price is above 7.25");
            } else if (row.get("id") != null && !seen.add(row.get("id"))) {
                rejected.add(ordinal + " id occurs more than once");
            } else {
                Map<String, Object> ordered = new LinkedHashMap<>();
                SCHEMA.names().forEach(name -> ordered.put(name, row.get(name)));
                passed.add(ordered);
                warned += kind != null && kind.contains("y") ? 1 : 0;
                nulls += ts == null ? 1 : 0;
                latest = ts == null ? latest : Math.max(latest, ts.getEpochSecond() * 1_000_000);
            }
        }

        List<CheckTally> tallies() {
            int rows = passed.size();
            int keyed =
                    (int) passed.stream().filter(row -> row.get("id") != null).count();
            return List.of(
                    new CheckTally("kind regex", rows, warned, CheckTally.NEVER),
                    new CheckTally("id distinct", keyed, keyed, CheckTally.NEVER),
                    new CheckTally("ts freshness", rows, 0, latest),
                    new CheckTally("ts nulls", rows, nulls, CheckTally.NEVER),
                    new CheckTally("rows", rows, 0, CheckTally.NEVER));
        }
    }
}
