package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.CheckTally;
import io.millrace.api.Claims;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.api.StepTally;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.DefinitionFingerprint;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger promises. {@link #reopen} gives the same ledger as another process would see it. */
interface LedgerContract {
    Ledger ledger();

    /** Closes the ledger and opens what it has stored. */
    Ledger reopen();

    /** What another process sees at the same time. */
    Ledger another();

    /** Changes its tables behind its back. */
    void sql(String statement) throws SQLException;

    /** Half a minute and a bit before now, by the clock that leases go by, in milliseconds. */
    long longSilence() throws SQLException;

    String DEFINITION =
            "{\"version\":1,\"entries\":[{\"path\":\"extract.fake.table\",\"shown\":\"events\",\"hash\":\"ab\"}]}";
    RunKey KEY = new RunKey("clean", Optional.empty());
    Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64).withNullable(false),
            Field.of("price", DataType.decimal(10, 2)),
            Field.of("tags", DataType.list(DataType.STRING)));

    static RunRecord run(String id, RunKey key) {
        return new RunRecord(
                id,
                key,
                RunState.RUNNING,
                DefinitionFingerprint.parse(DEFINITION),
                Optional.of(Path.of("events.yaml")),
                List.of("run.parallelism=2"),
                WriteMode.APPEND,
                "postgresql://localhost/db events",
                "lake",
                Optional.of(Path.of("rejects")),
                -42,
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty(),
                Optional.empty());
    }

    static PieceResult result(String runId, String piece, Counts counts) {
        Lineage lineage = new Lineage("clean", runId);
        return new PieceResult(
                new WriteTask(lineage, runId, piece, 2, new Fence(7)),
                Optional.of(new Staged("parquet", 1, "{\"file\":\"a\"}", counts.loaded())),
                Optional.empty(),
                Optional.of(new Staged("rejects", 1, "r.jsonl", counts.rejected())),
                counts,
                List.of(new Claims("c", 3, "abc")),
                List.of(new CheckTally("check: rows", 9, 0, CheckTally.NEVER)),
                Optional.empty());
    }

    private static RunRecord.Pin pin() {
        return new RunRecord.Pin("horizon=12", Repeatability.REPEATABLE, Optional.of("12"), SCHEMA);
    }

    private static List<Split> splits(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new Split("split-" + i, 1, "payload " + i, 100, 1000))
                .toList();
    }

    @Test
    default void remembersARunWithItsPlanAndResults() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(3));
        PieceResult result = result("r1", "split-1.0", new Counts(10, 7, 7, 1, 1, 1));
        assertThat(ledger().staged(lease, "r1", "split-1", result)).isTrue();

        Ledger later = reopen();
        RunRecord stored = later.run("r1").orElseThrow();
        assertThat(stored).usingRecursiveComparison().ignoringFields("pin").isEqualTo(run("r1", KEY));
        assertThat(stored.pin()).contains(pin());
        assertThat(later.unfinished("r1", 0))
                .containsExactly(
                        remaining(splits(3).get(0)), remaining(splits(3).get(2)));
        assertThat(later.splitCount("r1", 0)).isEqualTo(3);
        assertThat(later.results("r1")).containsExactly(result);
        assertThat(later.counts("r1").rows()).isEqualTo(result.counts());
    }

    @Test
    default void theFirstResultOfAPieceWins() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(1));
        PieceResult first = result("r1", "split-0.0", new Counts(5, 5, 5, 0, 0, 0));
        assertThat(ledger().staged(lease, "r1", "split-0", first)).isTrue();
        assertThat(ledger().staged(lease, "r1", "split-0", result("r1", "split-0.0", new Counts(9, 9, 9, 0, 0, 0))))
                .isFalse();
        assertThat(ledger().results("r1")).containsExactly(first);
    }

    @Test
    default void aLivingOwnerKeepsTheLeaseAndANamedOneIsBusy() {
        ledger().acquire(KEY);
        assertThatThrownBy(() -> ledger().acquire(KEY))
                .isInstanceOfSatisfying(
                        MillraceException.class, busy -> assertThat(busy.kind()).isEqualTo(ErrorKind.BUSY))
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        assertThat(ledger().acquire(new RunKey("other", Optional.empty())).epoch())
                .isEqualTo(1);
    }

    @Test
    default void takesOverFromADeadProcessOfThisHost() throws SQLException {
        Lease lease = ledger().acquire(KEY);
        sql("UPDATE leases SET pid = 999999999");
        assertThat(ledger().acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
    }

    @Test
    default void takesOverFromAReusedPid() throws SQLException {
        Lease lease = ledger().acquire(KEY);
        sql("UPDATE leases SET process_start = process_start - 5000");
        assertThat(ledger().acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
    }

    @Test
    default void waitsForAnotherHostUntilItsHeartbeatIsThirtySecondsOld() throws SQLException {
        Lease lease = ledger().acquire(KEY);
        sql("UPDATE leases SET host = 'elsewhere', pid = 999999999");
        assertThatThrownBy(() -> ledger().acquire(KEY)).hasMessageContaining("elsewhere");
        sql("UPDATE leases SET heartbeat = " + longSilence());
        assertThatThrownBy(() -> {
                    ledger().heartbeat(lease);
                    ledger().acquire(KEY);
                })
                .as("a heartbeat keeps it")
                .hasMessageContaining("elsewhere");
        sql("UPDATE leases SET heartbeat = " + longSilence());
        assertThat(ledger().acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
        assertThat(ledger().lastHeartbeat(KEY)).isPresent();
    }

    @Test
    default void ofManyWhoComeAtOnceOneGetsTheLease() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> attempts = Collections.nCopies(4, () -> {
                try (Ledger another = another()) {
                    another.acquire(KEY);
                    return true;
                } catch (MillraceException busy) {
                    assertThat(busy.kind()).isEqualTo(ErrorKind.BUSY);
                    return false;
                }
            });
            int holders = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                holders += attempt.get() ? 1 : 0;
            }
            assertThat(holders).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    default void windowsOfOnePipelineRunSideBySide() {
        Optional<TimeWindow> day =
                TimeWindow.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));
        ledger().acquire(KEY);
        assertThat(ledger().acquire(new RunKey("clean", day))).isNotNull();
    }

    @Test
    default void incrementsOfOnePipelineFollowOneAnother() {
        RunKey key = RunKey.increment("clean");
        Lease lease = ledger().acquire(key);
        assertThatThrownBy(() -> ledger().acquire(RunKey.increment("clean"))).hasMessageContaining("clean increment");
        ledger().begin(lease, increment("i1", Optional.empty()));
        ledger().planned(
                        lease,
                        "i1",
                        new RunRecord.Pin("p", Repeatability.BOUNDED_REPEATABLE, Optional.of("100"), SCHEMA),
                        splits(1));
        assertThat(ledger().latest(key).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        ledger().changeState(lease, "i1", RunState.COMMITTING, Optional.empty());
        ledger().changeState(lease, "i1", RunState.DONE, Optional.empty());
        ledger().begin(lease, increment("i2", Optional.of("100")));
        ledger().planned(
                        lease,
                        "i2",
                        new RunRecord.Pin("p", Repeatability.BOUNDED_REPEATABLE, Optional.of("200"), SCHEMA),
                        splits(1));

        Ledger later = reopen();
        RunRecord unfinished = later.latest(key).orElseThrow();
        assertThat(unfinished.key()).isEqualTo(key);
        assertThat(later.latestDone(key).orElseThrow().id()).isEqualTo("i1");
        assertThat(unfinished.position()).contains("100");
        assertThat(later.run("i1").orElseThrow().pin().orElseThrow().nextPosition())
                .as("kept until the next one is done")
                .contains("100");
        later.changeState(lease, "i2", RunState.DONE, Optional.empty());
        assertThat(later.latest(key).orElseThrow().pin().orElseThrow().nextPosition())
                .contains("200");
        assertThat(later.latest(KEY)).as("everything").isEmpty();
    }

    private static RunRecord increment(String id, Optional<String> position) {
        RunRecord run = run(id, RunKey.increment("clean"));
        return new RunRecord(
                id,
                run.key(),
                run.state(),
                run.definition(),
                run.file(),
                run.overrides(),
                run.mode(),
                run.source(),
                run.target(),
                run.rejects(),
                run.seed(),
                position,
                run.pin(),
                run.started(),
                run.ended(),
                run.error());
    }

    @Test
    default void theNewestIsWhatWasStoredLastWhateverTheClocksSay() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("20260101-000010-late", KEY));
        ledger().begin(lease, run("20260101-000001-early", KEY));
        assertThat(ledger().latest(KEY).orElseThrow().id()).endsWith("early");
        assertThat(ledger().runs(Optional.empty(), Set.of(RunState.RUNNING), 1))
                .extracting(RunRecord::id)
                .containsExactly("20260101-000001-early");
    }

    @Test
    default void aResultHandedInAgainIsTheSameResult() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(1));
        PieceResult result = result("r1", "split-0.0", new Counts(5, 5, 5, 0, 0, 0));
        assertThat(ledger().staged(lease, "r1", "split-0", result)).isTrue();
        assertThat(ledger().staged(lease, "r1", "split-0", result))
                .as("the answer had been lost")
                .isTrue();
        assertThat(ledger().results("r1")).containsExactly(result);
    }

    @Test
    default void whoHasLostTheLeaseCanWriteNothing() {
        Lease lost = ledger().acquire(KEY);
        ledger().begin(lost, run("r1", KEY));
        ledger().planned(lost, "r1", pin(), splits(1));
        ledger().release(lost);
        Lease taken = ledger().acquire(KEY);
        assertThat(taken.epoch()).isGreaterThan(lost.epoch());

        for (Runnable write : List.<Runnable>of(
                () -> ledger().heartbeat(lost),
                () -> ledger().changeState(lost, "r1", RunState.COMMITTING, Optional.empty()),
                () -> ledger().planned(lost, "r1", pin(), splits(2)),
                () -> ledger().staged(lost, "r1", "split-0", result("r1", "split-0.0", Counts.ZERO)),
                () -> ledger().begin(lost, run("r2", KEY)))) {
            assertThatThrownBy(write::run)
                    .isInstanceOfSatisfying(MillraceException.class, fenced -> assertThat(fenced.kind())
                            .isEqualTo(ErrorKind.FENCED));
        }
        assertThat(ledger().results("r1")).isEmpty();
        assertThat(ledger().run("r2")).isEmpty();
        assertThat(ledger().run("r1").orElseThrow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    default void refusesIllegalChangesOfState() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().changeState(lease, "r1", RunState.COMMITTING, Optional.empty());
        assertThatThrownBy(() -> ledger().changeState(lease, "r1", RunState.FAILED, Optional.of("late")))
                .isInstanceOf(IllegalStateException.class);
        ledger().changeState(lease, "r1", RunState.DONE, Optional.empty());
        assertThatThrownBy(() -> ledger().changeState(lease, "r1", RunState.RUNNING, Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger().run("r1").orElseThrow().ended()).isPresent();
    }

    @Test
    default void takesNoMorePiecesOnceTheCommitIsDecided() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(1));
        ledger().changeState(lease, "r1", RunState.COMMITTING, Optional.empty());
        assertThatThrownBy(() -> ledger().staged(lease, "r1", "split-0", result("r1", "split-0.0", Counts.ZERO)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void laterStagesHaveSplitsAndResultsOfTheirOwn() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(2));
        assertThat(ledger().lastStage("r1")).isZero();
        List<Split> buckets =
                List.of(new Split("bucket-1-000", 1, "0", 5, -1), new Split("bucket-1-001", 1, "1", 5, -1));
        ledger().planned(lease, "r1", 1, 0, buckets);
        // How many buckets there are is decided once.
        ledger().planned(lease, "r1", 1, 0, List.of(new Split("bucket-1-009", 1, "9", 5, -1)));
        ledger().planned(lease, "r1", 2, 1, List.of(new Split("bucket-2-000", 1, "0", 5, -1)));
        assertThat(ledger().unfinished("r1", 1)).containsExactly(remaining(buckets.get(0)), remaining(buckets.get(1)));
        PieceResult read = result("r1", "split-0.0", new Counts(10, 7, 7, 2, 0, 1));
        PieceResult folded = result("r1", "bucket-1-000.0", new Counts(7, 3, 3, 0, 4, 0));
        PieceResult grouped = result("r1", "bucket-2-000.0", new Counts(2, 1, 1, 1, 0, 0));
        ledger().staged(lease, "r1", "bucket-2-000", grouped);
        ledger().staged(lease, "r1", "split-0", read);
        ledger().staged(lease, "r1", "bucket-1-000", folded);
        assertThat(ledger().results("r1", 1)).containsExactly(folded);
        assertThat(ledger().results("r1")).containsExactly(read, folded, grouped);
        assertThat(ledger().lastStage("r1")).isEqualTo(2);
        assertThat(ledger().counts("r1"))
                .isEqualTo(new RunCounts(new Counts(10, 3, 3, 2, 4, 1), Optional.of(new Counts(2, 1, 1, 1, 0, 0)), 1));
        // Planning the source again touches its own splits only.
        ledger().planned(lease, "r1", pin(), List.of(new Split("again-0", 1, "other", 1, 1)));
        assertThat(ledger().splitCount("r1", 0)).isEqualTo(2);
        assertThat(ledger().splitCount("r1", 1)).isEqualTo(2);
    }

    @Test
    default void planningAgainKeepsFinishedSplits() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(2));
        ledger().staged(lease, "r1", "split-0", result("r1", "split-0.0", Counts.ZERO));
        Split again = new Split("again-0", 1, "other", 1, 1);
        ledger().planned(lease, "r1", pin(), List.of(again));
        assertThat(ledger().unfinished("r1", 0)).containsExactly(remaining(again));
        assertThat(ledger().splitCount("r1", 0)).isEqualTo(2);
    }

    @Test
    default void remembersWhereASplitGoesOn() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(2));
        for (int piece = 0; piece < 11; piece++) {
            ledger().staged(lease, "r1", "split-0", unfinishedResult("split-0." + piece, "page " + piece));
        }
        assertThat(reopen().unfinished("r1", 0))
                .containsExactly(
                        new RemainingSplit(splits(2).get(0), 11, Optional.of("page 10")),
                        remaining(splits(2).get(1)));

        ledger().planned(lease, "r1", pin(), List.of());
        assertThat(ledger().unfinished("r1", 0))
                .extracting(RemainingSplit::nextPiece)
                .containsExactly("split-0.11");

        ledger().staged(lease, "r1", "split-0", result("r1", "split-0.11", Counts.ZERO));
        assertThat(ledger().unfinished("r1", 0)).isEmpty();
        assertThat(ledger().results("r1"))
                .extracting(result -> result.task().piece())
                .startsWith("split-0.0", "split-0.1", "split-0.2");
    }

    private static RemainingSplit remaining(Split split) {
        return new RemainingSplit(split, 0, Optional.empty());
    }

    private static PieceResult unfinishedResult(String piece, String resumePoint) {
        PieceResult whole = result("r1", piece, Counts.ZERO);
        return new PieceResult(
                whole.task(),
                whole.data(),
                whole.receipt(),
                whole.rejects(),
                whole.counts(),
                whole.claims(),
                whole.checks(),
                Optional.of(resumePoint));
    }

    @Test
    default void findsTheLatestRunOfAKeyAndPassesOverDiscardedOnes() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().begin(lease, run("r2", KEY));
        assertThat(ledger().latest(KEY).orElseThrow().id()).isEqualTo("r2");
        ledger().changeState(lease, "r2", RunState.DISCARDED, Optional.of("restarted"));
        assertThat(ledger().latest(KEY).orElseThrow().id()).isEqualTo("r1");
        assertThat(ledger().runs(Optional.of("clean"), Set.of(RunState.DISCARDED), 10))
                .extracting(RunRecord::id)
                .containsExactly("r2");
    }

    @Test
    default void addsUpWhatPassedEachStep() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(2));
        List<RunStep> described = List.of(
                new RunStep(0, 0, "extract", SCHEMA),
                new RunStep(0, 1, "load", SCHEMA),
                new RunStep(1, 0, "later", SCHEMA));
        ledger().describe(lease, "r1", described);
        ledger().describe(lease, "r1", described);
        PieceResult first = tallied("split-0.0", new StepTally("extract", 10, 9, 5), new StepTally("load", 9, 8, 7));
        ledger().staged(lease, "r1", "split-0", first);
        ledger().staged(lease, "r1", "split-0", tallied("split-0.0", new StepTally("extract", 99, 99, 99)));
        ledger().staged(lease, "r1", "split-1", tallied("split-1.0", new StepTally("extract", 1, 1, 1)));

        assertThat(reopen().steps("r1"))
                .containsExactly(
                        new RunStep(0, 0, "extract", SCHEMA, 11, 10, 6),
                        new RunStep(0, 1, "load", SCHEMA, 9, 8, 7),
                        new RunStep(1, 0, "later", SCHEMA));
        assertThat(ledger().results("r1")).contains(first);
    }

    private static PieceResult tallied(String piece, StepTally... steps) {
        PieceResult whole = result("r1", piece, Counts.ZERO);
        return new PieceResult(
                whole.task(),
                whole.data(),
                whole.receipt(),
                whole.rejects(),
                whole.counts(),
                whole.claims(),
                whole.checks(),
                List.of(steps),
                Optional.empty());
    }

    @Test
    default void tellsHowFarEachSplitIs() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r1", KEY));
        ledger().planned(lease, "r1", pin(), splits(3));
        ledger().staged(lease, "r1", "split-1", result("r1", "split-1.0", new Counts(10, 8, 8, 0, 0, 2)));
        ledger().staged(lease, "r1", "split-2", unfinishedResult("split-2.0", "page 1"));
        assertThat(ledger().progress("r1", 0))
                .containsExactly(
                        new SplitProgress("split-0", false, 0, 100, 0, 0),
                        new SplitProgress("split-1", true, 1, 100, 10, 2),
                        new SplitProgress("split-2", false, 1, 100, 0, 0));
        assertThat(ledger().finishedCount("r1", 0)).isEqualTo(1);
        assertThat(ledger().progress("r1", 1)).isEmpty();
    }

    @Test
    default void listsRunsPageByPage() {
        RunKey other = new RunKey("another", Optional.empty());
        Lease lease = ledger().acquire(KEY);
        Lease otherLease = ledger().acquire(other);
        for (int i = 1; i <= 5; i++) {
            ledger().begin(lease, run("r" + i, KEY));
        }
        ledger().begin(otherLease, run("x", other));
        Set<RunState> all = Set.of(RunState.values());
        assertThat(ledger().runs(new RunFilter(Optional.of("clean"), all, Optional.empty(), 2)))
                .extracting(RunRecord::id)
                .containsExactly("r5", "r4");
        assertThat(ledger().runs(new RunFilter(Optional.of("clean"), all, Optional.of("r4"), 2)))
                .extracting(RunRecord::id)
                .containsExactly("r3", "r2");
        assertThat(ledger().runs(RunFilter.newest(1))).extracting(RunRecord::id).containsExactly("x");
        assertThat(ledger().pipelines()).containsExactly("another", "clean");
    }

    @Test
    default void remembersWhoAskedForEachAttempt() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r", KEY));
        assertThat(ledger().attempts("r")).isEmpty();
        ledger().attempted(lease, "r", Optional.of("clean/scheduled__2026/run, try 1"));
        ledger().attempted(lease, "r", Optional.empty());
        List<Attempt> attempts = reopen().attempts("r");
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(attempts)
                .extracting(Attempt::scheduledBy)
                .containsExactly(Optional.of("clean/scheduled__2026/run, try 1"), Optional.empty());
        assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.process())
                .isEqualTo(ProcessHandle.current().pid()));
    }

    @Test
    default void anAttemptOfAnOwnerThatLostItsLeaseIsNotRemembered() throws SQLException {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r", KEY));
        sql("UPDATE leases SET epoch = epoch + 1");
        assertThatThrownBy(() -> ledger().attempted(lease, "r", Optional.empty()))
                .isInstanceOf(MillraceException.class);
        assertThat(ledger().attempts("r")).isEmpty();
    }

    private void ended(String id, RunKey key, WriteMode mode, RunState state) {
        RunRecord template = run(id, key);
        Lease lease = ledger().acquire(key);
        ledger().begin(
                        lease,
                        new RunRecord(
                                id,
                                key,
                                RunState.RUNNING,
                                template.definition(),
                                template.file(),
                                template.overrides(),
                                mode,
                                template.source(),
                                template.target(),
                                template.rejects(),
                                template.seed(),
                                template.position(),
                                template.pin(),
                                template.started(),
                                template.ended(),
                                template.error()));
        if (state != RunState.RUNNING) {
            ledger().changeState(lease, id, state, Optional.empty());
        }
        ledger().release(lease);
    }

    @Test
    default void forgetsWhatDecidesNothingAnyMore() {
        RunKey increment = RunKey.increment("clean");
        for (String id : List.of("1", "2")) {
            ended("append-" + id, KEY, WriteMode.APPEND, RunState.DONE);
            ended("increment-" + id, increment, WriteMode.UPSERT, RunState.DONE);
        }
        RunKey other = new RunKey("other", Optional.empty());
        ended("replaced", other, WriteMode.OVERWRITE, RunState.DONE);
        ended("given-up", other, WriteMode.APPEND, RunState.DISCARDED);
        RunKey third = new RunKey("third", Optional.empty());
        ended("given-up-last", third, WriteMode.APPEND, RunState.DISCARDED);
        ended("failed", new RunKey("fourth", Optional.empty()), WriteMode.OVERWRITE, RunState.FAILED);
        ended("running", new RunKey("fifth", Optional.empty()), WriteMode.OVERWRITE, RunState.RUNNING);

        List<RunRecord> due =
                new Retention(Optional.empty(), Optional.of(0)).due(ledger(), Optional.empty(), Instant.now());
        List<String> forgotten = due.stream()
                .map(RunRecord::id)
                .filter(id -> ledger().forgettable(id) && ledger().forget(id))
                .toList();
        assertThat(forgotten).containsExactlyInAnyOrder("append-1", "increment-1", "replaced");
        assertThat(ledger().forget("failed")).isFalse();
        assertThat(ledger().forget("running")).isFalse();
        assertThat(ledger().forget("unknown")).isFalse();
        ended("after", other, WriteMode.OVERWRITE, RunState.DONE);
        assertThat(ledger().forget("given-up")).isTrue();
        Ledger reopened = reopen();
        assertThat(reopened.run("append-1")).isEmpty();
        assertThat(reopened.latest(KEY).orElseThrow().id()).isEqualTo("append-2");
        assertThat(reopened.latestDone(increment).orElseThrow().id()).isEqualTo("increment-2");
    }

    @Test
    default void aForgottenRunLeavesNothing() {
        Lease lease = ledger().acquire(KEY);
        ledger().begin(lease, run("r", KEY));
        ledger().attempted(lease, "r", Optional.empty());
        ledger().planned(
                        lease,
                        "r",
                        new RunRecord.Pin("pin", Repeatability.REPEATABLE, Optional.empty(), SCHEMA),
                        List.of(new Split("s", 1, "payload", 1, 1)));
        ledger().changeState(lease, "r", RunState.DONE, Optional.empty());
        ledger().begin(lease, run("newer", KEY));
        ledger().changeState(lease, "newer", RunState.DONE, Optional.empty());
        assertThat(ledger().forget("r")).isTrue();
        assertThat(ledger().splitCount("r", 0)).isZero();
        assertThat(ledger().attempts("r")).isEmpty();
    }

    @Test
    default void keepsRunsByAgeAndByNumber() {
        RunKey other = new RunKey("other", Optional.empty());
        for (int i = 0; i < 5; i++) {
            ended("r" + i, KEY, WriteMode.OVERWRITE, RunState.DONE);
        }
        ended("o", other, WriteMode.OVERWRITE, RunState.DONE);
        Instant later = Instant.now().plus(Duration.ofDays(10));
        assertThat(new Retention(Optional.empty(), Optional.of(3)).due(ledger(), Optional.empty(), later))
                .extracting(RunRecord::id)
                .containsExactly("r1", "r0");
        assertThat(new Retention(Optional.of(Duration.ofDays(11)), Optional.of(0))
                        .due(ledger(), Optional.empty(), later))
                .isEmpty();
        assertThat(new Retention(Optional.of(Duration.ofDays(9)), Optional.empty())
                        .due(ledger(), Optional.of("other"), later))
                .extracting(RunRecord::id)
                .containsExactly("o");
    }
}
