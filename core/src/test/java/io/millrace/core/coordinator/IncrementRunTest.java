package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.RetryPolicy;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.core.config.Place;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.RunReport.Status;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.Deduplicate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Increments follow one another, each beginning where the newest finished one has ended. */
class IncrementRunTest {
    private static final Optional<TimeWindow> WINDOW = TimeWindow.between(Instant.EPOCH, null);
    private static final Rerun FULL_AGAIN = new Rerun(false, true, true);

    @TempDir
    Path folder;

    private final GrowingSource source = new GrowingSource(25);
    private final MemoryTarget target = new MemoryTarget();
    private final List<RunEvent> events = new ArrayList<>();
    private String definition = "a";
    private List<StepDefinition> steps = List.of();

    private RunReport run() {
        return run(Optional.empty(), Rerun.DEFAULT);
    }

    private RunReport run(Optional<TimeWindow> window, Rerun rerun) {
        Job job = new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                steps,
                target::loader,
                new Job.Options(1, 10, 0.05, RetryPolicy.NONE, Duration.ofHours(1), Optional.empty()),
                DefinitionFingerprint.parse(
                        "{\"version\":1,\"entries\":[{\"path\":\"extract.memory.table\",\"shown\":\"" + definition
                                + "\",\"hash\":\"" + definition + "\"}]}"));
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, new LocalEngine(), events::add, new StopSignal()).run(job, window, rerun);
        }
    }

    private void assertTarget(long count) {
        assertThat(target.visible)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, count).boxed().toList());
    }

    private String why() {
        return events.stream()
                .filter(RunEvent.Started.class::isInstance)
                .map(event -> ((RunEvent.Started) event).why())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    void eachTakesWhatIsNewAndSaysSinceWhen() {
        RunReport first = run();
        assertThat(first.key().increment()).isTrue();
        assertThat(why()).contains("takes all rows");
        source.size = 31;
        RunReport second = run();
        assertThat(second.counts().extracted()).isEqualTo(6);
        assertThat(why()).contains("new since run " + first.run());
        assertTarget(31);
        RunReport empty = run();
        assertThat(empty.status()).isEqualTo(Status.SUCCESS);
        assertThat(empty.counts().extracted()).isZero();
        source.size = 32;
        run();
        assertTarget(32);
    }

    @Test
    void anInterruptedOneIsFinishedBeforeTheNextAndMovesNothingUntilThen() {
        run();
        source.size = 50;
        source.unreadable = 40;
        RunReport failed = run();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertTarget(25);
        source.unreadable = -1;
        source.size = 60;
        RunReport resumed = run();
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(resumed.splitsSkipped()).isPositive();
        assertThat(why()).contains("unfinished increment and is resumed");
        assertTarget(50);
        run();
        assertTarget(60);
    }

    @Test
    void aCommitThatFailedIsCompletedAndThePositionMovesWithIt() {
        run();
        source.size = 40;
        target.failingCommits = 1;
        assertThat(run().status()).isEqualTo(Status.FAILED);
        source.size = 45;
        definition = "changed meanwhile";
        assertThat(run().status()).isEqualTo(Status.SUCCESS);
        assertTarget(40);
        definition = "a";
        run();
        assertTarget(45);
    }

    @Test
    void anIncrementBegunAnewBeginsAtTheSamePlace() {
        steps = List.of(new StepDefinition.ClaimStep(
                "deduplicate", "deduplicate", new Deduplicate(List.of("id")), Place.named("test")));
        run();
        source.size = 50;
        source.unreadable = 40;
        RunReport failed = run();
        source.unreadable = -1;
        source.pinState = PinState.SUBSET;
        RunReport anew = run();
        assertThat(anew.run()).isNotEqualTo(failed.run());
        assertThat(why()).contains("others were compared with them");
        assertTarget(50);

        source.size = 70;
        source.unreadable = 66;
        run();
        source.unreadable = -1;
        run(Optional.empty(), Rerun.RESTART);
        assertTarget(70);
    }

    @Test
    void whereNoDuplicateWasDroppedASubsetIsGoodEnough() {
        run();
        source.size = 50;
        source.unreadable = 40;
        RunReport failed = run();
        source.unreadable = -1;
        source.pinState = PinState.SUBSET;
        assertThat(run().run()).isEqualTo(failed.run());
        assertTarget(50);
    }

    @Test
    void aWindowNeverMovesThePosition() {
        target.mode = WriteMode.UPSERT;
        run();
        source.size = 30;
        RunReport window = run(WINDOW, Rerun.DEFAULT);
        assertThat(window.key().increment()).isFalse();
        assertThat(window.counts().extracted()).isEqualTo(30);
        assertThat(run().counts().extracted()).isEqualTo(5);
    }

    @Test
    void aWindowRunsBesideAnIncrementButNoSecondIncrement() {
        target.mode = WriteMode.UPSERT;
        List<Object> seen = new ArrayList<>();
        source.afterBatch = () -> {
            source.afterBatch = () -> {};
            try {
                run();
            } catch (MillraceException busy) {
                seen.add(busy.kind());
            }
            seen.add(run(WINDOW, Rerun.DEFAULT).status());
        };
        assertThat(run().status()).isEqualTo(Status.SUCCESS);
        assertThat(seen).containsExactly(ErrorKind.BUSY, Status.SUCCESS);
    }

    @Test
    void twoWindowsRunSideBySide() {
        target.mode = WriteMode.UPSERT;
        List<Object> seen = new ArrayList<>();
        source.afterBatch = () -> {
            source.afterBatch = () -> {};
            seen.add(run(TimeWindow.between(null, Instant.EPOCH), Rerun.DEFAULT).status());
        };
        assertThat(run(WINDOW, Rerun.DEFAULT).status()).isEqualTo(Status.SUCCESS);
        assertThat(seen).containsExactly(Status.SUCCESS);
    }

    @Test
    void fullStartsOver() {
        target.mode = WriteMode.UPSERT;
        run();
        source.size = 30;
        assertThat(run(Optional.empty(), Rerun.FULL).counts().extracted()).isEqualTo(30);
        assertThat(why()).contains("--full");
        source.size = 31;
        assertThat(run().counts().extracted()).isEqualTo(1);
    }

    @Test
    void fullDoesNotDoubleWhatIsAppendedUnlessAskedTo() {
        run();
        refused(() -> run(Optional.empty(), Rerun.FULL), "already appended", "--again");
        assertThat(run(Optional.empty(), FULL_AGAIN).counts().loaded()).isEqualTo(25);
        assertThat(target.visible).hasSize(50);
    }

    @Test
    void theFirstIncrementDoesNotDoubleWhatARunOfEverythingHasAppended() {
        source.incremental = false;
        run();
        source.incremental = true;
        refused(this::run, "takes all rows", "(all)", "--again");
        assertThat(run(Optional.empty(), Rerun.AGAIN).status()).isEqualTo(Status.SUCCESS);
        source.size = 26;
        assertThat(run().counts().extracted()).isEqualTo(1);
    }

    @Test
    void aChangedPipelineGoesOnOnlyKnowingly() {
        run();
        definition = "b";
        source.size = 30;
        refused(this::run, "a → b", "--full", "--again");
        assertThat(run(Optional.empty(), Rerun.AGAIN).counts().extracted()).isEqualTo(5);
        source.size = 31;
        assertThat(run().counts().extracted())
                .as("from then on it is the pipeline")
                .isEqualTo(1);
    }

    @Test
    void aChangedPipelineIsNotMixedIntoAnUnfinishedIncrement() {
        run();
        source.size = 50;
        source.unreadable = 40;
        run();
        definition = "b";
        refused(this::run, "is unfinished", "a → b", "--restart");
        definition = "a";
        refused(() -> run(Optional.empty(), FULL_AGAIN), "unfinished increment", "--restart");
        source.unreadable = -1;
        run();
        assertTarget(50);
    }

    @Test
    void whatCouldNotBePlannedIsInNobodysWay() {
        target.mode = WriteMode.UPSERT;
        run();
        source.size = 30;
        source.planFailure = MillraceException.user("the table was written anew; run --full");
        assertThat(run().failure().orElseThrow().kind()).isEqualTo(ErrorKind.USER);
        source.planFailure = null;
        definition = "b";
        assertThat(run(Optional.empty(), Rerun.FULL).counts().extracted()).isEqualTo(30);
    }

    @Test
    void modesThatWouldReplaceEarlierIncrementsAreRefused() {
        for (WriteMode mode : List.of(WriteMode.OVERWRITE, WriteMode.OVERWRITE_PARTITIONS, WriteMode.REPLACE_WINDOW)) {
            target.mode = mode;
            refused(this::run, "mode " + mode.name().toLowerCase(java.util.Locale.ROOT), "upsert");
        }
    }

    @Test
    void fullIsForIncrementsOnly() {
        refused(() -> run(WINDOW, Rerun.FULL), "--start and --end");
        source.incremental = false;
        refused(() -> run(Optional.empty(), Rerun.FULL), "no incremental");
    }

    private static void refused(Runnable run, String... parts) {
        assertThatThrownBy(run::run)
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContainingAll(parts);
    }
}
