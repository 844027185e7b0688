package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.loader.NoRejects;
import io.millrace.testkit.loader.StagingRun;
import io.millrace.testkit.transform.RecordedRejects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaUpsertTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("kind", DataType.STRING),
            Field.of("value", DataType.STRING),
            Field.of("p", DataType.INT32));

    @TempDir
    Path folder;

    private Path lake() {
        return folder.resolve("lake");
    }

    private DeltaLoader loader(String limit) {
        LoadMode mode = new LoadMode.Upsert(List.of("id", "kind"));
        return new DeltaLoader(
                TestSettings.settings(mode, List.of("p"), SchemaPolicy.EVOLVE, limit), TestTables.storage(lake()));
    }

    private static Map<String, Object> row(long id, String kind, String value, int p) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("kind", kind);
        row.put("value", value);
        row.put("p", p);
        return row;
    }

    private List<Map<String, Object>> table() {
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("1MB"))) {
            return Reading.rows(extractor, Reading.splits(extractor.plan(ExtractRequest.everything(100))));
        }
    }

    private void upsert(String run, List<Map<String, Object>> rows) {
        TestTables.load(loader("10GB"), run, Batch.ofRecords(SCHEMA, rows));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTableIsThatOfANaiveMap(long seed) {
        Random random = new Random(seed);
        Map<List<Object>, Map<String, Object>> expected = new HashMap<>();
        for (int run = 0; run < 6; run++) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                long id = random.nextInt(60);
                // The order of rows is kept within a partition only.
                int partition = (int) (id + 31L * run) % 3;
                rows.add(row(id, "k" + random.nextInt(2), "v" + run + "." + i, partition));
            }
            rows.forEach(row -> expected.put(List.of(row.get("id"), row.get("kind")), row));
            upsert("run-" + run, rows);
            assertThat(table()).as("seed %d, run %d", seed, run).containsExactlyInAnyOrderElementsOf(expected.values());
        }
        assertThat(TestTables.read(TestTables.files(lake()))).hasSize(expected.size());
        assertThat(DeltaLoaderContractTest.leftovers(TestTables.files(lake())))
                .as("files of older versions, which stay until VACUUM")
                .isPositive();
    }

    /** A row too many in a piece is no row of the table; neither is one that is rejected. */
    @Test
    void rowsThatTheirPieceSupersedesCountAsDeduplicated() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(row(i % 400, i % 5 == 0 ? null : "k", "v" + i, 1));
        }
        long withKind = rows.stream().filter(row -> row.get("kind") != null).count();
        long keys = rows.stream()
                .filter(row -> row.get("kind") != null)
                .map(row -> row.get("id"))
                .distinct()
                .count();
        RecordedRejects rejects = new RecordedRejects();
        try (StagingRun run = new StagingRun(loader("10GB"), SCHEMA, new Lineage("p", "run-1"), "run-1");
                StagingWriter writer = run.open("split-0.0", 0)) {
            for (int from = 0; from < 1_000; from += 300) {
                writer.write(Batch.ofRecords(SCHEMA, rows.subList(from, Math.min(1_000, from + 300))), rejects);
            }
            Staged staged = writer.stage();
            assertThat(staged.rows()).isEqualTo(keys);
            assertThat(rejects.deduplicatedRows()).isEqualTo((int) (withKind - keys));
            assertThat(rejects.rejected()).hasSize((int) (1_000 - withKind));
            run.commit(staged);
        }
        assertThat(table()).hasSize((int) keys);
    }

    /** A folder's name has room for so much: the row is not written, and supersedes nothing. */
    /** Pieces are committed in the order of the plan, whichever worker was quicker. */
    @Test
    void betweenPiecesTheLaterInTheCommitWinsWhicheverWasStagedFirst() {
        List<Map<String, Object>> earlier = List.of(row(1, "k", "earlier", 1), row(2, "k", "earlier", 1));
        List<Map<String, Object>> later = List.of(row(1, "k", "later", 1));
        for (boolean laterFirst : new boolean[] {false, true}) {
            String name = "run-" + laterFirst;
            try (StagingRun run = new StagingRun(loader("10GB"), SCHEMA, new Lineage("p", name), name)) {
                Staged second = laterFirst ? run.stage("split-1.0", Batch.ofRecords(SCHEMA, later)) : null;
                Staged first = run.stage("split-0.0", Batch.ofRecords(SCHEMA, earlier));
                second = second == null ? run.stage("split-1.0", Batch.ofRecords(SCHEMA, later)) : second;
                // Each piece counts what it brings to the table, as if it were alone.
                assertThat(first.rows() + second.rows()).isEqualTo(3);
                run.commit(first, second);
                run.cleanup();
            }
            assertThat(table()).containsExactlyInAnyOrder(later.get(0), earlier.get(1));
        }
    }

    @Test
    void rowsRejectedForTheirPartitionSupersedeNothing() {
        Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of("p", DataType.STRING));
        String tooLong = "x".repeat(300);
        Batch batch = Batch.ofRecords(
                schema,
                List.of(
                        Map.of("id", 1L, "p", tooLong),
                        Map.of("id", 1L, "p", tooLong),
                        Map.of("id", 1L, "p", "a"),
                        Map.of("id", 2L, "p", tooLong),
                        Map.of("id", 2L, "p", tooLong)));
        RecordedRejects rejects = new RecordedRejects();
        DeltaLoader loader = TestTables.loader(lake(), new LoadMode.Upsert(List.of("id")), "p");
        try (StagingRun run = new StagingRun(loader, schema, new Lineage("p", "run-1"), "run-1");
                StagingWriter writer = run.open("split-0.0", 0)) {
            writer.write(batch, rejects);
            assertThat(writer.stage().rows()).isEqualTo(1);
        }
        assertThat(rejects.rejected()).hasSize(4);
        assertThat(rejects.deduplicatedRows()).isZero();
    }

    @Test
    void filesThatHoldNoneOfTheKeysStayAsTheyAre() {
        upsert("run-1", List.of(row(1, "a", "old", 1)));
        upsert("run-2", List.of(row(1000, "a", "old", 1)));
        TableFiles files = TestTables.files(lake());
        List<String> before = ActiveFiles.of(files, new DeltaTable(files).require()).stream()
                .map(file -> file.getPath())
                .toList();
        upsert("run-3", List.of(row(1000, "a", "new", 2)));
        List<String> after = ActiveFiles.of(files, new DeltaTable(files).require()).stream()
                .map(file -> file.getPath())
                .toList();
        assertThat(after)
                .contains(before.stream()
                        .filter(path -> path.contains("run-1"))
                        .findFirst()
                        .orElseThrow());
        assertThat(after).hasSize(2);
        assertThat(table()).containsExactlyInAnyOrder(row(1, "a", "old", 1), row(1000, "a", "new", 2));
    }

    @Test
    void aRowWithoutAWholeKeyIsRejected() {
        RecordedRejects rejects = new RecordedRejects();
        try (StagingRun run = new StagingRun(loader("10GB"), SCHEMA, new Lineage("p", "run-1"), "run-1");
                StagingWriter writer = run.open("split-0.0", 0)) {
            writer.write(Batch.ofRecords(SCHEMA, List.of(row(1, null, "x", 1), row(2, "a", "y", 1))), rejects);
            run.commit(writer.stage());
        }
        assertThat(table()).containsExactly(row(2, "a", "y", 1));
        assertThat(rejects.toString()).isNotEmpty();
    }

    @Test
    void aTableAboveTheLimitIsRefusedAndSparkNamed() {
        upsert("run-1", List.of(row(1, "a", "x", 1)));
        assertThatThrownBy(() -> loader("1B").validate(SCHEMA))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("upsert_limit")
                .hasMessageContaining("engine: spark");
        assertThatThrownBy(() -> loader("10GB").validate(SCHEMA.with(0, Field.of("id", DataType.FLOAT64))))
                .hasMessageContaining("key column 'id' is float64");
    }

    @Test
    void anEmptyUpsertLeavesTheTable() {
        upsert("run-1", List.of(row(1, "a", "x", 1)));
        try (StagingRun run = new StagingRun(loader("10GB"), SCHEMA, new Lineage("p", "run-2"), "run-2")) {
            try (StagingWriter writer = run.open("split-0.0", 0)) {
                writer.write(Batch.ofRecords(SCHEMA, List.of()), new NoRejects());
                run.commit(writer.stage());
            }
        }
        assertThat(table()).containsExactly(row(1, "a", "x", 1));
    }
}
