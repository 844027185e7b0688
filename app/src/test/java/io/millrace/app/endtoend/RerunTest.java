package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Lake;
import io.millrace.app.crash.Layout;
import io.millrace.app.crash.Verdict;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running the same, or nearly the same, once more means. */
class RerunTest {
    private static Verdict verdict;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(12_000, 29));
    }

    @BeforeEach
    void create() {
        workspace = Workspace.create(folder, verdict.events().database(), Layout.APPEND.pipeline(1, 2_000, 1_000));
    }

    private ChildExit run(String... more) {
        return workspace.run(more).run(Workspace.PATIENCE);
    }

    private void done() {
        verdict.accept(workspace, Layout.APPEND, run());
    }

    private void interrupted() {
        ChildExit killed = workspace
                .run()
                .withFailpoint(Failpoint.BEFORE_STAGE, 3, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
    }

    private static String error(ChildExit exit) {
        return Workspace.report(exit).path("error").asText();
    }

    @Test
    void theReportIsOneObjectWithEveryFieldOfTheContract() {
        ChildExit exit = run();
        assertThat(exit.output().strip().lines()).hasSize(1);
        JsonNode report = Workspace.report(exit);
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "run",
                        "pipeline",
                        "status",
                        "source",
                        "target",
                        "extracted",
                        "transformed",
                        "loaded",
                        "filtered",
                        "deduplicated",
                        "rejected",
                        "failed",
                        "groups",
                        "splits",
                        "splits_skipped",
                        "start_time",
                        "end_time",
                        "duration_seconds",
                        "window",
                        "errors",
                        "checks",
                        "error");
        assertThat(report.path("errors")).hasSize(20);
        assertThat(report.path("failed")).isEqualTo(report.path("rejected"));
        assertThat(exit.toString()).doesNotContain(verdict.events().database().password());
    }

    @Test
    void appendingTwiceDoublesNothingUnlessAskedTo() {
        done();
        ChildExit second = run();
        assertThat(second.code()).isZero();
        assertThat(Workspace.report(second).path("status").asText()).isEqualTo("already_done");
        verdict.acceptTarget(workspace, Layout.APPEND);
        assertThat(run("--skip-empty").code()).isEqualTo(99);
        ChildExit changed = run("--set", "extract.postgres.table=public.older");
        assertThat(changed.code()).as("%s", changed).isEqualTo(2);
        assertThat(error(changed)).contains("extract.postgres.table", "overwrite", "--again");
        verdict.acceptTarget(workspace, Layout.APPEND);
        assertThat(run("--again").code()).isZero();
        assertThat(new Lake(workspace.target()).sorted("event_id"))
                .hasSize(Math.toIntExact(
                        2 * verdict.events().generator().expected().loaded()));
    }

    @Test
    void aChangedPipelineIsNotMixedIntoAnUnfinishedRun() {
        interrupted();
        ChildExit refused = run("--set", "extract.postgres.table=public.older");
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(error(refused)).contains("public.older", "public.user_behaviors", "--restart");
        ChildExit anew = run("--restart", "--set", "extract.postgres.table=public.older");
        assertThat(anew.code()).as("%s", anew).isZero();
        assertThat(Workspace.report(anew).path("extracted").asInt()).isEqualTo(500);
        assertThat(Workspace.report(anew).path("splits_skipped").asInt()).isZero();
    }

    @Test
    void restartReadsEverythingAgain() {
        interrupted();
        ChildExit anew = run("--restart");
        assertThat(Workspace.report(anew).path("splits_skipped").asInt()).isZero();
        verdict.accept(workspace, Layout.APPEND, anew);
    }

    @Test
    void resumeWithoutAnIdFinishesTheOnlyUnfinishedRun() {
        interrupted();
        int finished = workspace.finishedSplits();
        assertThat(finished).isPositive();
        ChildExit resumed =
                workspace.command("resume", "--json", "--log", "json").run(Workspace.PATIENCE);
        assertThat(Workspace.report(resumed).path("splits_skipped").asInt())
                .as("%s", resumed)
                .isEqualTo(finished);
        verdict.accept(workspace, Layout.APPEND, resumed);
        ChildExit nothing = workspace.command("resume", "--json").run(Workspace.PATIENCE);
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(error(nothing)).contains("nothing to resume");
    }

    @Test
    void windowsBesideEachOtherLoadEachRowOnce() throws SQLException {
        String middle;
        try (Connection connection = verdict.events().database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT to_char(percentile_disc(0.4) WITHIN GROUP (ORDER BY created_at)"
                                + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM public.user_behaviors")) {
            row.next();
            middle = row.getString(1);
        }
        ChildExit first = run("--end", middle);
        ChildExit second = run("--start", middle);
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(second.code()).as("%s", second).isZero();
        assertThat(Workspace.report(first).path("extracted").asLong()
                        + Workspace.report(second).path("extracted").asLong())
                .isEqualTo(12_000);
        assertThat(Workspace.report(second).path("window").path("end").isNull()).isTrue();
        verdict.acceptTarget(workspace, Layout.APPEND);
        ChildExit overlap = run("--start", "2000-01-01");
        assertThat(overlap.code()).as("%s", overlap).isEqualTo(2);
        assertThat(error(overlap)).contains("overlaps");
    }

    @Test
    void tooManyRejectsEndTheRunAreShownAndCanBeAllowed() {
        ChildExit failed = run("--set", "run.max_error_rate=0.001");
        assertThat(failed.code()).as("%s", failed).isEqualTo(3);
        assertThat(error(failed)).contains("max_error_rate", "millrace rejects");
        assertThat(workspace.target().resolve("_SUCCESS")).doesNotExist();
        String id = Workspace.report(failed).path("run").asText();
        ChildExit rejects = workspace.command("rejects", id).run(Workspace.PATIENCE);
        assertThat(rejects.code()).as("%s", rejects).isZero();
        assertThat(rejects.output()).contains("user_id").contains("is null");
        verdict.accept(workspace, Layout.APPEND, run("--set", "run.max_error_rate=1"));
    }
}
