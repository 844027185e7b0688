package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatus.State;
import io.millrace.core.stream.StreamStatusJson;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka through the steps into Parquet files, stopped, resumed and begun anew. */
class ParquetStreamTest {
    @TempDir
    Path folder;

    private Topic topic;
    private Path file;

    @BeforeEach
    void prepare() {
        topic = new Topic();
        file = Streaming.pipeline(
                folder,
                "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps()
                        + "load: {parquet: {path: lake, mode: append}}\n" + Streaming.QUICK);
    }

    @AfterEach
    void end() {
        topic.close();
    }

    private List<Long> ids() {
        return Lake.parquet(folder.resolve("lake")).stream()
                .map(row -> (Long) row.get("id"))
                .sorted()
                .toList();
    }

    @Test
    void everyRowArrivesOnceAcrossStopAndStart() {
        topic.send(1_000);
        try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
            first.awaitExtracted(1_000);
            topic.send(500);
            first.awaitExtracted(1_500);
            StreamStatus stopped = first.stop();
            assertThat(stopped.state()).isEqualTo(State.STOPPED);
            assertThat(stopped.savepoint()).isPresent();
        }
        assertThat(ids()).isEqualTo(topic.goodIds());
        topic.send(700);
        try (Streaming second = Streaming.start(file, StreamStart.LATEST)) {
            second.awaitExtracted(2_200);
            StreamStatus stopped = second.stop();
            assertThat(stopped.counts()).isEqualTo(new Counts(2_200, topic.good(), topic.good(), 0, 0, topic.bad()));
            assertThat(stopped.counts().balanced()).isTrue();
            assertThat(stopped.behind()).hasValue(0L);
            assertThat(stopped.watermark()).isPresent();
            assertThat(StreamStatusJson.read(StreamFolder.of(folder.resolve(".millrace"), "clicks")
                            .status()))
                    .hasValue(stopped);
        }
        assertThat(ids()).isEqualTo(topic.goodIds());
        Map<String, Object> row = Lake.parquet(folder.resolve("lake")).get(0);
        assertThat((String) row.get("user")).matches("user \\d");
    }

    @Test
    void anOlderSavepointThanTheTargetIsRefused() {
        topic.send(100);
        String old;
        try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
            first.awaitExtracted(100);
            old = first.stop().savepoint().orElseThrow();
        }
        topic.send(100);
        try (Streaming second = Streaming.start(file, new StreamStart(false, false, Optional.of(path(old))))) {
            second.awaitExtracted(200);
            second.stop();
        }
        try (Streaming third = Streaming.start(file, new StreamStart(false, false, Optional.of(path(old))))) {
            assertThatThrownBy(third::end).isInstanceOfSatisfying(MillraceException.class, refused -> {
                assertThat(refused.kind()).isEqualTo(ErrorKind.USER);
                assertThat(refused).hasMessageContaining("is older than what parquet");
                assertThat(refused).hasMessageContaining("--restart");
            });
        }
        assertThat(ids()).isEqualTo(topic.goodIds());
    }

    private static String path(String uri) {
        return Path.of(URI.create(uri)).toString();
    }

    @Test
    void beginningAnewLosesNothingAlthoughCheckpointNumbersRepeat() {
        topic.send(300);
        try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
            first.awaitExtracted(300);
            first.stop();
        }
        try (Streaming again = Streaming.start(file, StreamStart.ANEW)) {
            again.awaitExtracted(300);
            assertThat(again.stop().counts().loaded()).isEqualTo(topic.good());
        }
        assertThat(ids()).hasSize(2 * (int) topic.good()).hasSameElementsAs(topic.goodIds());
    }

    @Test
    void checkpointsThatAreGoneAreNotTakenForAFreshStart() {
        topic.send(100);
        try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
            first.awaitExtracted(100);
            StreamStatus stopped = first.stop();
            StreamFolder state = StreamFolder.of(folder.resolve(".millrace"), "clicks");
            Folders.delete(state.checkpoints(stopped.lineage()));
            Folders.delete(state.savepoints(stopped.lineage()));
        }
        try (Streaming second = Streaming.start(file, StreamStart.LATEST)) {
            assertThatThrownBy(second::end).hasMessageContaining("its checkpoints are gone");
        }
        assertThat(ids()).isEqualTo(topic.goodIds());
    }

    @Test
    void aChangedPipelineIsToldAndGoesOnWhenAllowed() {
        topic.send(100);
        try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
            first.awaitExtracted(100);
            first.stop();
        }
        Streaming.pipeline(
                folder,
                "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps() + "  - filter: \"id >= 0\"\n"
                        + "load: {parquet: {path: lake, mode: append}}\n" + Streaming.QUICK);
        try (Streaming refused = Streaming.start(file, StreamStart.LATEST)) {
            assertThatThrownBy(refused::end).hasMessageContaining("transform").hasMessageContaining("--changed");
        }
        topic.send(100);
        try (Streaming allowed = Streaming.start(file, new StreamStart(false, true, Optional.empty()))) {
            allowed.awaitExtracted(200);
            allowed.stop();
        }
        assertThat(ids()).isEqualTo(topic.goodIds());
    }
}
