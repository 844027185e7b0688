package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source changes between a crash and its resume. */
class WriterTest {
    @TempDir
    Path folder;

    private Entries entries;

    @BeforeEach
    void fill() throws SQLException {
        entries = Entries.create();
    }

    private Workspace interrupted(boolean insertOnly) {
        Workspace workspace = Workspace.create(folder, entries.database(), Entries.pipeline(insertOnly));
        ChildExit killed = workspace
                .run()
                .withFailpoint(Failpoint.AFTER_STAGE, 5, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
        // The fourth may be between its staging and the ledger while the fifth is killed.
        assertThat(workspace.finishedSplits()).isBetween(3, 4);
        return workspace;
    }

    private List<String> loaded(Workspace workspace) {
        return new Lake(workspace.target()).sorted(Entries.ROW);
    }

    @Test
    void goesOnUnderThePlannedBoundWhereRowsWereOnlyInserted() throws SQLException {
        List<String> planned = entries.now();
        Workspace workspace = interrupted(false);
        int finished = workspace.finishedSplits();
        entries.insert(Entries.ROWS + 1, 3_000);
        entries.execute("BEGIN; INSERT INTO public.entries VALUES (-1, 'never'); ROLLBACK");
        ChildExit resumed = workspace.run().run(Workspace.PATIENCE);
        assertThat(resumed.code()).as("%s", resumed).isZero();
        assertThat(loaded(workspace)).isEqualTo(planned);
        JsonNode report = Workspace.report(resumed);
        assertThat(report.path("splits_skipped").asInt()).as("%s", resumed).isEqualTo(finished);
        assertThat(Workspace.events(resumed, "split_started"))
                .isEqualTo(report.path("splits").asInt() - finished);
        acceptNothingLeft(workspace);
    }

    @Test
    void beginsAnewWhereRowsWereUpdated() throws SQLException {
        beginsAnewAfter("UPDATE public.entries SET note = 'changed' WHERE id % 7 = 0");
    }

    @Test
    void beginsAnewWhereRowsWereDeletedAndTheirPlacesUsedAgain() throws SQLException {
        Workspace workspace = interrupted(false);
        entries.execute("DELETE FROM public.entries WHERE id % 3 = 0");
        entries.execute("VACUUM public.entries");
        entries.insert(Entries.ROWS + 1, 2_000);
        acceptAnew(workspace);
    }

    @Test
    void beginsAnewWhereTheTableWasRewritten() throws SQLException {
        beginsAnewAfter("VACUUM FULL public.entries");
    }

    @Test
    void leavesNothingOfADroppedRunWhereDroppingItIsInterruptedToo() throws SQLException {
        Workspace workspace = interrupted(false);
        entries.execute("DELETE FROM public.entries WHERE id = 17");
        ChildExit killed = workspace
                .run()
                .withFailpoint(Failpoint.DURING_CLEANUP, 1, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
        ChildExit anew = workspace.run().run(Workspace.PATIENCE);
        assertThat(anew.code()).as("%s", anew).isZero();
        assertThat(loaded(workspace)).isEqualTo(entries.now());
        acceptNothingLeft(workspace);
    }

    @Test
    void beginsAnewWhereTheTableIsAnotherOfThatName() throws SQLException {
        Workspace workspace = interrupted(false);
        entries.execute("ALTER TABLE public.entries RENAME TO former");
        entries.execute("CREATE TABLE public.entries AS SELECT id + 5 AS id, note FROM public.former");
        acceptAnew(workspace);
    }

    private void beginsAnewAfter(String change) throws SQLException {
        Workspace workspace = interrupted(false);
        entries.execute(change);
        acceptAnew(workspace);
    }

    private void acceptAnew(Workspace workspace) throws SQLException {
        ChildExit anew = workspace.run().run(Workspace.PATIENCE);
        assertThat(anew.code()).as("%s", anew).isZero();
        assertThat(loaded(workspace)).isEqualTo(entries.now());
        assertThat(anew.errors()).contains("cannot be resumed").contains("changed");
        assertThat(Workspace.report(anew).path("splits_skipped").asInt()).isZero();
        acceptNothingLeft(workspace);
    }

    @Test
    void readsOnePrefixOfWhatAWriterInsertsAllTheTime() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> insertUntil(ended));
        try {
            Workspace workspace = interrupted(true);
            int finished = workspace.finishedSplits();
            ChildExit resumed = workspace.run().run(Workspace.PATIENCE);
            assertThat(resumed.code()).as("%s", resumed).isZero();
            List<Long> ids = new Lake(workspace.target())
                    .sorted("id").stream().map(Long::parseLong).sorted().toList();
            assertThat(ids).hasSizeGreaterThanOrEqualTo(Entries.ROWS);
            assertThat(ids)
                    .isEqualTo(LongStream.rangeClosed(1, ids.size()).boxed().toList());
            assertThat(Workspace.report(resumed).path("splits_skipped").asInt()).isEqualTo(finished);
            acceptNothingLeft(workspace);
        } finally {
            ended.set(true);
            writer.join();
        }
    }

    /** One row a transaction, so that what a snapshot sees of them is the first so many. */
    private void insertUntil(AtomicBoolean ended) {
        try (Connection connection = entries.database().connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO public.entries VALUES (?, 'written meanwhile')")) {
            for (long id = Entries.ROWS + 1; !ended.get(); id++) {
                insert.setLong(1, id);
                insert.executeUpdate();
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void acceptNothingLeft(Workspace workspace) {
        assertThat(Leftovers.inTarget(workspace.target())).isEmpty();
        assertThat(Leftovers.inState(workspace.state())).isEmpty();
    }
}
