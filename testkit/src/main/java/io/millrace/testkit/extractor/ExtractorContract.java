package io.millrace.testkit.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every extractor promises. A connector's test implements it with its own source:
 *
 * <pre>{@code
 * class PostgresExtractorTest implements ExtractorContract {
 *     public ExtractorSubject subject() { … }
 * }
 * }</pre>
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public interface ExtractorContract {
    int BATCH_ROWS = 128;

    /** A new source. */
    ExtractorSubject subject();

    private static ExtractRequest everything() {
        return ExtractRequest.everything(BATCH_ROWS);
    }

    @Test
    default void splitsHoldEveryRowOnceInBatchesOfThePromisedSchema() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            List<Split> splits = Extraction.splits(extractor.plan(everything()));
            assertThat(splits.size() > 1)
                    .as("several splits, or one where it says so: %d", splits.size())
                    .isEqualTo(subject.hasSeveralSplits());
            assertThat(splits).extracting(Split::id).doesNotHaveDuplicates();
            List<Map<String, Object>> rows = Extraction.rows(extractor, splits, BATCH_ROWS);
            assertThat(Extraction.comparable(rows))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(Extraction.comparable(subject.rows()));
        }
    }

    @Test
    default void countsTheRowsThatItDelivers() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            extractor.rowCount().ifPresent(count -> assertThat(count)
                    .isEqualTo(subject.rows().size() + subject.undecodableRows()));
        }
    }

    @Test
    default void rowsThatComeAfterThePlanAreInNoSplit() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            List<Map<String, Object>> before = subject.rows();
            Plan plan = extractor.plan(everything());
            subject.addRows();
            assertThat(subject.rows().size()).isGreaterThan(before.size());
            // The splits are asked for afterwards: laziness must not let anything in.
            List<Map<String, Object>> rows = Extraction.rows(extractor, Extraction.splits(plan), BATCH_ROWS);
            assertThat(Extraction.comparable(rows)).containsExactlyInAnyOrderElementsOf(Extraction.comparable(before));
        }
    }

    @Test
    default void aRepeatableSplitYieldsTheSameRowsAgain() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            Plan plan = extractor.plan(everything());
            Assumptions.assumeTrue(plan.repeatability() == Repeatability.REPEATABLE);
            for (Split split : Extraction.splits(plan)) {
                List<Map<String, Object>> once = Extraction.rows(extractor, List.of(split), BATCH_ROWS);
                subject.addRows();
                List<Map<String, Object>> twice = Extraction.rows(extractor, List.of(split), BATCH_ROWS);
                assertThat(Extraction.comparable(twice))
                        .containsExactlyInAnyOrderElementsOf(Extraction.comparable(once));
            }
        }
    }

    @Test
    default void severalReadersReadAtOnceTheSameSplitToo() throws Exception {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            List<Split> splits = Extraction.splits(extractor.plan(everything()));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<List<Map<String, Object>>>> once = new ArrayList<>();
                List<Future<List<Map<String, Object>>>> twice = new ArrayList<>();
                for (Split split : splits) {
                    once.add(threads.submit(() -> Extraction.rows(extractor, List.of(split), BATCH_ROWS)));
                    twice.add(threads.submit(() -> Extraction.rows(extractor, List.of(split), BATCH_ROWS)));
                }
                List<String> expected = Extraction.comparable(subject.rows());
                assertThat(joined(once)).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(joined(twice)).containsExactlyInAnyOrderElementsOf(expected);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    default void goesOnBehindTheBatchAtWhoseEndItWasLeft() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            boolean resumed = false;
            for (Split split : Extraction.splits(extractor.plan(everything()))) {
                List<String> whole = Extraction.comparable(Extraction.rows(extractor, List.of(split), BATCH_ROWS));
                Extraction.Continued continued = Extraction.continued(extractor, split);
                assertThat(Extraction.comparable(continued.rows())).containsExactlyElementsOf(whole);
                resumed |= continued.readers() > 1;
            }
            assertThat(resumed).as("can be continued in the middle").isEqualTo(subject.resumable());
        }
    }

    private static List<String> joined(List<Future<List<Map<String, Object>>>> parts) throws Exception {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Future<List<Map<String, Object>>> part : parts) {
            all.addAll(part.get());
        }
        return Extraction.comparable(all);
    }

    @Test
    default void windowsPartitionTheRowsThatHaveATime() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            Optional<String> timeColumn = extractor.timeColumn();
            Assumptions.assumeTrue(timeColumn.isPresent(), "no time column");
            Map<Boolean, List<Map<String, Object>>> timed = subject.rows().stream()
                    .collect(Collectors.partitioningBy(row -> row.get(timeColumn.get()) != null));
            List<Instant> times = timed.get(true).stream()
                    .map(row -> instant(row.get(timeColumn.get())))
                    .sorted()
                    .distinct()
                    .toList();
            // On a row's own time, and between two.
            Instant first = times.get(times.size() / 3);
            Instant second = times.get(2 * times.size() / 3).plusNanos(1_000);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Optional<TimeWindow> window : List.of(
                    TimeWindow.between(null, first),
                    TimeWindow.between(first, second),
                    TimeWindow.between(second, null))) {
                Plan plan = extractor.plan(ExtractRequest.of(window, BATCH_ROWS));
                List<Map<String, Object>> part = Extraction.rows(extractor, Extraction.splits(plan), BATCH_ROWS);
                assertThat(part)
                        .isNotEmpty()
                        .allMatch(row -> within(window.orElseThrow(), instant(row.get(timeColumn.get()))));
                List<String> told = new ArrayList<>(plan.warnings());
                told.addAll(extractor.notices());
                assertThat(told.isEmpty())
                        .as("rows without a time are warned of: %s", told)
                        .isEqualTo(timed.get(false).isEmpty());
                rows.addAll(part);
            }
            assertThat(Extraction.comparable(rows))
                    .containsExactlyInAnyOrderElementsOf(Extraction.comparable(timed.get(true)));
        }
    }

    private static boolean within(TimeWindow window, Instant time) {
        return window.start().map(start -> !time.isBefore(start)).orElse(true)
                && window.end().map(time::isBefore).orElse(true);
    }

    private static Instant instant(Object time) {
        return time instanceof LocalDate date
                ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                : (Instant) time;
    }

    @Test
    default void rejectsWhatNoBatchCanHold() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            RecordedRejects rejects = new RecordedRejects();
            for (Split split : Extraction.splits(extractor.plan(everything()))) {
                Extraction.rows(extractor, split, BATCH_ROWS, rejects);
            }
            assertThat(rejects.all()).hasSize(Math.toIntExact(subject.undecodableRows()));
            assertThat(rejects.all())
                    .allSatisfy(reject -> assertThat(reject.reason()).isNotBlank());
        }
    }

    @Test
    default void closingFromAnotherThreadEndsASilentRead() throws Exception {
        try (ExtractorSubject subject = subject()) {
            Optional<Extractor> silent = subject.silent();
            Assumptions.assumeTrue(silent.isPresent(), "cannot be silent");
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try (Extractor extractor = silent.get()) {
                Split split = Extraction.splits(extractor.plan(everything())).get(0);
                BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects());
                Future<?> read = thread.submit(() -> {
                    try {
                        while (reader.next() != null) {
                            // Until it ends.
                        }
                    } catch (MillraceException stopped) {
                        assertThat(stopped.kind()).isEqualTo(ErrorKind.STOPPED);
                    }
                });
                assertThatThrownBy(() -> read.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                reader.close();
                read.get(30, TimeUnit.SECONDS);
            } finally {
                thread.shutdownNow();
            }
        }
    }

    @Test
    default void aReaderClosedEarlyLeavesTheOthersAlone() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            List<Split> splits = Extraction.splits(extractor.plan(everything()));
            for (Split split : splits) {
                BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects());
                reader.next();
                reader.close();
                reader.close();
            }
            assertThat(Extraction.rows(extractor, splits, BATCH_ROWS))
                    .hasSize(subject.rows().size());
        }
    }

    @Test
    default void showsNoSecret() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            Plan plan = extractor.plan(everything());
            List<String> shown = new ArrayList<>(List.of(extractor.describe(), extractor.toString(), plan.pin()));
            shown.addAll(plan.warnings());
            Extraction.splits(plan).forEach(split -> shown.add(split.toString()));
            subject.missing().ifPresent(missing -> shown.add(String.valueOf(failureOf(missing))));
            subject.unreachable().ifPresent(away -> shown.add(String.valueOf(failureOf(away))));
            subject.denied().ifPresent(denied -> shown.add(String.valueOf(failureOf(denied))));
            subject.secret().ifPresent(secret -> assertThat(shown).noneMatch(text -> text.contains(secret)));
        }
    }

    @Test
    default void failuresSayWhoseTurnItIs() {
        try (ExtractorSubject subject = subject()) {
            Map<ErrorKind, Optional<Extractor>> failing = Map.of(
                    ErrorKind.USER, subject.missing(),
                    ErrorKind.UNAVAILABLE, subject.unreachable(),
                    ErrorKind.DENIED, subject.denied());
            failing.forEach((kind, extractor) -> extractor.ifPresent(bad -> {
                MillraceException failure = failureOf(bad);
                assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            }));
        }
    }

    private static MillraceException failureOf(Extractor extractor) {
        try (extractor) {
            assertThat(extractor.describe()).isNotBlank();
            extractor.schema();
            Extraction.plannedRows(extractor, everything());
            throw new AssertionError("no failure from " + extractor.describe());
        } catch (MillraceException failure) {
            return failure;
        }
    }

    @Test
    default void describesItselfWithoutTouchingAnythingAndClosesQuietly() {
        try (ExtractorSubject subject = subject()) {
            Optional<Extractor> unreachable = subject.unreachable();
            Assumptions.assumeTrue(unreachable.isPresent(), "no server");
            assertThat(unreachable.get().describe()).isNotBlank();
            assertThatCode(() -> {
                        unreachable.get().close();
                        unreachable.get().close();
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    default void estimatesAreWithinReach() {
        try (ExtractorSubject subject = subject();
                Extractor extractor = subject.extractor()) {
            List<Split> splits = Extraction.splits(extractor.plan(everything()));
            Set<Boolean> known = new HashSet<>();
            splits.forEach(split -> known.add(split.estimatedRows() >= 0));
            Assumptions.assumeTrue(known.equals(Set.of(true)), "no estimates");
            assertThat(splits.stream().mapToLong(Split::estimatedRows).sum())
                    .isBetween(subject.rows().size() / 10L, subject.rows().size() * 10L);
        }
    }
}
