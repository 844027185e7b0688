package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.connectors.files.ParquetTargetSettings.Mode;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.testkit.loader.StagingRun;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetLoaderTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("name", DataType.STRING), Field.of("at", DataType.TIMESTAMP));

    @TempDir
    Path folder;

    private Path lake() {
        return folder.resolve("lake");
    }

    private ParquetLoader loader(Mode mode, String... partitionBy) {
        return new ParquetLoader(ParquetLoaderContractTest.settings(mode, List.of(partitionBy)), lake());
    }

    private StagingRun run(Mode mode, String unit, String... partitionBy) {
        return new StagingRun(loader(mode, partitionBy), SCHEMA, new Lineage("p", "1"), unit);
    }

    private static Batch rows(long... ids) {
        return Batch.ofRecords(
                SCHEMA,
                LongStream.of(ids)
                        .mapToObj(id -> Map.of("id", id, "name", "n" + id))
                        .toList());
    }

    private static void assertRefused(ErrorKind kind, Runnable call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind))
                .hasMessageContainingAll(words);
    }

    @Test
    void isFoundByItsNameAndResolvesItsPathBesideThePipeline() {
        Connector connector = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("parquet"))
                .findFirst()
                .orElseThrow();
        assertThat(connector.source()).isEmpty();
        ParquetTarget target = (ParquetTarget) connector.target().orElseThrow();
        assertThat(target.create(
                                ParquetLoaderContractTest.settings(Mode.APPEND, List.of()),
                                new ConnectorContext(folder, RetryPolicy.NONE))
                        .describe())
                .isEqualTo("parquet " + lake());
    }

    @Test
    void anEmptyRunLeavesAFolderThatReadersCanOpen() throws Exception {
        try (StagingRun run = run(Mode.APPEND, "run-1")) {
            run.commit(run.stage("split-0.0"));
        }
        assertThat(lake().resolve("_SUCCESS")).exists();
        List<String> files = DataFiles.below(lake());
        assertThat(files).hasSize(1);
        assertThat(ParquetBatchReader.schema(lake().resolve(files.get(0)))).isEqualTo(SCHEMA);
        try (StagingRun run = run(Mode.APPEND, "run-2")) {
            run.commit();
        }
        assertThat(DataFiles.below(lake())).hasSize(1);
    }

    @Test
    void filesEndNearTheirSizeAndKeepTheirNumbers() throws Exception {
        ParquetTargetSettings settings = new ParquetTargetSettings(
                "lake",
                List.of(),
                Mode.APPEND,
                ParquetCompression.NONE,
                Optional.empty(),
                ByteSize.parse("64KB"),
                ByteSize.parse("256KB"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batches.add(rows(LongStream.range(i * 8000L, (i + 1) * 8000L).toArray()));
        }
        try (StagingRun run =
                new StagingRun(new ParquetLoader(settings, lake()), SCHEMA, new Lineage("p", "1"), "run-1")) {
            run.commit(run.stage("split-0.0", batches.toArray(Batch[]::new)));
        }
        assertThat(DataFiles.below(lake()))
                .hasSizeBetween(3, 10)
                .contains("part-run-1-split-0.0-0.parquet", "part-run-1-split-0.0-1.parquet");
    }

    @Test
    void otherColumnsThanThoseThatLieThereAreRefused() throws Exception {
        try (StagingRun run = run(Mode.APPEND, "run-1")) {
            run.commit(run.stage("split-0.0", rows(1)));
        }
        Schema wider = Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("more", DataType.DATE));
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND).validate(wider), "'more' is new", "overwrite");
        assertRefused(
                ErrorKind.USER,
                () -> loader(Mode.APPEND).validate(SCHEMA.with(0, Field.of("id", DataType.STRING))),
                "'id' is string, but int64");
        assertRefused(
                ErrorKind.USER,
                () -> loader(Mode.APPEND).validate(SCHEMA.project(List.of("id", "name"))),
                "'at'",
                "missing");
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND, "name").validate(SCHEMA), "partition_by is [name]");
        loader(Mode.OVERWRITE).validate(wider);
        loader(Mode.APPEND).validate(SCHEMA.project(List.of("name", "at", "id")));
    }

    @Test
    void columnsThatCannotBeWrittenAreRefused() {
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND, "at").validate(SCHEMA), "'at' is timestamp", "date");
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND, "nme").validate(SCHEMA), "did you mean 'name'?");
        assertRefused(
                ErrorKind.USER,
                () -> loader(Mode.APPEND, "id", "name").validate(SCHEMA.project(List.of("id", "name"))),
                "every column");
        Schema nested = Schema.of(Field.of("l", DataType.list(DataType.list(DataType.INT32))));
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND).validate(nested), "'l'", "Flatten");
    }

    @Test
    void aFileInTheFoldersPlaceIsRefused() throws Exception {
        Files.writeString(lake(), "not a folder");
        assertRefused(ErrorKind.USER, () -> loader(Mode.APPEND).validate(SCHEMA), lake().toString(), "is a file");
    }

    @Test
    void settingsThatContradictAreRefused() {
        assertThatThrownBy(() -> ParquetLoaderContractTest.settings(Mode.OVERWRITE_PARTITIONS, List.of()))
                .isInstanceOfSatisfying(
                        InvalidSetting.class, bad -> assertThat(bad.key()).isEqualTo("mode"))
                .hasMessageContaining("needs partition_by");
        assertThatThrownBy(() -> new ParquetTargetSettings(
                        "lake",
                        List.of(),
                        Mode.APPEND,
                        ParquetCompression.SNAPPY,
                        Optional.of(3),
                        ByteSize.parse("128MB"),
                        ByteSize.parse("512MB"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("only zstd and gzip");
    }

    @Test
    void aPartitionValueTooLongForAFolderIsRejected() throws Exception {
        List<String> reasons = new ArrayList<>();
        Rejects rejects = new Rejects() {
            @Override
            public void reject(Batch batch, int row, String column, String reason) {
                reasons.add(row + " " + column + " " + reason);
            }

            @Override
            public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {}

            @Override
            public void filtered(int rows) {}

            @Override
            public void deduplicated(int rows) {}
        };
        Batch batch = Batch.ofRecords(
                SCHEMA, List.of(Map.of("id", 1L, "name", "ok"), Map.of("id", 2L, "name", "é".repeat(130))));
        try (StagingRun run = run(Mode.APPEND, "run-1", "name");
                StagingWriter writer = run.open("split-0.0", 0)) {
            writer.write(batch, rejects);
            Staged staged = writer.stage();
            assertThat(staged.rows()).isEqualTo(1);
            assertThat(reasons).hasSize(1);
            assertThat(reasons.get(0)).startsWith("1 name ").contains("255 bytes");
        }
    }

    @Test
    void aFullOrForbiddenDiskSaysSo() {
        MillraceException full = FileFailure.of("cannot write to", lake(), new IOException("No space left on device"));
        assertThat(full.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(full).hasMessageContaining(lake().toString()).hasMessageContaining("KiB free");
        MillraceException denied =
                FileFailure.of("cannot write to", lake(), new AccessDeniedException(lake().toString()));
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    void anUnfinishedOverwriteIsFinishedBeforeALaterOne() throws Exception {
        StagingRun first = run(Mode.OVERWRITE, "run-1");
        StagedFile file = StagedFile.of(first.stage("split-0.0", rows(1))).get(0);
        Manifest decided = new CommitPlan(new TargetFolder(lake()), Mode.OVERWRITE).of(first.commitId(), List.of(file));
        Files.write(new TargetFolder(lake()).manifest(first.commitId()), decided.toBytes());
        try (StagingRun second = new StagingRun(loader(Mode.OVERWRITE), SCHEMA, new Lineage("p", "2"), "run-2")) {
            second.commit(second.stage("split-0.0", rows(2)));
        }
        assertThat(DataFiles.below(lake())).containsExactly("part-run-2-split-0.0-0.parquet");
        assertThat(first.commit()).isEqualTo(io.millrace.api.CommitResult.ALREADY_COMMITTED);
    }

    @Test
    void aDamagedManifestStopsWithItsName() throws Exception {
        run(Mode.APPEND, "run-1").close();
        Path manifest = lake().resolve(".millrace/commits/p~1~1~run-9.json");
        Files.writeString(manifest, "{\"checksum\":\"0\",\"manifest\":{\"format\":1}}");
        assertRefused(ErrorKind.DENIED, () -> run(Mode.APPEND, "run-2"), manifest.toString());
    }
}
