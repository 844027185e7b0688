package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.RetryPolicy;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Place;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.RunState;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.RunReport.Status;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.Deduplicate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    Path folder;

    private final MemoryTarget target = new MemoryTarget();
    private final List<RunEvent> events = new ArrayList<>();
    private String definition = "a";
    private double maxErrorRate = 0.05;
    private List<StepDefinition> steps = List.of();
    private int workers = 2;

    private Job job(MemorySource source) {
        String json = "{\"version\":1,\"entries\":[{\"path\":\"extract.memory.table\",\"shown\":\"" + definition
                + "\",\"hash\":\"" + definition + "\"}]}";
        RetryPolicy retry = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));
        return new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                steps,
                target::loader,
                new Job.Options(workers, 10, maxErrorRate, retry, Duration.ofMinutes(1), Optional.empty()),
                DefinitionFingerprint.parse(json));
    }

    private RunReport run(MemorySource source) {
        return run(source, Optional.empty(), Rerun.DEFAULT);
    }

    private RunReport run(MemorySource source, Optional<TimeWindow> window, Rerun rerun) {
        return run(source, window, rerun, new StopSignal());
    }

    private RunReport run(MemorySource source, Optional<TimeWindow> window, Rerun rerun, StopSignal stop) {
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, new LocalEngine(), events::add, stop).run(job(source), window, rerun);
        }
    }

    private void deduplicating() {
        steps = List.of(new StepDefinition.ClaimStep(
                "deduplicate", "deduplicate", new Deduplicate(List.of("id")), Place.named("test")));
    }

    private static Object[] numbers(int count) {
        return LongStream.range(0, count).boxed().toArray();
    }

    @Test
    void loadsEveryRowOnceAndAccountsForIt() {
        RunReport report = run(new MemorySource(7, 95));
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(665));
        assertThat(report.counts()).isEqualTo(new Counts(665, 665, 665, 0, 0, 0));
        assertThat(report.splits()).isEqualTo(7);
    }

    @Test
    void anEmptySourceIsASuccess() {
        assertThat(run(new MemorySource(0, 0)).status()).isEqualTo(Status.SUCCESS);
        assertThat(target.committed).hasSize(1);
    }

    @Test
    void retriesWhatMayPassAndDoublesNothing() {
        deduplicating();
        MemorySource source = new MemorySource(4, 100);
        source.failures.put(1, 2);
        RunReport report = run(source);
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(source.opened.get(1)).isEqualTo(3);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(400));
        assertThat(report.counts().balanced()).isTrue();
    }

    @Test
    void deduplicatesAcrossSplitsFailuresAndResumes() {
        deduplicating();
        workers = 1;
        MemorySource source = new MemorySource(4, 100);
        source.keys = number -> number % 150;
        source.failures.put(2, 9);
        source.failures.put(3, 9);
        RunReport failed = run(source);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(target.visible).isEmpty();

        source.failures.clear();
        source.opened.clear();
        RunReport resumed = run(source);
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(source.opened.keySet()).containsExactlyInAnyOrder(2, 3);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(150));
        assertThat(resumed.counts()).isEqualTo(new Counts(400, 150, 150, 0, 250, 0));
        assertThat(resumed.splitsSkipped()).isEqualTo(2);
    }

    @Test
    void givesUpAtOnceWhereARetryCannotHelp() {
        MemorySource source = new MemorySource(3, 100);
        source.failures.put(0, 1);
        source.failure = ErrorKind.DENIED;
        RunReport report = run(source);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(source.opened.get(0)).isEqualTo(1);
        assertThat(report.failure().orElseThrow().message()).contains("on purpose");
    }

    @Test
    void aFinishedAppendIsNotDoneAgainUnlessAsked() {
        run(new MemorySource(2, 10));
        MemorySource untouched = new MemorySource(2, 10);
        RunReport again = run(untouched);
        assertThat(again.status()).isEqualTo(Status.ALREADY_DONE);
        assertThat(again.counts().loaded()).isEqualTo(20);
        assertThat(untouched.plans).isZero();
        assertThat(target.visible).hasSize(20);

        assertThat(run(new MemorySource(2, 10), Optional.empty(), Rerun.AGAIN).status())
                .isEqualTo(Status.SUCCESS);
        assertThat(target.visible).hasSize(40);
    }

    @Test
    void aFinishedAppendWithAChangedDefinitionIsRefused() {
        run(new MemorySource(2, 10));
        definition = "b";
        assertThatThrownBy(() -> run(new MemorySource(2, 10)))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("extract.memory.table: a → b")
                .hasMessageContaining("overwrite")
                .hasMessageContaining("--again");
        assertThat(target.visible).hasSize(20);
    }

    @Test
    void aRepeatableModeIsDoneAgain() {
        target.mode = WriteMode.OVERWRITE;
        run(new MemorySource(2, 10));
        assertThat(run(new MemorySource(2, 10)).status()).isEqualTo(Status.SUCCESS);
        assertThat(target.visible).hasSize(20);
    }

    @Test
    void anUnfinishedRunWithAChangedDefinitionNeedsRestart() {
        MemorySource failing = new MemorySource(3, 10);
        failing.failures.put(2, 9);
        workers = 1;
        RunReport failed = run(failing);
        definition = "b";
        assertThatThrownBy(() -> run(new MemorySource(3, 10)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("a → b")
                .hasMessageContaining("--restart");

        RunReport restarted = run(new MemorySource(3, 10), Optional.empty(), Rerun.RESTART);
        assertThat(restarted.status()).isEqualTo(Status.SUCCESS);
        assertThat(restarted.run()).isNotEqualTo(failed.run());
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(30));
        assertThat(target.staged).isEmpty();
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            assertThat(ledger.run(failed.run()).orElseThrow().state()).isEqualTo(RunState.DISCARDED);
        }
    }

    @Test
    void overlappingAppendWindowsAreRefusedAndNeighboursAreNot() {
        run(new MemorySource(1, 10), window("2026-01-01", "2026-01-03"), Rerun.DEFAULT);
        assertThatThrownBy(() -> run(new MemorySource(1, 10), window("2026-01-02", "2026-01-04"), Rerun.DEFAULT))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("2026-01-01T00:00:00Z..2026-01-03T00:00:00Z");
        assertThat(run(new MemorySource(1, 10), window("2026-01-03", "2026-01-04"), Rerun.DEFAULT)
                        .status())
                .isEqualTo(Status.SUCCESS);
    }

    @Test
    void aCommitThatFailedIsRolledForwardWithoutReadingAgain() {
        target.failingCommits = 1;
        MemorySource source = new MemorySource(3, 10);
        RunReport failed = run(source);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        definition = "changed meanwhile";
        MemorySource untouched = new MemorySource(3, 10);
        RunReport resumed = run(untouched);
        assertThat(resumed.status()).isEqualTo(Status.SUCCESS);
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(untouched.opened).isEmpty();
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(30));
    }

    @Test
    void aChangedSourceMakesAResumeBeginAnew() {
        MemorySource failing = new MemorySource(3, 10);
        failing.failures.put(2, 9);
        workers = 1;
        RunReport failed = run(failing);
        MemorySource changed = new MemorySource(3, 10);
        changed.pinState = PinState.RESTART;
        RunReport anew = run(changed);
        assertThat(anew.run()).isNotEqualTo(failed.run());
        assertThat(anew.status()).isEqualTo(Status.SUCCESS);
        assertThat(changed.opened).hasSize(3);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(30));
    }

    @Test
    void changedColumnsMakeAResumeBeginAnew() {
        MemorySource failing = new MemorySource(3, 10);
        failing.failures.put(2, 9);
        workers = 1;
        run(failing);
        MemorySource changed = new MemorySource(3, 10);
        changed.schema = Schema.of(Field.of("id", DataType.INT64).withNullable(false));
        RunReport anew = run(changed);
        assertThat(anew.status()).isEqualTo(Status.SUCCESS);
        assertThat(anew.splitsSkipped()).isZero();
        assertThat(target.visible).hasSize(30);
    }

    @Test
    void lostClaimsMakeAResumeBeginAnew() throws Exception {
        deduplicating();
        workers = 1;
        MemorySource failing = new MemorySource(3, 10);
        failing.failures.put(2, 9);
        RunReport failed = run(failing);
        try (var files = Files.walk(folder.resolve("runs").resolve(failed.run()).resolve("claims"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        RunReport anew = run(new MemorySource(3, 10));
        assertThat(anew.status()).isEqualTo(Status.SUCCESS);
        assertThat(anew.run()).isNotEqualTo(failed.run());
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(30));
    }

    @Test
    void whatIsOvertakenLeavesNoClaimsThatNobodyWouldSweep() throws Exception {
        deduplicating();
        MemorySource source = new MemorySource(1, 10);
        source.afterBatch = this::overtake;
        RunReport overtaken = run(source);
        assertThat(overtaken.failure().orElseThrow().message()).contains("taken over");
        try (var files =
                Files.list(folder.resolve("runs").resolve(overtaken.run()).resolve("claims"))) {
            assertThat(files).isEmpty();
        }
    }

    private void overtake() {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.executeUpdate("UPDATE leases SET epoch = epoch + 1");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void tooManyRejectsEndTheRunBeforeAnythingIsVisibleAndStayToBeSeen() {
        MemorySource source = new MemorySource(4, 100);
        source.rejectEvery = 10;
        RunReport report = run(source);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.DATA);
        assertThat(report.failure().orElseThrow().message()).contains("40 of 400 (10.00 %)");
        assertThat(target.visible).isEmpty();
        assertThat(report.rejects()).hasSize(RunReport.QUOTED_REJECTS);
        assertThat(report.rejects().get(0))
                .contains("split-0 row 0")
                .contains("not a number")
                .contains("x0");

        maxErrorRate = 0.2;
        RunReport resumed = run(source);
        assertThat(resumed.status()).isEqualTo(Status.SUCCESS);
        assertThat(resumed.splitsSkipped()).isEqualTo(4);
        assertThat(resumed.counts()).isEqualTo(new Counts(400, 360, 360, 0, 0, 40));
    }

    @Test
    void aHopelessRunEndsLongBeforeItsLastRow() {
        MemorySource source = new MemorySource(1, 200_000);
        source.rejectEvery = 2;
        source.batchRows = 1000;
        RunReport report = run(source);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.DATA);
        assertThat(report.failure().orElseThrow().message()).contains("of 10,000");
        assertThat(report.rejects()).hasSize(RunReport.QUOTED_REJECTS);
    }

    @Test
    void stopsAtABatchBorderAndResumes() {
        MemorySource source = new MemorySource(4, 100);
        workers = 1;
        StopSignal stop = new StopSignal();
        AtomicInteger batches = new AtomicInteger();
        source.afterBatch = () -> {
            if (batches.incrementAndGet() == 25) {
                stop.request();
            }
        };
        RunReport stopped = run(source, Optional.empty(), Rerun.DEFAULT, stop);
        assertThat(stopped.status()).isEqualTo(Status.STOPPED);
        assertThat(batches).hasValue(25);
        assertThat(target.visible).isEmpty();
        RunReport resumed = run(source);
        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(resumed.splitsSkipped()).isEqualTo(2);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(400));
    }

    @Test
    void aJobThatCannotBeginLeavesNothingBehind() {
        target.refuses = MillraceException.user("the target refuses");
        assertThatThrownBy(() -> run(new MemorySource(1, 1))).hasMessage("the target refuses");
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            assertThat(ledger.latest(new io.millrace.core.ledger.RunKey("pipeline", Optional.empty())))
                    .isEmpty();
        }
        target.refuses = null;
        assertThat(run(new MemorySource(1, 1)).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void onlyOneOfTwoRunsOfAKeyGoesOn() {
        MemorySource outer = new MemorySource(1, 100);
        List<Throwable> refusals = new ArrayList<>();
        outer.afterBatch = () -> {
            if (refusals.isEmpty()) {
                try {
                    run(new MemorySource(1, 100));
                } catch (MillraceException busy) {
                    refusals.add(busy);
                }
            }
        };
        assertThat(run(outer).status()).isEqualTo(Status.SUCCESS);
        assertThat(MillraceException.kindOf(refusals.get(0))).isEqualTo(ErrorKind.BUSY);
        assertThat(target.visible).containsExactlyInAnyOrder(numbers(100));
    }

    @Test
    void eventsTellTheStoryInOrder() {
        run(new MemorySource(2, 20));
        assertThat(events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .distinct())
                .containsExactly(
                        "Started", "Bound", "Planned", "SplitStarted", "Progressed", "Staged", "Committing", "Ended");
    }

    private static Optional<TimeWindow> window(String start, String end) {
        return TimeWindow.between(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }
}
