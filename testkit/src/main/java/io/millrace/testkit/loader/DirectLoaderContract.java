package io.millrace.testkit.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.StreamUnit;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every direct loader must do. A subclass names its loader and reads the target as a foreign reader would; each test
 * starts with an empty target, which all loaders made within one test share.
 *
 * <p>A {@linkplain DirectLoader#replayable replayable} loader need not remember pieces and may show rows before the commit;
 * it is held to the promise that writing again leaves the same content.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DirectLoaderContract {
    /** The columns that the contract writes. */
    protected static final Schema SCHEMA = Schema.of(
            new Field("id", DataType.INT64, false),
            Field.of("name", DataType.STRING),
            Field.of("price", DataType.FLOAT64));

    /** Values that end texts early, look like something else, or are not in the Basic Multilingual Plane. */
    protected static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\\N",
            "\\.",
            "null",
            "NULL",
            "a\tb\nc\r",
            "quote\"'`",
            "$1 ? :x %s ${x}",
            "{\"a\": [1]}",
            "\u0001\u001f\u007f",
            "naïve e\u0301 日本 😀 \ufeff\uffff",
            "x".repeat(100_000));

    private static final Lineage LINEAGE = new Lineage("contract pipeline / 'ü' 1", "b7f3-1");
    private static final Lineage OTHER_LINEAGE = new Lineage(LINEAGE.pipeline(), "c1-1");
    private static final String NOTE = "{\"rows\": 2, \"claims\": \"split-0.0 'quoted' \\\\ ü 日本 😀\"}";

    /** A new loader on this test's target, that adds rows or replaces them by {@code id}. The contract closes it. */
    protected abstract DirectLoader loader();

    /** All rows that an ordinary reader sees now, in any order, as {@link Batch#records()} has them. */
    protected abstract List<Map<String, Object>> visible();

    /** The names of all that the target's server holds: tables, topics, keys. */
    protected abstract List<String> objects();

    /** Whether a row takes the place of another one with the same {@code id}. */
    protected abstract boolean keyed();

    /** A text, such as a password, that must appear nowhere; empty where the target needs none. */
    protected abstract Optional<String> secret();

    /** Columns that the target refuses; empty where it takes any. */
    protected abstract Optional<Schema> unwritable();

    /** The target over a network that can lose answers; empty only where {@link DirectLoader#replayable}. */
    protected abstract Optional<LossyTarget> lossy();

    /** A loader whose server does not run. */
    protected abstract DirectLoader unreachable();

    /** A loader without the right to write; empty where there are no rights. */
    protected abstract Optional<DirectLoader> denied();

    @Test
    void aPieceIsVisibleAndKnownOnceItIsCommitted() {
        try (DirectRun run = run("run-1")) {
            assertThat(run.find("split-0.0")).isEmpty();
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                Receipt receipt = DirectRun.write(writer, batch(rows(1, 2)), batch(rows(3)));
                assertThat(receipt).isEqualTo(new Receipt(3, 0));
                if (!run.loader().replayable()) {
                    assertVisible(rows());
                }
                assertThat(writer.commit(NOTE)).isEqualTo(NOTE);
            }
            assertVisible(rows(1, 2, 3));
            if (!run.loader().replayable()) {
                assertThat(run.find("split-0.0")).contains(NOTE);
                assertThat(run.find("split-0.1")).isEmpty();
            }
        }
    }

    @Test
    void anotherProcessFindsTheNote() {
        assumeFalse(replayable(), "the target need not remember pieces");
        try (DirectRun run = run("run-1")) {
            run.load("split-0.0", NOTE, batch(rows(1)));
        }
        try (DirectRun resumed = run("run-1")) {
            assertThat(resumed.find("split-0.0")).contains(NOTE);
            assertThat(resumed.find("split-1.0")).isEmpty();
        }
    }

    @Test
    void aStreamLearnsTheLastCheckpointThatThereIsAPieceOf() {
        assumeFalse(replayable(), "the target need not remember pieces");
        for (long checkpoint : new long[] {3, 21, 9}) {
            try (DirectRun run = run(StreamUnit.of(checkpoint))) {
                run.load("0", NOTE, batch(rows((int) checkpoint)));
            }
        }
        try (DirectRun other = new DirectRun(loader(), SCHEMA, OTHER_LINEAGE, "a batch run's")) {
            other.load("0", NOTE, batch(rows(1)));
        }
        try (DirectLoader asked = loader()) {
            assertThat(asked.lastCommitted(LINEAGE)).hasValue(21);
            assertThat(asked.lastCommitted(OTHER_LINEAGE)).isEmpty();
            assertThat(asked.lastCommitted(new Lineage(LINEAGE.pipeline(), "unheard-of")))
                    .isEmpty();
        }
    }

    @Test
    void aSecondAttemptChangesNothingAndReturnsTheFirstNote() {
        try (DirectRun run = run("run-1")) {
            run.load("split-0.0", "first", batch(rows(1, 2)));
            try (DirectWriter again = run.open("split-0.0", 1)) {
                DirectRun.write(again, batch(rows(1, 2)));
                String kept = again.commit("second");
                assertThat(kept).isEqualTo(run.loader().replayable() ? "second" : "first");
            }
            assertVisible(rows(1, 2));
            if (!run.loader().replayable()) {
                assertThat(run.find("split-0.0")).contains("first");
            }
        }
    }

    @Test
    void anAttemptOvertakenBetweenFlushAndCommitReturnsTheFirstNote() {
        try (DirectRun run = run("run-1");
                DirectWriter slow = run.open("split-0.0", 0)) {
            DirectRun.write(slow, batch(rows(1, 2)));
            if (keyed() && !run.loader().replayable()) {
                // Rows of one key in two open transactions would wait for each other.
                slow.abort();
                run.load("split-0.0", "quick", batch(rows(1, 2)));
            } else {
                try (DirectWriter quick = run.open("split-0.0", 1)) {
                    DirectRun.write(quick, batch(rows(1, 2)));
                    assertThat(quick.commit("quick")).isEqualTo("quick");
                }
                assertThat(slow.commit("slow")).isEqualTo(run.loader().replayable() ? "slow" : "quick");
            }
        }
        assertVisible(rows(1, 2));
    }

    @Test
    void ofConcurrentAttemptsOneWins() throws Exception {
        int attempts = 4;
        CyclicBarrier start = new CyclicBarrier(attempts);
        List<Callable<String>> work = new ArrayList<>();
        try (DirectRun run = run("run-1")) {
            for (int i = 0; i < attempts; i++) {
                int attempt = i;
                work.add(() -> {
                    start.await();
                    try (DirectWriter writer = run.open("split-0.0", attempt)) {
                        DirectRun.write(writer, batch(rows(1, 2, 3)));
                        return writer.commit("attempt " + attempt);
                    }
                });
            }
            List<String> notes = all(work);
            if (!run.loader().replayable()) {
                assertThat(notes).containsOnly(run.find("split-0.0").orElseThrow());
            }
        }
        assertVisible(rows(1, 2, 3));
    }

    @Test
    void writersOfSeveralPiecesWorkAtOnce() throws Exception {
        List<Callable<String>> work = new ArrayList<>();
        try (DirectRun run = run("run-1")) {
            for (int piece = 0; piece < 8; piece++) {
                int first = piece * 100;
                String name = "split-" + piece + ".0";
                work.add(() -> run.load(name, name, batch(rows(first, first + 1)), batch(rows(first + 2))));
            }
            assertThat(all(work)).doesNotHaveDuplicates();
        }
        assertThat(visible()).hasSize(24);
    }

    @Test
    void aNewerRunFencesTheOlder() {
        DirectRun zombie = run("run-1");
        DirectWriter writing = zombie.open("split-0.0", 0);
        writing.write(batch(rows(1)), new NoRejects());
        try (DirectRun successor = run("run-1")) {
            assertThat(successor.fence().epoch()).isGreaterThan(zombie.fence().epoch());
            assertFenced(() -> {
                writing.flush(new NoRejects());
                writing.commit("zombie");
            });
            assertThatCode(writing::close).doesNotThrowAnyException();
            assertFenced(() -> zombie.load("split-1.0", "zombie", batch(rows(2))));
            zombie.close();
            assertThat(successor.find("split-0.0")).isEmpty();
            if (!successor.loader().replayable()) {
                assertVisible(rows());
            }
            successor.load("split-0.0", "successor", batch(rows(1)));
            successor.load("split-1.0", "successor", batch(rows(2)));
        }
        assertVisible(rows(1, 2));
    }

    @Test
    void otherLineagesAreNotFenced() {
        try (DirectRun run = run("run-1");
                DirectRun other = new DirectRun(loader(), SCHEMA, OTHER_LINEAGE, "run-1")) {
            other.load("split-0.0", "other", batch(rows(9)));
            assertThat(run.find("split-0.0")).isEmpty();
            run.load("split-0.0", "this", batch(rows(1)));
        }
        assertVisible(rows(1, 9));
    }

    @Test
    void piecesOfOtherRunsAreOthers() {
        try (DirectRun first = run("run-1")) {
            first.load("split-0.0", "first", batch(rows(1)));
        }
        try (DirectRun second = run("run-2")) {
            assertThat(second.find("split-0.0")).isEmpty();
            assertThat(second.load("split-0.0", "second", batch(rows(2)))).isEqualTo("second");
        }
        assertVisible(rows(1, 2));
    }

    @Test
    void abortAndCloseLeaveNothing() {
        try (DirectRun run = run("run-1")) {
            DirectWriter aborted = run.open("split-0.0", 0);
            aborted.write(batch(rows(1)), new NoRejects());
            aborted.abort();
            aborted.abort();
            aborted.close();
            try (DirectWriter closed = run.open("split-0.0", 1)) {
                DirectRun.write(closed, batch(rows(1)));
            }
            assertThat(run.find("split-0.0")).isEmpty();
            if (!run.loader().replayable()) {
                assertVisible(rows());
            }
            run.load("split-0.0", "third", batch(rows(1)));
        }
        assertVisible(rows(1));
    }

    @Test
    void aPieceWithoutRowsIsCommittedToo() {
        try (DirectRun run = run("run-1")) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                assertThat(DirectRun.write(writer)).isEqualTo(new Receipt(0, 0));
                assertThat(writer.commit("nothing")).isEqualTo("nothing");
            }
            run.load("split-1.0", "an empty batch", batch(rows()));
            if (!run.loader().replayable()) {
                assertThat(run.find("split-0.0")).contains("nothing");
            }
        }
        assertVisible(rows());
    }

    @Test
    void nullsAndHostileTextsArriveAsTheyWere() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String text : HOSTILE) {
            rows.add(row(rows.size(), text, null));
        }
        rows.add(row(rows.size(), null, -0.5));
        try (DirectRun run = run("run-1")) {
            run.load("split-0.0", "note", batch(rows));
        }
        assertVisible(rows);
    }

    @Test
    void rowsOfOneKeySupersedeEachOtherAndAreCounted() {
        assumeTrue(keyed(), "the target has no keys");
        try (DirectRun run = run("run-1")) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                Receipt receipt = DirectRun.write(
                        writer,
                        batch(List.of(row(1, "old", 1.0), row(2, "two", 2.0))),
                        batch(List.of(row(1, "new", 1.5))));
                assertThat(receipt.loaded() + receipt.deduplicated()).isEqualTo(3);
                writer.commit("note");
            }
            assertVisible(List.of(row(1, "new", 1.5), row(2, "two", 2.0)));
            run.load("split-1.0", "note", batch(List.of(row(2, "later", null))));
        }
        assertVisible(List.of(row(1, "new", 1.5), row(2, "later", null)));
    }

    @Test
    void aCompleteRunKeepsWhatItHasWritten() {
        try (DirectRun run = run("run-1")) {
            run.load("split-0.0", "note", batch(rows(1, 2)));
            run.load("split-1.0", "note", batch(rows(3)));
            run.complete();
            assertVisible(rows(1, 2, 3));
            assertThat(run.complete()).as("nothing is left to do").isEmpty();
        }
        // A process may end between this and the ledger's entry.
        try (DirectRun resumed = run("run-1")) {
            assertThat(resumed.complete()).as("nothing is left to do").isEmpty();
        }
        assertVisible(rows(1, 2, 3));
    }

    @Test
    void aFencedRunCompletesNothing() {
        try (DirectRun zombie = run("run-1")) {
            zombie.load("split-0.0", "note", batch(rows(1)));
            try (DirectRun successor = run("run-1")) {
                successor.load("split-0.0", "note", batch(rows(1)));
                try {
                    zombie.complete();
                } catch (MillraceException refused) {
                    assertThat(refused.kind()).isEqualTo(ErrorKind.FENCED);
                }
                assertVisible(rows(1));
            }
        }
    }

    @Test
    void aLostCommitAnswerIsResolvedByFind() {
        assumeFalse(replayable(), "writing again is harmless");
        try (LossyTarget lossy = lossy().orElseThrow();
                DirectRun run = new DirectRun(lossy.loader(), SCHEMA, LINEAGE, "run-1")) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, batch(rows(1, 2)));
                lossy.loseNextCommitAnswer();
                assertKind(ErrorKind.COMMIT_UNKNOWN, () -> writer.commit(NOTE));
            }
            assertThat(run.find("split-0.0")).contains(NOTE);
            assertThat(run.load("split-0.0", "again", batch(rows(1, 2)))).isEqualTo(NOTE);
        }
        try (DirectRun resumed = run("run-1")) {
            assertThat(resumed.find("split-0.0")).contains(NOTE);
        }
        assertVisible(rows(1, 2));
    }

    @Test
    void afterALostAnswerWritingAgainLeavesTheSame() {
        assumeTrue(replayable() && lossy().isPresent(), "the target remembers pieces");
        try (LossyTarget lossy = lossy().orElseThrow();
                DirectRun run = new DirectRun(lossy.loader(), SCHEMA, LINEAGE, "run-1")) {
            lossy.loseNextCommitAnswer();
            assertThatThrownBy(() -> run.load("split-0.0", NOTE, batch(rows(1, 2))))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isIn(ErrorKind.COMMIT_UNKNOWN, ErrorKind.UNAVAILABLE));
            run.load("split-0.0", NOTE, batch(rows(1, 2)));
        }
        assertVisible(rows(1, 2));
    }

    @Test
    void validateTouchesNothing() {
        List<String> before = objects();
        try (DirectLoader loader = loader()) {
            loader.validate(SCHEMA);
            unwritable().ifPresent(schema -> assertKind(ErrorKind.USER, () -> loader.validate(schema)));
        }
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void prepareRefusesWhatValidateRefuses() {
        assumeTrue(unwritable().isPresent(), "the target takes any columns");
        Schema schema = unwritable().orElseThrow();
        try (DirectLoader loader = loader()) {
            assertKind(ErrorKind.USER, () -> new DirectRun(loader, schema, LINEAGE, "run-1"));
        }
        assertVisible(rows());
    }

    @Test
    void closeMayBeCalledAgainAndBeforeAnything() {
        DirectLoader untouched = loader();
        untouched.close();
        untouched.close();
        DirectRun run = run("run-1");
        run.load("split-0.0", "note", batch(rows(1)));
        run.close();
        run.close();
        assertVisible(rows(1));
    }

    @Test
    void failuresToConnectAreUnderstoodAndShowNoSecret() {
        try (DirectLoader loader = unreachable()) {
            MillraceException failure =
                    assertKind(ErrorKind.UNAVAILABLE, () -> new DirectRun(loader, SCHEMA, LINEAGE, "run-1"));
            assertShowsNoSecret(failure);
            assertThatCode(loader::close).doesNotThrowAnyException();
        }
        Optional<DirectLoader> denied = denied();
        if (denied.isPresent()) {
            try (DirectLoader loader = denied.get()) {
                assertShowsNoSecret(
                        assertKind(ErrorKind.DENIED, () -> new DirectRun(loader, SCHEMA, LINEAGE, "run-1")));
            }
        }
    }

    @Test
    void describeSaysWhereAndShowsNoSecret() {
        try (DirectLoader loader = loader()) {
            assertThat(loader.describe()).isNotBlank();
            secret().ifPresent(secret -> assertThat(loader.describe()).doesNotContain(secret));
        }
    }

    /** A run of the contract's lineage. */
    protected final DirectRun run(String unit) {
        return new DirectRun(loader(), SCHEMA, LINEAGE, unit);
    }

    protected static Batch batch(List<Map<String, Object>> rows) {
        return Batch.ofRecords(SCHEMA, rows);
    }

    protected static List<Map<String, Object>> rows(long... ids) {
        return Arrays.stream(ids)
                .mapToObj(id -> row(id, "name " + id, id / 2.0))
                .toList();
    }

    protected static Map<String, Object> row(long id, String name, Double price) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("price", price);
        return row;
    }

    protected final void assertVisible(List<Map<String, Object>> rows) {
        assertThat(visible()).containsExactlyInAnyOrderElementsOf(rows);
    }

    private boolean replayable() {
        try (DirectLoader loader = loader()) {
            return loader.replayable();
        }
    }

    private static <T> List<T> all(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertFenced(ThrowingCallable call) {
        assertKind(ErrorKind.FENCED, call);
    }

    private static MillraceException assertKind(ErrorKind kind, ThrowingCallable call) {
        List<MillraceException> caught = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            caught.add(failure);
        });
        return caught.get(0);
    }

    /** Causes are looked at too: they are shown with --debug. */
    private void assertShowsNoSecret(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        secret().ifPresent(secret -> assertThat(trace.toString()).doesNotContain(secret));
    }
}
