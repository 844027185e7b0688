package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.Snapshot;
import io.millrace.api.CommitResult;
import io.millrace.api.Lineage;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.loader.StagingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaRaceTest {
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64), Field.of("p", DataType.STRING));

    @TempDir
    Path folder;

    private Path lake() {
        return folder.resolve("lake");
    }

    private static Batch row(long id, String p) {
        return Batch.ofRecords(SCHEMA, List.of(Map.of("id", id, "p", p)));
    }

    private StagingRun run(LoadMode mode, String run) {
        return new StagingRun(TestTables.loader(lake(), mode, "p"), SCHEMA, new Lineage("p", run), run);
    }

    private List<Object> ids() {
        return new ArrayList<>(TestTables.read(TestTables.files(lake())).stream()
                .map(row -> row.get("id"))
                .toList());
    }

    @Test
    void writersThatCommitAtOnceAllComeIn() throws Exception {
        int writers = 6;
        int commits = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                futures.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < commits; i++) {
                        TestTables.load(
                                TestTables.loader(lake(), new LoadMode.Append(), "p"),
                                "run-" + number + "-" + i,
                                row(number * 100 + i, "a"));
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ids()).hasSize(writers * commits).doesNotHaveDuplicates();
        // One commit a run, and the one that made the table.
        assertThat(new DeltaTable(TestTables.files(lake())).require().getVersion())
                .isEqualTo(writers * commits);
    }

    /** Between reading the table and committing, another writer is let in. */
    private CommitResult beaten(LoadMode mode, StagingRun run, Staged staged, Runnable rival) {
        TableFiles files = TestTables.files(lake());
        TableChange plain = mode instanceof LoadMode.Overwrite
                ? TableChange.overwrite(files)
                : TableChange.overwritePartitions(files);
        boolean[] beaten = new boolean[1];
        TableChange change = (Snapshot table, List<DataFile> added) -> {
            var actions = plain.actions(table, added);
            if (!beaten[0]) {
                beaten[0] = true;
                rival.run();
            }
            return actions;
        };
        return new RunCommit(files, run.commitId(), StagedFiles.of(List.of(staged)), change).run();
    }

    @Test
    void anOverwriteOfPartitionsReplacesWhatARivalAppendedMeanwhile() {
        TestTables.load(TestTables.loader(lake(), new LoadMode.Append(), "p"), "run-1", row(1, "a"), row(2, "b"));
        LoadMode mode = new LoadMode.OverwritePartitions();
        try (StagingRun run = run(mode, "run-2")) {
            Staged staged = run.stage("split-0.0", row(10, "a"));
            CommitResult result = beaten(
                    mode,
                    run,
                    staged,
                    () -> TestTables.load(
                            TestTables.loader(lake(), new LoadMode.Append(), "p"), "run-3", row(3, "a"), row(4, "b")));
            assertThat(result).isEqualTo(CommitResult.COMMITTED);
        }
        // As if the append had come first: nothing half, nothing lost elsewhere.
        assertThat(ids()).containsExactlyInAnyOrder(10L, 2L, 4L);
    }

    @Test
    void twoOverwritesLeaveOneWinner() {
        TestTables.load(TestTables.loader(lake(), new LoadMode.Append(), "p"), "run-1", row(1, "a"));
        LoadMode mode = new LoadMode.Overwrite();
        try (StagingRun run = run(mode, "run-2")) {
            Staged staged = run.stage("split-0.0", row(10, "a"));
            beaten(
                    mode,
                    run,
                    staged,
                    () -> TestTables.load(
                            TestTables.loader(lake(), new LoadMode.Overwrite(), "p"), "run-3", row(20, "b")));
        }
        assertThat(ids()).containsExactly(10L);
    }

    @Test
    void theSameCommitByTwoProcessesIsDoneOnce() {
        LoadMode mode = new LoadMode.OverwritePartitions();
        try (StagingRun run = run(mode, "run-2")) {
            Staged staged = run.stage("split-0.0", row(10, "a"));
            CommitResult result = beaten(
                    mode, run, staged, () -> assertThat(run.commit(staged)).isEqualTo(CommitResult.COMMITTED));
            assertThat(result).isEqualTo(CommitResult.ALREADY_COMMITTED);
        }
        assertThat(ids()).containsExactly(10L);
    }
}
