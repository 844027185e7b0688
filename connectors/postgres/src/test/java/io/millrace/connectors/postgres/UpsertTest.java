package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.DirectWriter;
import io.millrace.api.Receipt;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.loader.DirectRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several rows of a key stays. */
class UpsertTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("k", DataType.INT32, false),
            Field.of("version", DataType.INT32),
            Field.of("minor", DataType.INT32),
            Field.of("text", DataType.STRING));

    private final TargetUnderTest target = TargetUnderTest.fresh();

    private static Map<String, Object> row(int k, Integer version, Integer minor, String text) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("k", k);
        row.put("version", version);
        row.put("minor", minor);
        row.put("text", text);
        return row;
    }

    private Receipt load(DirectRun run, String piece, List<Map<String, Object>> rows) {
        try (DirectWriter writer = run.open(piece, 0)) {
            Receipt receipt = DirectRun.write(writer, Batch.ofRecords(SCHEMA, rows));
            writer.commit("note");
            return receipt;
        }
    }

    private List<String> texts() {
        return target.column("SELECT text FROM target ORDER BY k");
    }

    @Test
    void withoutAnOrderTheLaterRowStays() {
        target.upsert(List.of("k"));
        try (DirectRun run = target.run(SCHEMA)) {
            assertThat(load(
                            run,
                            "a",
                            List.of(row(1, 9, null, "first"), row(2, 1, null, "two"), row(1, 1, null, "last"))))
                    .isEqualTo(new Receipt(2, 1));
            assertThat(load(run, "b", List.of(row(2, 0, null, "two again")))).isEqualTo(new Receipt(1, 0));
        }
        assertThat(texts()).containsExactly("last", "two again");
    }

    @Test
    void theGreatestStaysAndEarlierOnesAreCounted() {
        target.upsert(List.of("k"), "version", "minor");
        try (DirectRun run = target.run(SCHEMA)) {
            assertThat(load(run, "a", List.of(row(1, 2, 1, "greatest"), row(1, 2, null, "less"), row(1, 1, 9, "old"))))
                    .isEqualTo(new Receipt(1, 2));
            assertThat(load(run, "b", List.of(row(1, 2, 0, "too old")))).isEqualTo(new Receipt(0, 1));
            assertThat(load(run, "c", List.of(row(1, null, 5, "no version")))).isEqualTo(new Receipt(0, 1));
            assertThat(texts()).containsExactly("greatest");
            assertThat(load(run, "d", List.of(row(1, 2, 1, "equal")))).isEqualTo(new Receipt(1, 0));
            assertThat(texts()).containsExactly("equal");
        }
    }

    @Test
    void columnsThatTheRowsLackAreKept() {
        target.upsert(List.of("k"));
        target.execute(
                "CREATE TABLE target (k int PRIMARY KEY, version int, minor int, text text, note text)",
                "INSERT INTO target VALUES (1, 1, 1, 'old', 'kept')");
        try (DirectRun run = target.run(SCHEMA)) {
            load(run, "a", List.of(row(1, 2, 2, "new")));
        }
        assertThat(target.column("SELECT text || ' ' || note FROM target")).containsExactly("new kept");
    }

    @Test
    void rowsOfNothingButKeysAreCountedOnce() {
        Schema onlyKeys = Schema.of(new Field("k", DataType.INT32, false));
        target.upsert(List.of("k"));
        try (DirectRun run = target.run(onlyKeys);
                DirectWriter writer = run.open("a", 0)) {
            assertThat(DirectRun.write(
                            writer, Batch.ofRecords(onlyKeys, List.of(Map.of("k", 1), Map.of("k", 1), Map.of("k", 2)))))
                    .isEqualTo(new Receipt(2, 1));
            writer.commit("note");
        }
        assertThat(target.column("SELECT k FROM target ORDER BY k")).containsExactly("1", "2");
    }

    /** In whatever order pieces arrive, with an order the outcome is the same as that of a map. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theOutcomeIsThatOfAMap(long number) {
        long seed = Long.getLong("millrace.seed", 990L) + number;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        target.upsert(List.of("k"), "version", "minor");
        Comparator<Integer> nullsLeast = Comparator.nullsFirst(Comparator.naturalOrder());
        Map<Integer, Map<String, Object>> oracle = new TreeMap<>();
        long loaded = 0;
        long rows = 0;
        try (DirectRun run = target.run(SCHEMA)) {
            for (int piece = 0; piece < 6; piece++) {
                List<Map<String, Object>> batch = new ArrayList<>();
                for (int i = random.nextInt(60); i > 0; i--) {
                    Map<String, Object> row = row(random.nextInt(25), some(random), some(random), "row " + ++rows);
                    batch.add(row);
                    oracle.merge((Integer) row.get("k"), row, (there, ours) -> {
                        int major = nullsLeast.compare((Integer) ours.get("version"), (Integer) there.get("version"));
                        int minor = nullsLeast.compare((Integer) ours.get("minor"), (Integer) there.get("minor"));
                        return (major != 0 ? major : minor) >= 0 ? ours : there;
                    });
                }
                Receipt receipt = load(run, "split-" + piece, batch);
                assertThat(receipt.loaded() + receipt.deduplicated()).isEqualTo(batch.size());
                loaded += receipt.loaded();
            }
        }
        assertThat(loaded).isGreaterThanOrEqualTo(oracle.size());
        assertThat(target.query("SELECT * FROM target ORDER BY k")).containsExactlyElementsOf(oracle.values());
    }

    private static Integer some(Random random) {
        return random.nextInt(4) == 0 ? null : (Integer) random.nextInt(3);
    }
}
