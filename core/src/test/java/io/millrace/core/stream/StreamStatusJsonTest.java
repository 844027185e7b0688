package io.millrace.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.StreamUnit;
import io.millrace.core.stream.StreamStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamStatusJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    Path folder;

    private void comesBack(StreamStatus status) {
        Path file = StreamFolder.of(folder, status.pipeline()).status();
        StreamStatusJson.write(status, file);
        assertThat(StreamStatusJson.read(file)).hasValue(status);
    }

    @Test
    void comesBackAsItWas() {
        comesBack(new StreamStatus(
                "clicks",
                "a-1",
                State.FAILED,
                "kafka://x/t",
                "parquet /lake",
                NOW,
                NOW.plusSeconds(9),
                new Counts(10, 8, 5, 2, 1, 2),
                new KeyedCounts(new Counts(4, 3, 2, 1, 0, 1), 2, 5),
                Optional.of(NOW.minusSeconds(60)),
                Optional.of(7L),
                17,
                Optional.of(NOW.minusSeconds(1)),
                1_000,
                2,
                Optional.of("file:/savepoint"),
                Optional.of(new StreamStatus.Failure(ErrorKind.DENIED, "no \"permission\""))));
        comesBack(new StreamStatus(
                "clicks",
                "a-1",
                State.RUNNING,
                "kafka://x/t",
                "parquet /lake",
                NOW,
                NOW,
                Counts.ZERO,
                KeyedCounts.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void aFileOfSomethingElseIsToldApart() throws IOException {
        Path file = Files.writeString(folder.resolve("status.json"), "{");

        assertThat(StreamStatusJson.read(folder.resolve("none.json"))).isEmpty();
        assertThatThrownBy(() -> StreamStatusJson.read(file))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("remove it");
    }

    @Test
    void aUnitTellsTheCheckpointOfAStreamAndNothingOfARun() {
        assertThat(StreamUnit.checkpoint(StreamUnit.of(17))).hasValue(17);
        assertThat(StreamUnit.checkpoint("20260101-020000-3f9a2c")).isEmpty();
        assertThat(StreamUnit.checkpoint("ckp-")).isEmpty();
        assertThat(StreamUnit.checkpoint("ckp--1")).isEmpty();
        assertThat(StreamUnit.checkpoint("ckp-12345678901234567890")).isEmpty();
    }
}
