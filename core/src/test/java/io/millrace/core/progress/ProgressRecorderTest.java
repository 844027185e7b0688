package io.millrace.core.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Counts;
import io.millrace.api.Split;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressRecorderTest {
    private static final Split SPLIT = new Split("s-1", 1, "", 100, -1);

    @TempDir
    Path state;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private ProgressRecorder started(boolean resumed) {
        ProgressRecorder recorder = new ProgressRecorder(state, clock);
        recorder.on(new RunEvent.Started("r1", "p", "from", "to", resumed, "because"));
        recorder.on(new RunEvent.Planned(List.of(SPLIT), 0, resumed ? 40 : 0, List.of()));
        return recorder;
    }

    private RunProgress written() {
        return ProgressFile.read(state, "r1").orElseThrow();
    }

    @Test
    void writesHowFarARunIs() {
        try (ProgressRecorder recorder = started(false)) {
            recorder.on(new RunEvent.SplitStarted(SPLIT, 2));
            recorder.on(new RunEvent.Progressed(SPLIT, 70, 3));
        }
        RunProgress progress = written();
        assertThat(progress.rows()).isEqualTo(70);
        assertThat(progress.rejected()).isEqualTo(3);
        assertThat(progress.phase()).isEqualTo("reading");
        assertThat(progress.active()).containsExactly(new RunProgress.Active("s-1", 2, 70));
        assertThat(progress.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void takesBackWhatAFailedAttemptHadRead() {
        try (ProgressRecorder recorder = started(false)) {
            recorder.on(new RunEvent.SplitStarted(SPLIT, 1));
            recorder.on(new RunEvent.Progressed(SPLIT, 70, 0));
            recorder.on(new RunEvent.Retrying(SPLIT, 1, new IOException("cut"), Duration.ofSeconds(1), 70));
        }
        RunProgress progress = written();
        assertThat(progress.rows()).isZero();
        assertThat(progress.active()).isEmpty();
        assertThat(progress.retries()).containsExactly(new RunProgress.Retried(now.toEpochMilli(), "s-1", 1, "cut"));
    }

    @Test
    void aResumedRunGoesOnWithItsCourse() {
        started(false).close();
        now = now.plusSeconds(100);
        started(true).close();
        assertThat(written().samples())
                .extracting(RunProgress.Sample::at, RunProgress.Sample::rows)
                .startsWith(org.assertj.core.groups.Tuple.tuple(
                        now.minusSeconds(100).toEpochMilli(), 0L))
                .contains(org.assertj.core.groups.Tuple.tuple(now.toEpochMilli(), 40L));
    }

    @Test
    void aLongRunKeepsACourseOfBoundedLength() {
        Samples samples = new Samples();
        for (int second = 0; second < 10_000; second++) {
            samples.add(new RunProgress.Sample(second * 1000L, second, 0, 0));
        }
        assertThat(samples.toList()).hasSizeBetween(200, 601);
        assertThat(samples.toList().get(0).rows()).isZero();
        assertThat(samples.toList().get(samples.toList().size() - 1).rows()).isGreaterThan(9_900);
    }

    @Test
    void whatCannotBeWrittenDisturbsNobody() throws IOException {
        Files.writeString(state.resolve("runs"), "a file where the folder should be");
        try (ProgressRecorder recorder = started(false)) {
            recorder.on(new RunEvent.Progressed(SPLIT, 1, 0));
        }
        assertThat(ProgressFile.read(state, "r1")).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenWholeIsRemoved() throws IOException {
        Path obstacle = Files.createDirectories(state.resolve("runs/r1/progress.json/a-folder-in-its-place"));
        try (ProgressRecorder recorder = started(false)) {
            recorder.on(new RunEvent.Progressed(SPLIT, 1, 0));
        }
        try (var left = Files.list(state.resolve("runs/r1"))) {
            assertThat(left).containsExactly(obstacle.getParent());
        }
    }

    @Test
    void whatAKilledProcessHadBegunIsSweptWhereItsRunIsDone() throws IOException {
        Path begun = Files.createDirectories(state.resolve("runs/r1")).resolve(".progress.json.tmp");
        Files.writeString(begun, "{");
        try (ProgressRecorder recorder = new ProgressRecorder(state, clock)) {
            recorder.on(new RunEvent.Ended(alreadyDone()));
        }
        assertThat(begun).doesNotExist();
    }

    private RunReport alreadyDone() {
        return new RunReport(
                "r1",
                new RunKey("p", Optional.empty()),
                RunReport.Status.ALREADY_DONE,
                "from",
                "to",
                new Counts(0, 0, 0, 0, 0, 0),
                Optional.empty(),
                1,
                1,
                now,
                now,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
