package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Counts;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka into each kind of target, and rejected rows into dead letters. */
class TargetStreamTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = StreamTarget.class,
            names = {"DELTA", "POSTGRES", "KAFKA", "REDIS"})
    void everyRowArrivesOnce(StreamTarget target) throws IOException {
        StreamTarget.Place place = target.create(folder);
        try (Topic topic = new Topic()) {
            Path file = Streaming.pipeline(
                    folder,
                    "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps() + "load: {" + place.settings()
                            + "}\n" + Streaming.QUICK);
            topic.send(400);
            try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
                first.awaitExtracted(400);
                topic.send(100);
                first.stop();
            }
            topic.send(300);
            StreamStatus stopped;
            try (Streaming second = Streaming.start(file, StreamStart.LATEST)) {
                second.awaitExtracted(800);
                stopped = second.stop();
            }
            assertThat(stopped.counts()).isEqualTo(new Counts(800, topic.good(), topic.good(), 0, 0, topic.bad()));
            assertThat(place.ids()).isEqualTo(topic.goodIds());
            StreamFolder state = StreamFolder.of(folder.resolve(".millrace"), "clicks");
            assertThat(files(state.pending(stopped.lineage()))).isEmpty();
            assertThat(lines(state.rejects(stopped.lineage()))).hasSize((int) topic.bad());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamTarget.class,
            names = {"PARQUET", "KAFKA"})
    void rejectedRowsGoToTheDeadLetters(StreamTarget kind) throws IOException {
        try (Topic topic = new Topic()) {
            String letters = topic.name() + "-dead";
            String deadLetter = kind == StreamTarget.PARQUET
                    ? "parquet: {path: dead, mode: append}"
                    : "kafka: {brokers: \"" + topic.brokers() + "\", topic: " + letters + ", partitions: 1}";
            Path file = Streaming.pipeline(
                    folder,
                    "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps() + "load: {parquet: {path: lake}}\n"
                            + Streaming.QUICK.replace("stream: {", "stream: {dead_letter: {" + deadLetter + "}, "));
            topic.send(500);
            StreamStatus stopped;
            try (Streaming stream = Streaming.start(file, StreamStart.LATEST)) {
                stream.awaitExtracted(500);
                stopped = stream.stop();
            }
            List<String> dead = kind == StreamTarget.PARQUET
                    ? Lake.parquet(folder.resolve("dead")).stream()
                            .map(Object::toString)
                            .toList()
                    : StreamTarget.messages(letters);
            assertThat(dead).hasSize(50).allMatch(letter -> letter.contains("99"));
            assertThat(stopped.counts().rejected()).isEqualTo(50);
            StreamFolder state = StreamFolder.of(folder.resolve(".millrace"), "clicks");
            assertThat(lines(state.rejects(stopped.lineage()))).isEmpty();
        }
    }

    @Test
    void aRowIsInRedisBeforeItsCheckpoint() {
        StreamTarget.Place place = StreamTarget.REDIS.create(folder);
        try (Topic topic = new Topic()) {
            Path file = Streaming.pipeline(
                    folder,
                    "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps() + "load: {" + place.settings()
                            + "}\nstream: {checkpoint: 1h, linger: 20ms}\nrun: {max_error_rate: 1}\n");
            try (Streaming stream = Streaming.start(file, StreamStart.LATEST)) {
                topic.send(50);
                Awaitility.await().atMost(Streaming.PATIENCE).until(() -> place.ids()
                        .equals(topic.goodIds()));
                assertThat(stream.latest().checkpoint()).isZero();
                assertThat(stream.stop().counts().loaded()).isEqualTo(45);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
