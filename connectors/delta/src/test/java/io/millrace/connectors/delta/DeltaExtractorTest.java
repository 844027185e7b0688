package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaExtractorTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("created_at", DataType.TIMESTAMP), Field.of("p", DataType.INT32));

    @TempDir
    Path folder;

    private Path lake() {
        return folder.resolve("lake");
    }

    private static Batch rows(long... ids) {
        return Batch.ofRecords(
                SCHEMA,
                LongStream.of(ids)
                        .mapToObj(id -> Map.of("id", id, "created_at", Instant.ofEpochSecond(id), "p", (int) (id % 3)))
                        .toList());
    }

    private void append(String run, long... ids) {
        TestTables.load(TestTables.loader(lake(), new LoadMode.Append(), "p"), run, rows(ids));
    }

    private DeltaExtractor increments(ChangePolicy changes) {
        return TestTables.extractor(lake(), TestSettings.increments(changes));
    }

    private static ExtractRequest after(String position) {
        return new ExtractRequest(Optional.empty(), Optional.ofNullable(position), Optional.empty(), 100);
    }

    private static List<Object> ids(DeltaExtractor extractor, Plan plan) {
        return new ArrayList<>(Reading.rows(extractor, Reading.splits(plan)).stream()
                .map(row -> row.get("id"))
                .toList());
    }

    @Test
    void eachIncrementTakesWhatCommitsAddedSinceTheLast() {
        append("run-1", 1, 2);
        String position;
        try (DeltaExtractor first = increments(ChangePolicy.REFUSE)) {
            Plan plan = first.plan(after(null));
            assertThat(ids(first, plan)).containsExactlyInAnyOrder(1L, 2L);
            position = plan.nextPosition().orElseThrow();
        }
        append("run-2", 3);
        append("run-3", 4, 5);
        try (DeltaExtractor second = increments(ChangePolicy.REFUSE)) {
            Plan plan = second.plan(after(position));
            append("run-4", 6);
            assertThat(ids(second, plan)).containsExactlyInAnyOrder(3L, 4L, 5L);
            Plan again = second.plan(after(plan.nextPosition().orElseThrow()));
            assertThat(ids(second, again)).isEmpty();
            position = plan.nextPosition().orElseThrow();
        }
        try (DeltaExtractor third = increments(ChangePolicy.REFUSE)) {
            assertThat(ids(third, third.plan(after(position)))).containsExactly(6L);
        }
    }

    @Test
    void aResumedRunHasThePlannedColumnsThoughTheTableHasMore() {
        append("run-1", 1, 2);
        Plan plan;
        List<Split> splits;
        try (DeltaExtractor planner = increments(ChangePolicy.REFUSE)) {
            plan = planner.plan(after(null));
            splits = Reading.splits(plan);
        }
        Schema wider = Schema.of(SCHEMA.field(0), SCHEMA.field(1), SCHEMA.field(2), Field.of("more", DataType.STRING));
        TestTables.load(
                TestTables.loader(lake(), new LoadMode.Append(), "p"),
                "run-2",
                Batch.ofRecords(wider, List.of(Map.of("id", 3L, "created_at", Instant.EPOCH, "p", 0, "more", "x"))));
        try (DeltaExtractor resumed = increments(ChangePolicy.REFUSE)) {
            resumed.resume(plan.pin());
            assertThat(resumed.schema().names()).containsExactlyElementsOf(SCHEMA.names());
            assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
            assertThat(Reading.rows(resumed, splits)).hasSize(2);
        }
    }

    @Test
    void anIncrementOverARewriteIsRefusedOrRedelivered() {
        append("run-1", 1, 2);
        String position;
        try (DeltaExtractor first = increments(ChangePolicy.REFUSE)) {
            position = first.plan(after(null)).nextPosition().orElseThrow();
        }
        append("run-2", 3, 4);
        TestTables.load(TestTables.loader(lake(), new LoadMode.OverwritePartitions(), "p"), "run-3", rows(6, 9));
        try (DeltaExtractor refusing = increments(ChangePolicy.REFUSE)) {
            assertThatThrownBy(() -> refusing.plan(after(position)))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining("version 3")
                    .hasMessageContaining("--full")
                    .hasMessageContaining("redeliver");
        }
        try (DeltaExtractor redelivering = increments(ChangePolicy.REDELIVER)) {
            // 3 was in partition 0, which the overwrite replaced.
            assertThat(ids(redelivering, redelivering.plan(after(position)))).containsExactlyInAnyOrder(4L, 6L, 9L);
        }
    }

    @Test
    void aPositionOfAnotherTableOrAClearedLogIsRefused() throws Exception {
        append("run-1", 1);
        String position;
        try (DeltaExtractor first = increments(ChangePolicy.REFUSE)) {
            position = first.plan(after(null)).nextPosition().orElseThrow();
        }
        for (int i = 2; i < 14; i++) {
            append("run-" + i, i);
        }
        for (int i = 0; i < 5; i++) {
            Files.delete(lake().resolve("_delta_log/0000000000000000000" + i + ".json"));
        }
        try (DeltaExtractor second = increments(ChangePolicy.REFUSE)) {
            assertThatThrownBy(() -> second.plan(after(position)))
                    .hasMessageContaining("does not reach back")
                    .hasMessageContaining("--full");
            assertThat(ids(second, second.plan(ExtractRequest.everything(100)))).hasSize(13);
        }
        try (DeltaExtractor other = increments(ChangePolicy.REFUSE)) {
            String foreign = new TablePosition(1, "another", 0).text();
            assertThatThrownBy(() -> other.plan(after(foreign))).hasMessageContaining("another than the one");
        }
    }

    @Test
    void olderVersionsAndTimesAreRead() throws Exception {
        append("run-1", 1);
        append("run-2", 2);
        DeltaSourceSettings settings = TestSettings.source("1MB");
        DeltaSourceSettings second = new DeltaSourceSettings(
                "lake",
                Optional.of(1L),
                Optional.empty(),
                List.of("id"),
                Optional.empty(),
                false,
                ChangePolicy.REFUSE,
                settings.splitSize(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (DeltaExtractor extractor = TestTables.extractor(lake(), second)) {
            assertThat(extractor.schema().names()).containsExactly("id");
            assertThat(ids(extractor, extractor.plan(ExtractRequest.everything(100))))
                    .containsExactly(1L);
        }
        DeltaSourceSettings never = new DeltaSourceSettings(
                "lake",
                Optional.of(9L),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                ChangePolicy.REFUSE,
                settings.splitSize(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (DeltaExtractor extractor = TestTables.extractor(lake(), never)) {
            assertThatThrownBy(extractor::schema)
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER));
        }
        Instant soon =
                Instant.ofEpochMilli(Files.getLastModifiedTime(lake().resolve("_delta_log/00000000000000000001.json"))
                        .toMillis());
        DeltaSourceSettings asOf = new DeltaSourceSettings(
                "lake",
                Optional.empty(),
                Optional.of(soon),
                List.of(),
                Optional.empty(),
                false,
                ChangePolicy.REFUSE,
                settings.splitSize(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (DeltaExtractor extractor = TestTables.extractor(lake(), asOf)) {
            assertThat(ids(extractor, extractor.plan(ExtractRequest.everything(100))))
                    .contains(1L);
        }
    }

    @Test
    void aWindowSkipsFilesByTheirStatistics() {
        append("run-1", 0, 1, 2);
        append("run-2", 1000, 1001, 1002);
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("1B"))) {
            Optional<TimeWindow> window = TimeWindow.between(Instant.ofEpochSecond(1001), null);
            Plan plan = extractor.plan(ExtractRequest.of(window, 100));
            List<Split> splits = Reading.splits(plan);
            assertThat(splits).hasSize(2);
            assertThat(Reading.rows(extractor, splits))
                    .extracting(row -> row.get("id"))
                    .containsExactlyInAnyOrder(1001L, 1002L);
        }
    }

    @Test
    void rowsWithoutATimeAreCountedWhileThePlanIsRead() {
        append("run-1", 0, 1, 2);
        TestTables.load(
                TestTables.loader(lake(), new LoadMode.Append(), "p"),
                "run-2",
                Batch.ofRecords(SCHEMA, List.of(Map.of("id", 7L), Map.of("id", 8L, "p", 1))));
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("1B"))) {
            Plan plan = extractor.plan(ExtractRequest.of(TimeWindow.between(Instant.EPOCH, null), 100));
            assertThat(Reading.rows(extractor, Reading.splits(plan)))
                    .extracting(row -> row.get("id"))
                    .containsExactlyInAnyOrder(0L, 1L, 2L);
            assertThat(extractor.notices()).containsExactly("2 rows have no created_at and are in no window");
            Reading.splits(extractor.plan(ExtractRequest.everything(100)));
            assertThat(extractor.notices()).isEmpty();
            // One that is not read to its end is ended with the extractor.
            assertThat(extractor.plan(ExtractRequest.everything(100)).splits()).hasNext();
        }
    }

    @Test
    void aLargeFileIsCutBetweenItsRowGroups() {
        DeltaTargetSettings plain = TestSettings.settings(new LoadMode.Append(), List.of());
        DeltaTargetSettings small = new DeltaTargetSettings(
                plain.path(),
                plain.partitionBy(),
                plain.mode(),
                plain.schema(),
                plain.compression(),
                plain.compressionLevel(),
                io.millrace.api.ByteSize.parse("64KB"),
                plain.fileSize(),
                plain.transactionRetention(),
                plain.upsertLimit(),
                plain.endpoint(),
                plain.region(),
                plain.pathStyle(),
                plain.credentials());
        Batch[] batches = new Batch[20];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = rows(new java.util.Random(i).longs(8000, 0, 1L << 40).toArray());
        }
        TestTables.load(new DeltaLoader(small, TestTables.storage(lake())), "run-1", batches);
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("100KB"))) {
            List<Split> splits = Reading.splits(extractor.plan(ExtractRequest.everything(8192)));
            assertThat(splits).hasSizeGreaterThan(3).allMatch(split -> split.estimatedRows() > 0);
            assertThat(Reading.rows(extractor, splits)).hasSize(160_000);
        }
    }

    @Test
    void storedSplitsAreReadAfterACrashAndACleanedTableIsSaidSo() throws Exception {
        append("run-1", 1, 2, 3);
        Plan plan;
        List<Split> splits;
        try (DeltaExtractor dead = TestTables.extractor(lake(), TestSettings.source("1MB"))) {
            plan = dead.plan(ExtractRequest.everything(100));
            splits = Reading.splits(plan);
        }
        TestTables.load(TestTables.loader(lake(), new LoadMode.Overwrite(), "p"), "run-2", rows(9));
        try (DeltaExtractor resumed = TestTables.extractor(lake(), TestSettings.source("1MB"))) {
            assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
            assertThat(Reading.rows(resumed, splits)).hasSize(3);
            assertThat(ids(
                            resumed,
                            resumed.plan(new ExtractRequest(
                                    Optional.empty(), Optional.empty(), Optional.of(plan.pin()), 100))))
                    .containsExactlyInAnyOrder(1L, 2L, 3L);
            Files.walk(lake().resolve("millrace/p~run-1"))
                    .filter(Files::isRegularFile)
                    .forEach(file -> file.toFile().delete());
            assertThatThrownBy(() -> Reading.rows(resumed, splits))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.STALE))
                    .hasMessageContaining("VACUUM");
            assertThat(resumed.check(new TablePosition(1, "another", 0).text())).isEqualTo(PinState.RESTART);
            assertThat(resumed.check(new TablePosition(1, "another", 99).text()))
                    .isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void contradictorySettingsAreRefused() {
        DeltaSourceSettings plain = TestSettings.source("1MB");
        assertThatThrownBy(() -> new DeltaSourceSettings(
                        "lake",
                        Optional.of(1L),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        true,
                        ChangePolicy.REFUSE,
                        plain.splitSize(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, bad -> assertThat(bad.key()).isEqualTo("incremental"));
        assertThatThrownBy(() -> new DeltaSourceSettings(
                        "lake",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false,
                        ChangePolicy.REFUSE,
                        plain.splitSize(),
                        Optional.of("http://127.0.0.1:9000"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, bad -> assertThat(bad.key()).isEqualTo("path"));
    }

    @Test
    void unknownColumnsAreNamedWithTheNearest() {
        append("run-1", 1);
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("1MB", "idd"))) {
            assertThatThrownBy(extractor::schema).hasMessageContaining("did you mean 'id'?");
        }
    }
}
