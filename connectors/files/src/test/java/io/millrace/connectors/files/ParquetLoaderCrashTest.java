package io.millrace.connectors.files;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process at the N-th point of a commit, for every N, and looks at what a successor makes of it. */
@Execution(ExecutionMode.CONCURRENT)
class ParquetLoaderCrashTest {
    static final Lineage LINEAGE = new Lineage("crashing", "b7f3-1");
    static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("name", DataType.STRING), Field.of("p", DataType.STRING));
    static final Batch OLD = rows(1, "a", 2, "b");
    static final Batch NEW = rows(3, "b", 4, "c");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ParquetTargetSettings.Mode.class)
    void aSuccessorFinishesWhateverStepTheCommitDiedAt(ParquetTargetSettings.Mode mode) throws Exception {
        try (StagingRun run = run(ParquetTargetSettings.Mode.APPEND, "run-0")) {
            run.commit(run.stage("split-0.0", OLD));
        }
        Path before = folder.resolve("before");
        copy(folder.resolve("lake"), before);
        // First a process that nothing kills: those that follow start quicker for it.
        int step = 0;
        ChildExit exit;
        do {
            restore(before);
            exit = commitInAProcess(mode, step);
            assertThat(exit.killed() || exit.code() == 0).as("%s", exit).isTrue();
            assertNothingHalf(mode, exit.code());
            try (StagingRun successor = run(mode, "run-1")) {
                Staged[] staged = stagedBy(exit);
                assertThat(successor.commit(staged)).isIn(CommitResult.COMMITTED, CommitResult.ALREADY_COMMITTED);
                assertThat(successor.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
                successor.cleanup();
            }
            assertThat(visible()).containsExactlyInAnyOrderElementsOf(expected(mode));
            assertThat(leftovers()).isEmpty();
            assertThat(folder.resolve("lake/_SUCCESS")).exists();
        } while (step++ == 0 || exit.killed());
        assertThat(step).isGreaterThan(5);
    }

    private StagingRun run(ParquetTargetSettings.Mode mode, String unit) {
        ParquetTargetSettings settings = ParquetLoaderContractTest.settings(mode, List.of("p"));
        return new StagingRun(new ParquetLoader(settings, folder.resolve("lake")), SCHEMA, LINEAGE, unit);
    }

    private static Batch rows(long first, String firstPartition, long second, String secondPartition) {
        return Batch.ofRecords(
                SCHEMA,
                List.of(
                        Map.of("id", first, "name", "name " + first, "p", firstPartition),
                        Map.of("id", second, "name", "name " + second, "p", secondPartition)));
    }

    private List<Map<String, Object>> visible() throws Exception {
        return DuckDb.read(folder.resolve("lake"));
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("lake/.millrace"))) {
            return files.filter(file -> file.toString().matches(".*\\.(open|staged|tmp|json)"))
                    .toList();
        }
    }

    private static List<Map<String, Object>> expected(ParquetTargetSettings.Mode mode) {
        List<Map<String, Object>> rows = new ArrayList<>(NEW.records());
        if (mode == ParquetTargetSettings.Mode.APPEND) {
            rows.addAll(OLD.records());
        } else if (mode == ParquetTargetSettings.Mode.OVERWRITE_PARTITIONS) {
            rows.add(OLD.record(0));
        }
        return rows;
    }

    /** Success is claimed only when it is true, and no row is there twice or from nowhere. */
    private void assertNothingHalf(ParquetTargetSettings.Mode mode, int exit) throws Exception {
        if (exit == 0 || Files.exists(folder.resolve("lake/_SUCCESS"))) {
            assertThat(folder.resolve("lake/_SUCCESS")).exists();
            assertThat(visible()).containsExactlyInAnyOrderElementsOf(expected(mode));
        }
        List<Map<String, Object>> all = new ArrayList<>(OLD.records());
        all.addAll(NEW.records());
        assertThat(visible()).isSubsetOf(all).doesNotHaveDuplicates();
        if (mode == ParquetTargetSettings.Mode.APPEND) {
            assertThat(visible()).containsAll(OLD.records());
        }
    }

    private ChildExit commitInAProcess(ParquetTargetSettings.Mode mode, int step) {
        ChildJvm process = ChildJvm.of(CommitMain.class.getName()).withArguments(folder.toString(), mode.name());
        return (step == 0 ? process : process.withFailpoint(Failpoint.MID_COMMIT, step, ChildJvm.Action.KILL))
                .run(Duration.ofSeconds(60));
    }

    private static Staged[] stagedBy(ChildExit exit) {
        return exit.output()
                .lines()
                .filter(line -> line.startsWith("staged "))
                .map(line -> new Staged(StagedFile.CONNECTOR, StagedFile.VERSION, line.substring(7), 1))
                .toArray(Staged[]::new);
    }

    private void restore(Path before) throws IOException {
        Path lake = folder.resolve("lake");
        try (Stream<Path> files = Files.walk(lake)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(ParquetLoaderCrashTest::delete);
        }
        copy(before, lake);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Map<Path, Path> copies = new TreeMap<>();
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(
                    file -> copies.put(file, to.resolve(from.relativize(file).toString())));
        }
        for (Map.Entry<Path, Path> entry : copies.entrySet()) {
            Files.copy(entry.getKey(), entry.getValue());
        }
    }
}
