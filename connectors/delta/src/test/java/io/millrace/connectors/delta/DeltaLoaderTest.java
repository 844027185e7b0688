package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
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
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaLoaderTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("name", DataType.STRING), Field.of("doc", DataType.JSON));

    @TempDir
    Path folder;

    private Path lake() {
        return folder.resolve("lake");
    }

    private DeltaLoader loader(LoadMode mode, SchemaPolicy schema, String... partitionBy) {
        return new DeltaLoader(
                TestSettings.settings(mode, List.of(partitionBy), schema, "10GB"), TestTables.storage(lake()));
    }

    private DeltaLoader appending(SchemaPolicy schema) {
        return loader(new LoadMode.Append(), schema);
    }

    private StagingRun run(String run) {
        return new StagingRun(appending(SchemaPolicy.EVOLVE), SCHEMA, new Lineage("p", run), run);
    }

    private static Batch rows(long... ids) {
        return Batch.ofRecords(
                SCHEMA,
                LongStream.of(ids)
                        .mapToObj(id -> Map.of("id", id, "name", "n" + id, "doc", "{\"id\":" + id + "}"))
                        .toList());
    }

    private List<JsonNode> log(int version) throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        for (String line : Files.readAllLines(lake().resolve("_delta_log/%020d.json".formatted(version)))) {
            actions.add(new ObjectMapper().readTree(line));
        }
        return actions;
    }

    private static void assertRefused(Runnable call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContainingAll(words);
    }

    @Test
    void aRunIsOneCommitNamedByItsId() throws Exception {
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-1", rows(1), rows(2));
        List<JsonNode> commit = log(1);
        assertThat(commit)
                .filteredOn(action -> action.has("txn"))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.at("/txn/appId").asText()).isEqualTo("millrace/p/run-1");
                    assertThat(action.at("/txn/version").asLong()).isEqualTo(1);
                });
        assertThat(commit).filteredOn(action -> action.has("add")).hasSize(1);
        assertThat(lake().resolve("_delta_log/00000000000000000002.json")).doesNotExist();
        assertThat(log(0))
                .filteredOn(action -> action.has("metaData"))
                .singleElement()
                .satisfies(
                        action -> assertThat(action.at("/metaData/configuration/delta.setTransactionRetentionDuration")
                                        .asText())
                                .isEqualTo("interval 2592000 seconds"));
        assertThat(TestTables.read(TestTables.files(lake())))
                .extracting(row -> row.get("doc"))
                .containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void statisticsAreWideEnoughForEveryReader() throws Exception {
        Schema schema = Schema.of(
                Field.of("n", DataType.INT32),
                Field.of("text", DataType.STRING),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("day", DataType.DATE),
                Field.of("price", DataType.decimal(30, 4)),
                Field.of("score", DataType.FLOAT64),
                Field.of("wild", DataType.FLOAT64),
                Field.of("flag", DataType.BOOLEAN),
                Field.of("tags", DataType.list(DataType.STRING)));
        Map<String, Object> row = new HashMap<>();
        row.put("n", 7);
        row.put("text", "x".repeat(40));
        row.put("at", Instant.parse("2024-01-01T00:00:00.123456Z"));
        row.put("day", LocalDate.of(2024, 2, 29));
        row.put("price", new BigDecimal("12345678901234567890.1234"));
        row.put("score", 0.1);
        row.put("wild", Double.NaN);
        row.put("flag", true);
        Batch batch = Batch.ofRecords(schema, List.of(row, Map.of("n", 9)));
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-1", batch);
        JsonNode add =
                log(1).stream().filter(action -> action.has("add")).findFirst().orElseThrow();
        String statistics = add.at("/add/stats").asText();
        assertThat(statistics)
                .isEqualTo("{\"numRecords\":2,\"minValues\":{\"n\":7,\"text\":\"" + "x".repeat(32)
                        + "\",\"at\":\"2024-01-01T00:00:00.123Z\",\"day\":\"2024-02-29\","
                        + "\"price\":12345678901234567890.1234,\"score\":0.1},\"maxValues\":{\"n\":9,\"text\":\""
                        + "x".repeat(32) + "\udbff\udfff\",\"at\":\"2024-01-01T00:00:00.124Z\",\"day\":\"2024-02-29\","
                        + "\"price\":12345678901234567890.1234,\"score\":0.1},\"nullCount\":{\"n\":0,\"text\":1,\"at\":1,"
                        + "\"day\":1,\"price\":1,\"score\":1,\"wild\":1,\"flag\":1}}");
    }

    @Test
    void newColumnsAreAddedAndLackingOnesBecomeNull() {
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-1", rows(1));
        Schema wider = Schema.of(Field.of("id", DataType.INT64), Field.of("more", DataType.DATE));
        Batch batch = Batch.ofRecords(wider, List.of(Map.of("id", 2L, "more", LocalDate.of(2024, 1, 1))));
        assertRefused(() -> appending(SchemaPolicy.FREEZE).validate(wider), "'more' is new", "schema: freeze");
        assertRefused(
                () -> appending(SchemaPolicy.FREEZE).validate(SCHEMA.project(List.of("id", "name"))),
                "'doc' is missing");
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-2", batch);
        List<Map<String, Object>> found;
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("1MB"))) {
            found = Reading.rows(
                    extractor, Reading.splits(extractor.plan(io.millrace.api.ExtractRequest.everything(10))));
        }
        assertThat(found).hasSize(2).allSatisfy(row -> assertThat(row.keySet())
                .containsExactly("id", "name", "doc", "more"));
        assertThat(found).anySatisfy(row -> assertThat(row)
                .containsEntry("id", 2L)
                .containsEntry("name", null)
                .containsEntry("more", LocalDate.of(2024, 1, 1)));
        assertThat(found)
                .anySatisfy(row -> assertThat(row).containsEntry("id", 1L).containsEntry("more", null));
        assertThat(TestTables.read(TestTables.files(lake()))).hasSize(2);
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-1", rows(1));
        assertRefused(
                () -> appending(SchemaPolicy.EVOLVE).validate(SCHEMA.with(0, Field.of("id", DataType.STRING))),
                "'id' is string, but long there");
        assertRefused(
                () -> appending(SchemaPolicy.EVOLVE).validate(SCHEMA.with(0, Field.of("ID", DataType.INT64))),
                "'ID' is 'id' there");
        assertRefused(
                () -> loader(new LoadMode.Append(), SchemaPolicy.EVOLVE, "name").validate(SCHEMA),
                "partition_by is [name]");
        assertRefused(
                () -> appending(SchemaPolicy.EVOLVE).validate(Schema.of(Field.of("a b", DataType.INT64))),
                "'a b'",
                "rename");
        assertRefused(
                () -> appending(SchemaPolicy.EVOLVE)
                        .validate(Schema.of(Field.of("a", DataType.INT64), Field.of("A", DataType.INT64))),
                "'A'",
                "case");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/part-0.parquet"), "x");
        assertRefused(
                () -> TestTables.loader(folder.resolve("other"), new LoadMode.Append())
                        .validate(SCHEMA),
                "part-0.parquet",
                "CONVERT TO DELTA");
    }

    @Test
    void settingsThatContradictAreRefused() {
        assertThatThrownBy(() -> TestSettings.settings(new LoadMode.OverwritePartitions(), List.of()))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, bad -> assertThat(bad.key()).isEqualTo("mode"));
        assertThatThrownBy(() -> new LoadMode.Upsert(List.of())).isInstanceOf(InvalidSetting.class);
    }

    @Test
    void moreThanTenCommitsMakeACheckpointThatReadersUse() throws Exception {
        for (int i = 1; i <= 12; i++) {
            TestTables.load(appending(SchemaPolicy.EVOLVE), "run-" + i, rows(i));
        }
        assertThat(lake().resolve("_delta_log/00000000000000000010.checkpoint.parquet"))
                .isNotEmptyFile();
        assertThat(lake().resolve("_delta_log/_last_checkpoint")).exists();
        assertThat(lake().resolve("_delta_log/00000000000000000012.crc")).exists();
        for (int version = 0; version < 10; version++) {
            Files.delete(lake().resolve("_delta_log/%020d.json".formatted(version)));
        }
        assertThat(TestTables.read(TestTables.files(lake()))).hasSize(12);
        try (StagingRun again = run("run-3")) {
            assertThat(again.commit()).isEqualTo(CommitResult.ALREADY_COMMITTED);
        }
        assertThat(DeltaLoaderContractTest.leftovers(TestTables.files(lake()))).isZero();
    }

    @Test
    void aCommitStandsWhereItsCheckpointFails() throws Exception {
        for (int i = 1; i <= 9; i++) {
            TestTables.load(appending(SchemaPolicy.EVOLVE), "run-" + i, rows(i));
        }
        Files.createDirectories(lake().resolve("_delta_log/00000000000000000010.checkpoint.parquet/in-the-way"));
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-10", rows(10));
        Files.delete(lake().resolve("_delta_log/00000000000000000010.checkpoint.parquet/in-the-way"));
        Files.delete(lake().resolve("_delta_log/00000000000000000010.checkpoint.parquet"));
        assertThat(TestTables.read(TestTables.files(lake()))).hasSize(10);
    }

    @Test
    void cleanupKeepsWhatTheLogNamesAndRemovesWhatADiscardedRunLeft() throws Exception {
        TestTables.load(appending(SchemaPolicy.EVOLVE), "run-1", rows(1));
        StagingRun discarded = run("run-2");
        discarded.stage("split-0.0", rows(2));
        StagingWriter half = discarded.open("split-1.0", 0);
        half.write(rows(3), new NoRejects());
        TestTables.load(loader(new LoadMode.Overwrite(), SchemaPolicy.EVOLVE), "run-3", rows(4));
        try (StagingRun next = run("run-4")) {
            next.loader().cleanup(new Lineage("p", "run-2"), List.of());
            // A version that is still to be read names it.
            next.loader().cleanup(new Lineage("p", "run-1"), List.of());
        }
        try (Stream<Path> files = Files.walk(lake().resolve("millrace"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
        TableFiles files = TestTables.files(lake());
        assertThat(TestTables.read(files, new DeltaTable(files).at(1))).hasSize(1);
        assertThatThrownBy(() -> discarded.commit())
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.FENCED));
    }

    @Test
    void aStagedFileThatIsGoneStopsTheCommit() throws Exception {
        try (StagingRun run = run("run-1")) {
            Staged staged = run.stage("split-0.0", rows(1));
            try (Stream<Path> files = Files.walk(lake().resolve("millrace"))) {
                files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
            }
            assertThatThrownBy(() -> run.commit(staged))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.STALE));
        }
    }

    @Test
    void aPathWithBlanksAndSignsWorks() {
        Path odd = folder.resolve("a b/ü%20#x");
        TestTables.load(TestTables.loader(odd, new LoadMode.Append(), "name"), "run 1/ü", rows(1, 2));
        assertThat(TestTables.read(TestTables.files(odd))).hasSize(2);
        try (DeltaExtractor extractor = TestTables.extractor(odd, TestSettings.source("1MB"))) {
            assertThat(Reading.rows(
                            extractor, Reading.splits(extractor.plan(io.millrace.api.ExtractRequest.everything(10)))))
                    .hasSize(2);
        }
    }
}
