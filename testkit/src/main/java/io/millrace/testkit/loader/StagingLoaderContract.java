package io.millrace.testkit.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every staging loader must do. A subclass names its loader and reads the target as a foreign reader would; each test
 * starts with an empty target, which all loaders made within one test share.
 */
public abstract class StagingLoaderContract {
    /** The columns that the contract writes; {@code p} is the one it partitions by. */
    protected static final Schema SCHEMA = Schema.of(
            new Field("id", DataType.INT64, false), Field.of("name", DataType.STRING), Field.of("p", DataType.STRING));

    /** Values that try to leave the folder, end names early, look like something else, or clash. */
    protected static final List<String> HOSTILE = List.of(
            "..",
            ".",
            "../../up",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "a=b",
            "p=x/q=y",
            "%2F",
            "%",
            "100%",
            " leading",
            "trailing ",
            "dot.",
            "*",
            "?",
            "[a]",
            "{a,b}",
            "a:b",
            "#frag",
            "quote\"'",
            "tab\tnewline\n",
            "\u0001\u007f",
            "naïve 日本 😀",
            "null",
            "NULL",
            "__HIVE_DEFAULT_PARTITION__",
            "_hidden",
            ".hidden",
            "A",
            "a",
            "~",
            "2024-01-01",
            "007");

    private static final Lineage LINEAGE = new Lineage("contract pipeline / 1", "b7f3-1");

    /** A new loader on this test's target. */
    protected abstract StagingLoader loader(WriteMode mode, List<String> partitionBy);

    /** All rows that an ordinary reader sees now, in any order, as {@link Batch#records()} has them. */
    protected abstract List<Map<String, Object>> visible();

    /** The modes that the target has. */
    protected abstract List<WriteMode> modes();

    /** The mode of tests that are about no mode. */
    private WriteMode usual() {
        return modes().contains(WriteMode.APPEND) ? WriteMode.APPEND : modes().get(0);
    }

    /** Rows that are visible when a run of the usual mode has come behind another. */
    private List<Map<String, Object>> after(List<Map<String, Object>> former, List<Map<String, Object>> latter) {
        List<Map<String, Object>> both = new ArrayList<>(usual() == WriteMode.APPEND ? former : List.of());
        both.addAll(latter);
        return both;
    }

    /** Whether the target has partitions. */
    protected abstract boolean partitions();

    /** How many staged pieces, whole or in part, lie about in the target. */
    protected abstract int leftovers();

    /** A text that describe must not hold, or empty. */
    protected String secret() {
        return "";
    }

    @Test
    void appendAddsRows() {
        assumeTrue(modes().contains(WriteMode.APPEND), "the target cannot append");
        load(WriteMode.APPEND, List.of(), "run-1", rows(1, 2));
        load(WriteMode.APPEND, List.of(), "run-2", rows(3));
        assertVisible(rows(1, 2, 3));
    }

    @Test
    void overwriteReplacesAllRows() {
        assumeTrue(modes().contains(WriteMode.OVERWRITE), "the target cannot overwrite");
        load(usual(), List.of(), "run-1", rows(1, 2));
        load(WriteMode.OVERWRITE, List.of(), "run-2", rows(3));
        assertVisible(rows(3));
    }

    @Test
    void overwriteByAnEmptyRunLeavesNoRow() {
        assumeTrue(modes().contains(WriteMode.OVERWRITE), "the target cannot overwrite");
        load(usual(), List.of(), "run-1", rows(1, 2));
        load(WriteMode.OVERWRITE, List.of(), "run-2", rows());
        assertVisible(rows());
    }

    @Test
    void overwritePartitionsReplacesOnlyWhatTheRunHasRowsFor() {
        assumeTrue(modes().contains(WriteMode.OVERWRITE_PARTITIONS), "the target cannot overwrite partitions");
        load(WriteMode.APPEND, List.of("p"), "run-1", List.of(row(1, "a"), row(2, "b"), row(3, "b")));
        load(WriteMode.OVERWRITE_PARTITIONS, List.of("p"), "run-2", List.of(row(4, "b"), row(5, "c")));
        assertVisible(List.of(row(1, "a"), row(4, "b"), row(5, "c")));
    }

