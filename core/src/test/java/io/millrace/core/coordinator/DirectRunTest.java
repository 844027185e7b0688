package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.PinState;
import io.millrace.api.RetryPolicy;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.core.config.Place;
import io.millrace.core.engine.BatchEngine;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.engine.RunWork;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.RunReport.Status;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.Deduplicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs into a target that commits piece by piece, and splits that are handed in piece by piece. */
class DirectRunTest {
    @TempDir
    Path folder;

    private final MemoryDirectTarget target = new MemoryDirectTarget();
    private final MemorySource source = new MemorySource(6, 100);
    private Duration checkpoint = Duration.ofMinutes(1);
    private int workers = 2;
    private BatchEngine engine = new LocalEngine();
    private List<StepDefinition> steps = List.of(new StepDefinition.ClaimStep(
            "deduplicate", "deduplicate", new Deduplicate(List.of("id")), Place.named("test")));

    DirectRunTest() {
        source.keys = number -> number % 450;
    }

    private RunReport run() {
        return run(Rerun.DEFAULT);
    }

    private RunReport run(Rerun rerun) {
        String json = "{\"version\":1,\"entries\":[{\"path\":\"extract.memory\",\"shown\":\"a\",\"hash\":\"a\"}]}";
        Job job = new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                steps,
                target::loader,
                new Job.Options(
                        workers,
                        10,
                        0.05,
                        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)),
                        checkpoint,
                        Optional.empty()),
                DefinitionFingerprint.parse(json));
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, engine, event -> {}, new StopSignal()).run(job, Optional.empty(), rerun);
        }
    }

    private void assertComplete(RunReport report) {
        assertThat(report.failure()).isEmpty();
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(target.visible)
                .containsExactlyInAnyOrder(LongStream.range(0, 450).boxed().toArray());
        assertThat(report.counts()).isEqualTo(new Counts(600, 450, 450, 0, 150, 0));
    }

    @Test
    void commitsEveryPieceOnce() {
        assertComplete(run());
        assertThat(target.notes).hasSize(6);
    }

    @Test
    void asksTheTargetWhereAnAnswerIsLost() {
        target.lostAnswers.set(2);
        target.lostCommits.set(2);
        target.silences.set(2);
        assertComplete(run());
    }

    @Test
    void takesOverWhatWasCommittedWithoutTheLedgerKnowing() {
        workers = 1;
        target.lostAnswers.set(1);
        target.silences.set(3);
        RunReport failed = run();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().orElseThrow().kind()).isEqualTo(ErrorKind.COMMIT_UNKNOWN);
        int committed = target.notes.size();
        assertThat(committed).isPositive();

        source.opened.clear();
        assertComplete(run());
        assertThat(source.opened.values()).hasSize(6 - committed).containsOnly(1);
    }

    /** Its rejected rows travel apart from what the target is told. */
    private record Carrying(BatchEngine engine) implements BatchEngine {
        @Override
        public void execute(RunWork work) {
            engine.execute(work);
        }

        @Override
        public boolean carriesRejects() {
            return true;
        }
    }

    @Test
    void worksAPieceOffAgainWhoseRejectedRowsDidNotArrive() throws IOException {
        workers = 1;
        source.keys = number -> number;
        source.rejectEvery = 50;
        steps = List.of();
        engine = new Carrying(engine);
        target.lostAnswers.set(1);
        target.silences.set(3);
        RunReport failed = run();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        int entered;
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            entered = ledger.results(failed.run()).size();
        }
        assertThat(target.notes).hasSizeGreaterThan(entered);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                Files.delete(file);
            }
        }

        source.opened.clear();
        RunReport report = run();
        assertThat(report.failure()).isEmpty();
        assertThat(report.counts().rejected()).isEqualTo(12);
        assertThat(source.opened).hasSize(6 - entered);
        assertThat(target.visible).hasSize(588);
    }

    @Test
    void saysHowManyRowsAFailedRunHasLeft() {
        workers = 1;
        source.failures.put(5, 9);
        RunReport failed = run();
        assertThat(failed.warnings())
                .singleElement()
                .asString()
                .contains("rows of this run are in direct memory target");
        source.failures.clear();
        assertComplete(run());
    }

    @Test
    void doesNotReadEverythingAgainIntoAnAppendedTarget() {
        source.failures.put(5, 9);
        run();
        source.failures.clear();
        source.pinState = PinState.RESTART;
        assertThatThrownBy(this::run)
                .hasMessageContaining("cannot be resumed: the source has changed")
                .hasMessageContaining("rows to direct memory target")
                .hasMessageContaining("--restart");
        target.mode = WriteMode.UPSERT;
        assertThat(run().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void tellsTheTargetOnceEverythingIsIn() {
        RunReport report = run();
        assertComplete(report);
        assertThat(target.completed).containsExactly(450);
        assertThat(report.warnings()).containsExactly("completed with 450 rows");
        assertThat(run().status()).isEqualTo(Status.ALREADY_DONE);
        assertThat(target.completed).hasSize(1);
    }

    @Test
    void tellsTheSourceWhatIsResumed() {
        source.failures.put(5, 9);
        run();
        assertThat(source.resumed).isEmpty();
        source.failures.clear();
        assertComplete(run());
        assertThat(source.resumed).hasSize(1);
    }

    @Test
    void reportsWhatTheReadersCameAcross() {
        source.notices = List.of("a row has no time");
        assertThat(run().warnings()).contains("a row has no time");
    }

    @Test
    void tellsTheTargetNothingBeforeEverythingIsIn() {
        source.failures.put(5, 9);
        assertThat(run().status()).isEqualTo(Status.FAILED);
        assertThat(target.completed).isEmpty();
    }

    @Test
    void tellsTheTargetAgainWhereTheRunWasNotDoneYet() {
        target.failingCompletions.set(1);
        RunReport failed = run();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().orElseThrow().message()).contains("the completion fails on purpose");
        source.opened.clear();
        assertComplete(run());
        assertThat(source.opened).isEmpty();
        assertThat(target.completed).containsExactly(450, 450);
    }

    @Test
    void refusesPartsOfTheSourceWhereTheTargetNeedsAll() {
        target.wholeRunsOnly = Optional.of("load.memory.delete");
        TimeWindow window = TimeWindow.between(Instant.EPOCH, null).orElseThrow();
        assertThatThrownBy(() -> WindowRules.checkWhole(Optional.of(window), false, target.loader()))
                .hasMessageContaining("load.memory.delete is for runs that read all of the source")
                .hasMessageContaining("run without --start and --end");
        assertThatThrownBy(() -> WindowRules.checkWhole(Optional.empty(), true, target.loader()))
                .hasMessageContaining("remove incremental from the source, or load.memory.delete");
        assertComplete(run());
    }

    @Test
    void handsInLongSplitsPieceByPiece() {
        source.resumable = true;
        checkpoint = Duration.ofNanos(1);
        assertComplete(run());
        // Ten batches a split; behind the last one the source is not asked whether there is more.
        assertThat(target.notes).hasSize(6 * 11);
    }

    @Test
    void goesOnInTheMiddleOfASplit() {
        workers = 1;
        source.resumable = true;
        checkpoint = Duration.ofNanos(1);
        source.failsAt = 40;
        source.failures.put(3, 99);
        assertThat(run().status()).isEqualTo(Status.FAILED);
        assertThat(target.notes.keySet()).anyMatch(key -> key.endsWith("split-3.3"));
        source.failures.clear();
        source.firstRows.clear();
        assertComplete(run());
        assertThat(source.firstRows.get(3)).isEqualTo(40);
    }
}
