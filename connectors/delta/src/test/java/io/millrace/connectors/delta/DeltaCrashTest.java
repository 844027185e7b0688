package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.CommitResult;
import io.millrace.api.Failpoint;
import io.millrace.api.Lineage;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.loader.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills a process around its commit, and looks at what a successor makes of it. */
@Execution(ExecutionMode.CONCURRENT)
class DeltaCrashTest {
    static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64), Field.of("p", DataType.STRING));
    static final Lineage LINEAGE = new Lineage("crashing", "run-1");

    private static final int KILLED = 137;

    @TempDir
    Path folder;

    static Batch rows(long first, String a, long second, String b) {
        return Batch.ofRecords(SCHEMA, List.of(Map.of("id", first, "p", a), Map.of("id", second, "p", b)));
    }

    static StagingRun run(Path table, LoadMode mode) {
        return new StagingRun(TestTables.loader(table, mode, "p"), SCHEMA, LINEAGE, LINEAGE.id());
    }

    static LoadMode mode(String name) {
        return switch (name) {
            case "append" -> new LoadMode.Append();
            case "overwrite" -> new LoadMode.Overwrite();
            case "overwrite_partitions" -> new LoadMode.OverwritePartitions();
            default -> new LoadMode.Upsert(List.of("id"));
        };
    }

    private static List<Long> expected(String mode) {
        return switch (mode) {
            case "append" -> List.of(1L, 2L, 2L, 3L);
            case "overwrite" -> List.of(2L, 3L);
            case "overwrite_partitions" -> List.of(1L, 2L, 3L);
            default -> List.of(1L, 2L, 3L);
        };
    }

    /** A process that nothing kills: those that follow start quicker for it. */
    @BeforeAll
    static void rehearse(@TempDir Path rehearsal) {
        Path table = rehearsal.resolve("lake");
        ChildExit exit = process(table, "append", rehearsal.resolve("staged")).run(Duration.ofSeconds(60));
        assertThat(exit.code()).as(exit.toString()).isZero();
        assertThat(ids(table)).isEqualTo(List.of(2L, 3L));
    }

    private static ChildJvm process(Path table, String mode, Path staged) {
        return ChildJvm.of(CommitMain.class.getName()).withArguments(table.toString(), mode, staged.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "append, mid-write, 2",
        "append, mid-commit, 1",
        "append, mid-commit, 2",
        "append, during-cleanup, 1",
        "overwrite, mid-commit, 1",
        "overwrite, mid-commit, 2",
        "overwrite_partitions, mid-commit, 1",
        "overwrite_partitions, mid-commit, 2",
        "upsert, mid-commit, 1",
        "upsert, mid-commit, 2",
        "upsert, during-cleanup, 2"
    })
    void aSuccessorFinishesWhatADeadProcessBegan(String mode, String place, int count) throws Exception {
        Path table = folder.resolve("lake");
        TestTables.load(TestTables.loader(table, new LoadMode.Append(), "p"), "run-0", rows(1, "a", 2, "b"));
        Path staged = folder.resolve("staged");
        Failpoint failpoint = Failpoint.valueOf(place.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
        ChildExit exit = process(table, mode, staged)
                .withFailpoint(failpoint, count, ChildJvm.Action.KILL)
                .run(Duration.ofSeconds(60));
        assertThat(exit.code()).as(exit.toString()).isEqualTo(KILLED);

        assertThat(ids(table)).isIn(List.of(1L, 2L), expected(mode));
        try (StagingRun successor = run(table, mode(mode))) {
            List<Staged> pieces = new ArrayList<>();
            if (Files.exists(staged)) {
                for (String line : Files.readAllLines(staged)) {
                    pieces.add(new Staged(StagedFiles.CONNECTOR, StagedFiles.VERSION, line, 1));
                }
            } else {
                pieces.add(successor.stage("split-0.0", rows(2, "b", 3, "b")));
            }
            Staged[] frozen = pieces.toArray(Staged[]::new);
            assertThat(successor.commit(frozen)).isIn(CommitResult.COMMITTED, CommitResult.ALREADY_COMMITTED);
            assertThat(successor.commit(frozen)).isEqualTo(CommitResult.ALREADY_COMMITTED);
            successor.cleanup();
        }
        assertThat(ids(table)).isEqualTo(expected(mode));
        assertThat(strays(table)).isZero();
    }

    private static List<Long> ids(Path table) {
        return TestTables.read(TestTables.files(table)).stream()
                .map(row -> (Long) row.get("id"))
                .sorted()
                .toList();
    }

    /** Files of the crashed run that no version names, and uploads that nobody ended. */
    private static long strays(Path table) {
        TableFiles files = TestTables.files(table);
        List<String> left = new ArrayList<>();
        files.storage().list(TableFiles.data(LINEAGE)).forEachRemaining(object -> left.add(object.key()));
        DeltaTable log = new DeltaTable(files);
        for (long version = 0; version <= log.require().getVersion(); version++) {
            ActiveFiles.of(files, log.at(version)).forEach(file -> left.remove(DataFile.key(file.getPath())));
        }
        files.storage().uploads("").forEachRemaining(upload -> left.add(upload.id()));
        return left.size();
    }
}
