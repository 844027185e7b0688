package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose ledger is in PostgreSQL: what one machine has begun, another one finishes, with nothing of the first's disk. */
class SharedStateTest {
    private static final Layout LAYOUT = Layout.APPEND;

    private static Verdict verdict;

    @TempDir
    Path folder;

    private Database ledger;
    private Workspace first;
    private Workspace second;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(20_000, 23));
    }

    @BeforeEach
    void twoMachines() throws SQLException {
        ledger = EmbeddedPostgres.shared().createDatabase();
        // The target is where both can reach it.
        String pipeline = LAYOUT.pipeline(1, 2_500, 500).replace("path: lake", "path: ../second/lake");
        first = Workspace.create(folder.resolve("first"), verdict.events().database(), pipeline);
        second = Workspace.create(folder.resolve("second"), verdict.events().database(), pipeline);
    }

    private ChildJvm on(Workspace machine, ChildJvm command) {
        return command.withVariable("MILLRACE_STATE", ledger.url()).in(machine.folder());
    }

    private void killed(Workspace machine, Failpoint place, int count) {
        ChildExit exit = on(machine, machine.run())
                .withFailpoint(place, count, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(exit.killed()).as("%s", exit).isTrue();
        assertThat(exit.errors()).doesNotContain("cannot be resumed");
        deleteTree(machine.state());
    }

    private static void deleteTree(Path tree) {
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private JsonNode finished(int skipped) {
        ChildExit exit = on(second, second.run()).run(Workspace.PATIENCE);
        verdict.accept(second, LAYOUT, exit);
        assertThat(second.state().resolve("ledger.db")).doesNotExist();
        JsonNode report = Workspace.report(exit);
        assertThat(report.path("splits_skipped").asInt()).as("%s", exit).isEqualTo(skipped);
        assertThat(exit.toString()).doesNotContain(ledger.password());
        return report;
    }

    @Test
    void splitsThatWereFinishedElsewhereAreNotReadAgain() {
        killed(first, Failpoint.AFTER_STAGE, 4);
        finished(finishedSplits(1));
    }

    private int finishedSplits(int atLeast) {
        ChildExit status = on(second, second.command("status", "--json")).run(Workspace.PATIENCE);
        int finished = Workspace.report(status).path("splits_finished").asInt();
        assertThat(finished).as("%s", status).isGreaterThanOrEqualTo(atLeast);
        return finished;
    }

    @Test
    void aRunMayMoveMoreThanOnce() {
        killed(first, Failpoint.MID_READ, 12);
        killed(second, Failpoint.AFTER_STAGE, 3);
        killed(first, Failpoint.DURING_RESUME, 1);
        finished(finishedSplits(2));
    }

    @Test
    void aCommitThatWasBegunElsewhereIsCompleted() {
        killed(first, Failpoint.MID_COMMIT, 2);
        finished(8);
    }

    @Test
    void aCommitWhoseEndNobodyNotedIsNotedOnly() {
        killed(first, Failpoint.AFTER_COMMIT, 1);
        finished(8);
    }

    @Test
    void everyMachineSeesRunsAndRejectedRows() {
        String run = finished(0).path("run").asText();
        Workspace third =
                Workspace.create(folder.resolve("third"), verdict.events().database(), LAYOUT.pipeline(1, 2_500, 500));
        ChildExit runs = on(third, third.command("runs")).run(Workspace.PATIENCE);
        assertThat(runs.output()).contains(run, "done");
        ChildExit rejects = on(third, third.command("rejects", run)).run(Workspace.PATIENCE);
        assertThat(rejects.output()).as("%s", rejects).contains("user_id").contains("is null");
        ChildExit again = on(first, first.run()).run(Workspace.PATIENCE);
        assertThat(Workspace.report(again).path("status").asText()).isEqualTo("already_done");
    }

    @Test
    void aServerThatCannotBeReachedIsAClearErrorWithoutThePassword() {
        ChildExit exit =
                first.run("--state", "postgresql://me:s3cret@127.0.0.1:1/team").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(1);
        assertThat(Workspace.report(exit).path("error").asText()).contains("postgresql://127.0.0.1:1/team");
        assertThat(exit.toString()).doesNotContain("s3cret");
    }
}
