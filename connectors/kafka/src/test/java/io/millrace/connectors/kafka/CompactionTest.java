package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.sandbox.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private final EmbeddedKafka kafka = TestBroker.KAFKA;
    private final String topic = kafka.newTopicName();

    private void createTopic() {
        kafka.createTopic(
                topic,
                1,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "min.cleanable.dirty.ratio",
                        "0.0",
                        "delete.retention.ms",
                        "0",
                        "segment.bytes",
                        "300"));
    }

    private void send(Messages messages, String key, String value) {
        messages.sendAndWait(new ProducerRecord<>(topic, 0, Messages.bytes(key), Messages.bytes(value)));
    }

    private List<Object> offsets(SourceUnderTest source) {
        return SourceUnderTest.column(source.records(), "_offset");
    }

    @Test
    void gapsWithinARangeAreStepsNotEnds() {
        createTopic();
        String padding = "x".repeat(150);
        try (Messages messages = Messages.to(kafka.brokers())) {
            for (int i = 0; i < 30; i++) {
                send(messages, i % 10 == 0 ? "kept " + i : "replaced", padding);
            }
            send(messages, "last", padding);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ForeignReader.all(kafka.brokers(), topic).size() <= 6);
        SourceUnderTest source = SourceUnderTest.of(topic).text().metadata(Metadata.OFFSET);
        for (long size : new long[] {1, 4, 100}) {
            source.splitMessages = Optional.of(size);
            assertThat(offsets(source))
                    .contains(0L, 10L, 20L, 30L)
                    .doesNotContain(5L, 15L)
                    .doesNotHaveDuplicates();
        }
    }
}