    @Test
    void nothingIsVisibleBeforeTheCommit() {
        load(usual(), List.of(), "run-0", rows(1));
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            StagingWriter writer = run.open("split-0.0", 0);
            writer.write(batch(rows(2, 3)), new NoRejects());
            assertVisible(rows(1));
            Staged staged = writer.stage();
            writer.close();
            assertVisible(rows(1));
            run.commit(staged);
            assertVisible(after(rows(1), rows(2, 3)));
        }
    }

    @Test
    void commitIsIdempotent() {
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            Staged staged = run.stage("split-0.0", batch(rows(1)));
            assertThat(run.commit(staged)).isEqualTo(CommitResult.COMMITTED);
            assertThat(run.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
        }
        assertVisible(rows(1));
    }

    @Test
    void aCommitRepeatedUnderALaterFenceChangesNothing() {
        Staged staged;
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            staged = run.stage("split-0.0", batch(rows(1)));
            run.commit(staged);
        }
        try (StagingRun resumed = run(usual(), List.of(), "run-1")) {
            assertThat(resumed.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
        }
        assertVisible(rows(1));
    }

    @Test
    void aResumedRunCommitsWhatItsPredecessorStaged() {
        StagingRun dead = run(usual(), List.of(), "run-1");
        Staged first = dead.stage("split-0.0", batch(rows(1, 2)));
        try (StagingRun resumed = run(usual(), List.of(), "run-1")) {
            assertThat(resumed.fence().epoch()).isGreaterThan(dead.fence().epoch());
            Staged second = resumed.stage("split-1.0", batch(rows(3)));
            resumed.commit(first, second);
        }
        assertVisible(rows(1, 2, 3));
    }

    @Test
    void aZombieCanNeitherStageNorCommitNorOpen() {
        StagingRun zombie = run(usual(), List.of(), "run-1");
        Staged staged = zombie.stage("split-0.0", batch(rows(1)));
        StagingWriter writing = zombie.open("split-1.0", 0);
        writing.write(batch(rows(2)), new NoRejects());
        try (StagingRun successor = run(usual(), List.of(), "run-1")) {
            assertFenced(writing::stage);
            assertFenced(() -> zombie.commit(staged));
            assertFenced(() -> zombie.open("split-2.0", 0));
            assertFenced(zombie::cleanup);
            writing.close();
            zombie.close();
            assertVisible(rows());
            successor.commit(staged);
        }
        assertVisible(rows(1));
    }

    @Test
    void cleanupKeepsWhatIsLive() {
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            Staged live = run.stage("split-0.0", batch(rows(1)));
            run.stage("split-0.1", batch(rows(2)));
            run.cleanup(live);
            assertThat(leftovers()).isEqualTo(1);
            run.commit(live);
            run.cleanup();
            assertThat(leftovers()).isZero();
        }
        assertVisible(rows(1));
    }

    @Test
    void runsOfOtherLineagesAreLeftAlone() {
        StagingRun other =
                new StagingRun(loader(usual(), List.of()), SCHEMA, new Lineage(LINEAGE.pipeline(), "another"), "run-9");
        Staged theirs = other.stage("split-0.0", batch(rows(9)));
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            run.commit(run.stage("split-0.0", batch(rows(1))));
            run.cleanup();
        }
        other.commit(theirs);
        other.close();
        assertVisible(after(rows(1), rows(9)));
    }

    @Test
    void abortAndCloseLeaveNothing() {
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            StagingWriter aborted = run.open("split-0.0", 0);
            aborted.write(batch(rows(1)), new NoRejects());
            aborted.abort();
            aborted.close();
            try (StagingWriter closed = run.open("split-0.0", 1)) {
                closed.write(batch(rows(1)), new NoRejects());
            }
            assertThat(leftovers()).isZero();
            run.commit(run.stage("split-0.0", batch(rows(1))));
        }
        assertVisible(rows(1));
        assertThat(leftovers()).isZero();
    }

    @Test
    void aSecondAttemptAtAPieceStandsBesideTheFirst() {
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            StagingWriter slow = run.open("split-0.0", 0);
            slow.write(batch(rows(1)), new NoRejects());
            StagingWriter quick = run.open("split-0.0", 1);
            quick.write(batch(rows(1)), new NoRejects());
            Staged winner = quick.stage();
            Staged loser = slow.stage();
            quick.close();
            slow.close();
            run.commit(winner);
            run.cleanup();
            assertThat(loser.rows()).isEqualTo(1);
        }
        assertVisible(rows(1));
        assertThat(leftovers()).isZero();
    }

    @Test
    void writersOfSeveralPiecesWorkAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            List<Future<Staged>> futures = new ArrayList<>();
            for (int piece = 0; piece < 8; piece++) {
                int first = piece * 100;
                String name = "split-" + piece + ".0";
                futures.add(
                        threads.submit(() -> run.stage(name, batch(rows(first, first + 1)), batch(rows(first + 2)))));
            }
            List<Staged> staged = new ArrayList<>();
            for (Future<Staged> future : futures) {
                staged.add(future.get());
            }
            run.commit(staged.toArray(Staged[]::new));
        } finally {
            threads.shutdownNow();
        }
        assertThat(visible()).hasSize(24);
    }

    @Test
    void stagedSaysHowManyRows() {
        try (StagingRun run = run(usual(), List.of(), "run-1")) {
            assertThat(run.stage("split-0.0", batch(rows(1, 2)), batch(rows(3))).rows())
                    .isEqualTo(3);
            assertThat(run.stage("split-1.0").rows()).isZero();
        }
    }

    @Test
    void hostilePartitionValuesComeBackAsTheyWere() {
        assumeTrue(partitions(), "the target has no partitions");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String value : HOSTILE) {
            rows.add(row(rows.size(), value));
        }
        rows.add(row(rows.size(), null));
        load(WriteMode.APPEND, List.of("p"), "run-1", rows);
        assertVisible(rows);
    }

    @Test
    void anUnknownPartitionColumnIsRefusedWithTheNearest() {
        assumeTrue(partitions(), "the target has no partitions");
        assertThatThrownBy(() -> loader(WriteMode.APPEND, List.of("nam")).validate(SCHEMA))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("'nam'")
                .hasMessageContaining("did you mean 'name'?");
    }

    @Test
    void theLastCommitOfALineageIsKnown() {
        StagingLoader loader = loader(usual(), List.of());
        assertThat(loader.lastCommitted(LINEAGE)).isEmpty();
        load(usual(), List.of(), "run-1", rows(1));
        assertThat(loader.lastCommitted(LINEAGE)).hasValue(1);
        assertThat(loader.lastCommitted(new Lineage(LINEAGE.pipeline(), "another")))
                .isEmpty();
        loader.close();
    }

    @Test
    void describeShowsNoSecret() {
        StagingLoader loader = loader(usual(), List.of());
        assertThat(loader.describe()).isNotBlank();
        if (!secret().isEmpty()) {
            assertThat(loader.describe()).doesNotContain(secret());
        }
        loader.close();
    }

    /** A run of the contract's lineage. */
    protected final StagingRun run(WriteMode mode, List<String> partitionBy, String unit) {
        return new StagingRun(loader(mode, partitionBy), SCHEMA, LINEAGE, unit);
    }

    /** A whole run of two pieces. */
    protected final void load(WriteMode mode, List<String> partitionBy, String unit, List<Map<String, Object>> rows) {
        try (StagingRun run = run(mode, partitionBy, unit)) {
            int half = rows.size() / 2;
            run.commit(
                    run.stage("split-0.0", batch(rows.subList(0, half))),
                    run.stage("split-1.0", batch(rows.subList(half, rows.size()))));
            run.cleanup();
        }
    }

    protected static Batch batch(List<Map<String, Object>> rows) {
        return Batch.ofRecords(SCHEMA, rows);
    }

    protected static List<Map<String, Object>> rows(long... ids) {
        return Arrays.stream(ids).mapToObj(id -> row(id, "a")).toList();
    }

    protected static Map<String, Object> row(long id, String partition) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", "name " + id);
        row.put("p", partition);
        return row;
    }

    protected final void assertVisible(List<Map<String, Object>> rows) {
        assertThat(visible()).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static void assertFenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                .isEqualTo(ErrorKind.FENCED));
    }
}
