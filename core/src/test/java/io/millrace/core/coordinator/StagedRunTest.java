package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BoundTransform;
import io.millrace.api.Counts;
import io.millrace.api.Loader;
import io.millrace.api.Rejects;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with steps that bring the rows of a key together. */
class StagedRunTest {
    @TempDir
    Path folder;

    private final MemoryTarget target = new MemoryTarget();
    private final MemoryDirectTarget direct = new MemoryDirectTarget();
    private Supplier<Loader> loader = target::loader;
    private final List<RunEvent> events = new ArrayList<>();
    private List<StepDefinition> steps = List.of(counting("count"));
    private int workers = 2;

    private static StepDefinition counting(String label) {
        return new StepDefinition.KeyedStep("count", label, new CountRows(), Place.named("test"));
    }

    private static StepDefinition keeping(String label, LongPredicate kept) {
        return new StepDefinition.RowStep(
                "keep", label, (input, context) -> new Keep(input, kept), null, Place.named("test"));
    }

    private record Keep(Schema output, LongPredicate kept) implements BoundTransform {
        @Override
        public Batch apply(Batch input, Rejects rejects) {
            LongColumn ids = (LongColumn) input.column(0);
            int[] rows = java.util.stream.IntStream.range(0, input.rowCount())
                    .filter(row -> kept.test(ids.get(row)))
                    .toArray();
            rejects.filtered(input.rowCount() - rows.length);
            return input.select(Selection.of(rows, rows.length));
        }
    }

    private RunReport run(MemorySource source) {
        Job job = new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                steps,
                loader,
                new Job.Options(
                        workers,
                        10,
                        0.05,
                        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)),
                        Duration.ofMinutes(1),
                        Optional.empty()),
                DefinitionFingerprint.parse("{\"version\":1,\"entries\":[]}"));
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, new LocalEngine(), events::add, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
        }
    }

    private static MemorySource source() {
        MemorySource source = new MemorySource(4, 100);
        source.keys = number -> number % 50;
        return source;
    }

    /** Fifty groups of eight. */
    private static Object[] groups() {
        return LongStream.range(0, 50).map(id -> 1000 * id + 8).boxed().toArray();
    }

    @Test
    void rowsOfAKeyComeTogetherAndGroupsAreAccountedForByThemselves() throws Exception {
        RunReport report = run(source());
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(target.visible).containsExactlyInAnyOrder(groups());
        assertThat(report.counts()).isEqualTo(new Counts(400, 400, 400, 0, 0, 0));
        assertThat(report.groups()).contains(new Counts(50, 50, 50, 0, 0, 0));
        assertThat(report.splits()).isEqualTo(4);
        assertThat(events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .distinct())
                .containsExactly(
                        "Started",
                        "Bound",
                        "Planned",
                        "SplitStarted",
                        "Progressed",
                        "Staged",
                        "Exchanging",
                        "Committing",
                        "Ended");
        try (var files = Files.walk(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("exchange"));
        }
    }

    @Test
    void stepsBeforeAndBehindCountWhatTheyLeaveOut() {
        steps = List.of(
                keeping("before", id -> id < 30), counting("count"), keeping("behind", group -> group < 20_000));
        RunReport report = run(source());
        assertThat(target.visible).hasSize(20);
        assertThat(report.counts()).isEqualTo(new Counts(400, 240, 240, 160, 0, 0));
        assertThat(report.groups()).contains(new Counts(30, 20, 20, 10, 0, 0));
    }

    @Test
    void aSourceThatKnowsItsBytesOnlyIsDividedByThem() {
        MemorySource source = source();
        source.knowsRows = false;
        run(source);
        assertThat(events).contains(new RunEvent.Exchanging("count", 8));
    }

    @Test
    void groupsCanBeGroupedAgain() {
        steps = List.of(counting("count"), counting("count-2"));
        RunReport report = run(source());
        assertThat(target.visible)
                .containsExactlyInAnyOrder(LongStream.range(0, 50)
                        .map(id -> 1000 * (1000 * id + 8) + 1)
                        .boxed()
                        .toArray());
        assertThat(report.counts().loaded()).isEqualTo(400);
        assertThat(report.groups()).contains(new Counts(50, 50, 50, 0, 0, 0));
    }

    @Test
    void whatIsReadIsNotReadAgain() {
        workers = 1;
        MemorySource source = source();
        source.failures.put(2, 9);
        source.failures.put(3, 9);
        RunReport failed = run(source);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.counts().balanced()).isTrue();
        source.failures.clear();
        source.opened.clear();
        RunReport resumed = run(source);
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(source.opened.keySet()).containsExactlyInAnyOrder(2, 3);
        assertThat(target.visible).containsExactlyInAnyOrder(groups());
        assertThat(resumed.counts()).isEqualTo(new Counts(400, 400, 400, 0, 0, 0));
    }

    @Test
    void aRunThatHasReadItsSourceNeedsItNoMore() {
        target.failingCommits = 1;
        MemorySource source = source();
        assertThat(run(source).status()).isEqualTo(Status.FAILED);
        MemorySource changed = source();
        changed.pinState = io.millrace.api.PinState.RESTART;
        RunReport resumed = run(changed);
        assertThat(resumed.status()).isEqualTo(Status.SUCCESS);
        assertThat(changed.opened).isEmpty();
        assertThat(target.visible).containsExactlyInAnyOrder(groups());
    }

    @Test
    void bucketsCommitToDirectTargetsOnceEach() {
        loader = direct::loader;
        workers = 1;
        direct.lostAnswers.set(2);
        direct.lostCommits.set(1);
        RunReport report = run(source());
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(direct.visible).containsExactlyInAnyOrder(groups());
        assertThat(report.groups()).contains(new Counts(50, 50, 50, 0, 0, 0));
    }

    @Test
    void lostExchangeFilesMakeAResumeBeginAnew() throws Exception {
        workers = 1;
        MemorySource source = source();
        source.failures.put(2, 9);
        RunReport failed = run(source);
        try (var files = Files.walk(folder.resolve("runs").resolve(failed.run()))) {
            Path lost = files.filter(file -> file.toString().contains("exchange-1/"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(lost);
        }
        RunReport anew = run(source());
        assertThat(anew.status()).isEqualTo(Status.SUCCESS);
        assertThat(anew.run()).isNotEqualTo(failed.run());
        assertThat(target.visible).containsExactlyInAnyOrder(groups());
    }
}
