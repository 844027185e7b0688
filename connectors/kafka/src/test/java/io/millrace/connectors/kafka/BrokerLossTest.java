package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.loader.DirectRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BrokerLossTest {
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64));
    private static final Lineage LINEAGE = new Lineage("broker loss", "1");

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder()
                .setting("broker.session.timeout.ms", "4000")
                .setting("broker.heartbeat.interval.ms", "500")
                .start();
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    private static Batch rows(long... ids) {
        return Batch.ofRecords(
                SCHEMA, LongStream.of(ids).mapToObj(id -> Map.of("id", id)).toList());
    }

    private static List<String> committed(String topic) {
        return ForeignReader.committed(kafka.brokers(), topic).stream()
                .map(message -> new String(message.value()))
                .sorted()
                .toList();
    }

    private static DirectRun run(String topic, Duration timeout) {
        TargetUnderTest target = new TargetUnderTest(kafka.brokers(), topic);
        target.timeout = timeout;
        return new DirectRun(target.loader(), SCHEMA, LINEAGE, topic);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void readingGoesOnOverAKilledBroker() {
        String topic = kafka.createTopic(1);
        int count = 20_000;
        try (Messages messages = Messages.to(kafka.brokers())) {
            for (int i = 0; i < count; i++) {
                messages.send(topic, 0, i + " " + "x".repeat(100));
            }
        }
        SourceUnderTest source =
                new SourceUnderTest(kafka.brokers(), topic).text().metadata(Metadata.OFFSET);
        // So little at once that most is still with the broker when it dies.
        source.properties = Map.of("max.partition.fetch.bytes", "50000", "fetch.max.bytes", "50000");
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(1_000)))
                    .get(0);
            List<Object> offsets = new ArrayList<>();
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    offsets.addAll(SourceUnderTest.column(batch.records(), "_offset"));
                    if (offsets.size() == 3_000) {
                        kafka.kill();
                        kafka.start();
                    }
                }
            }
            assertThat(offsets)
                    .containsExactlyElementsOf(
                            LongStream.range(0, count).boxed().toList());
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aBrokerThatStaysAwayEndsTheReadWithAPlace() {
        String topic = kafka.createTopic(1);
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, 0, "x");
        }
        SourceUnderTest source = new SourceUnderTest(kafka.brokers(), topic).text();
        source.timeout = Duration.ofSeconds(2);
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(10)))
                    .get(0);
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                kafka.kill();
                assertThatThrownBy(reader::next)
                        .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(ErrorKind.UNAVAILABLE))
                        .hasMessageContaining(topic)
                        .hasMessageContaining("sent nothing");
            } finally {
                kafka.start();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void writingGoesOnOverAKilledBroker() {
        String topic = kafka.newTopicName();
        try (DirectRun run = run(topic, Duration.ofSeconds(60));
                DirectWriter writer = run.open("split-0.0", 0)) {
            DirectRun.write(writer, rows(1, 2));
            kafka.kill();
            kafka.start();
            assertThat(DirectRun.write(writer, rows(3)).loaded()).isEqualTo(3);
            assertThat(writer.commit("note")).isEqualTo("note");
            assertThat(run.find("split-0.0")).contains("note");
        }
        assertThat(committed(topic)).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aCommitThatNeverArrivedIsFoundNotToBe() {
        String topic = kafka.newTopicName();
        try (DirectRun run = run(topic, Duration.ofSeconds(3))) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, rows(1, 2));
                kafka.suspend();
                try {
                    assertThatThrownBy(() -> writer.commit("lost"))
                            .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                                    .as(failure.getMessage())
                                    .isIn(ErrorKind.COMMIT_UNKNOWN, ErrorKind.UNAVAILABLE));
                } finally {
                    kafka.kill();
                    kafka.start();
                }
            }
            assertThat(run.find("split-0.0")).isEmpty();
            assertThat(run.load("split-0.0", "again", rows(1, 2))).isEqualTo("again");
        }
        assertThat(committed(topic)).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void whatAKilledRunLeftOpenIsEndedByTheNextRunAtOnce() {
        String topic = kafka.newTopicName();
        DirectRun dead = run(topic, Duration.ofMinutes(5));
        DirectWriter open = dead.open("split-0.0", 0);
        DirectRun.write(open, rows(1, 2));
        long began = System.nanoTime();
        try (DirectRun next = run(topic, Duration.ofMinutes(5))) {
            next.load("split-0.0", "next", rows(1, 2));
        }
        assertThat(committed(topic)).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
        open.close();
        dead.close();
    }
}
