package io.millrace.connectors.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

class KafkaExtractorTest implements ExtractorContract {
    @Override
    public ExtractorSubject subject() {
        return new Events();
    }

    private static final class Events implements ExtractorSubject {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final int ROWS = 1_500;
        private static final int POISON = 3;

        private final EmbeddedKafka kafka = TestBroker.KAFKA;
        private final String topic = kafka.createTopic(3);
        private EmbeddedKafka silent;
        private int added;

        Events() {
            try (Messages messages = Messages.to(kafka.brokers())) {
                for (int i = 0; i < ROWS; i++) {
                    messages.send(event(i));
                    if (i % (ROWS / POISON) == 10) {
                        messages.send(new ProducerRecord<>(
                                topic, i % 3, time(i), null, Messages.bytes("{\"id\": " + i + ", \"price")));
                    }
                }
            }
        }

        private ProducerRecord<byte[], byte[]> event(int i) {
            String value = "{\"id\": " + i + ", \"text\": \"" + "é".repeat(i % 40) + "\", \"price\": " + i + ".25}";
            return new ProducerRecord<>(topic, i % 3, time(i), Messages.bytes("key " + i), Messages.bytes(value));
        }

        private static long time(int i) {
            return Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + i * 60_000L;
        }

        private SourceUnderTest source() {
            SourceUnderTest source = new SourceUnderTest(kafka.securedBrokers(), topic)
                    .column("id", DataType.INT64)
                    .column("text", DataType.STRING)
                    .column("price", DataType.decimal(10, 2))
                    .metadata(Metadata.PARTITION, Metadata.OFFSET, Metadata.TIMESTAMP, Metadata.KEY);
            source.user = Optional.of(kafka.user());
            source.password = Optional.of(Secret.of(kafka.password()));
            source.properties = Map.of(
                    "security.protocol",
                    "SASL_SSL",
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.location",
                    kafka.certificate().toString());
            source.splitMessages = Optional.of(200L);
            return source;
        }

        @Override
        public Extractor extractor() {
            return source().extractor();
        }

        @Override
        public List<Map<String, Object>> rows() {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> message : ForeignReader.all(kafka.brokers(), topic)) {
                try {
                    JsonNode value = JSON.readTree(message.value());
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("id", value.get("id").longValue());
                    row.put("text", value.get("text").textValue());
                    row.put("price", value.get("price").decimalValue().setScale(2));
                    row.put("_partition", message.partition());
                    row.put("_offset", message.offset());
                    row.put("_timestamp", Instant.ofEpochMilli(message.timestamp()));
                    row.put("_key", new String(message.key()));
                    rows.add(row);
                } catch (IOException poison) {
                    // No batch can hold it.
                }
            }
            return rows;
        }

        @Override
        public long undecodableRows() {
            return POISON;
        }

        @Override
        public void addRows() {
            try (Messages messages = Messages.to(kafka.brokers())) {
                for (int i = 0; i < 10; i++) {
                    messages.send(event(ROWS + added++));
                }
            }
        }

        @Override
        public Optional<String> secret() {
            return Optional.of(kafka.password());
        }

        @Override
        public Optional<Extractor> missing() {
            SourceUnderTest source = source();
            source.topic = "no-such-topic";
            return Optional.of(source.extractor());
        }

        @Override
        public Optional<Extractor> unreachable() {
            SourceUnderTest source = source();
            source.brokers = "127.0.0.1:1";
            source.connectTimeout = Duration.ofSeconds(2);
            return Optional.of(source.extractor());
        }

        @Override
        public Optional<Extractor> denied() {
            SourceUnderTest source = source();
            source.password = Optional.of(Secret.of("not the password"));
            return Optional.of(source.extractor());
        }

        @Override
        public Optional<Extractor> silent() {
            silent = EmbeddedKafka.builder().start();
            String there = silent.createTopic(1);
            try (Messages messages = Messages.to(silent.brokers())) {
                messages.send(there, 0, "x");
            }
            SourceUnderTest source = new SourceUnderTest(silent.brokers(), there).text();
            source.timeout = Duration.ofMinutes(5);
            return Optional.of(new FallingSilent(source.extractor(), silent));
        }

        @Override
        public boolean resumable() {
            return true;
        }

        @Override
        public void close() {
            if (silent != null) {
                silent.close();
            }
        }
    }

    /** Its broker falls silent once a split is open. */
    private record FallingSilent(Extractor extractor, EmbeddedKafka kafka) implements Extractor {
        @Override
        public String describe() {
            return extractor.describe();
        }

        @Override
        public Schema schema() {
            return extractor.schema();
        }

        @Override
        public Optional<String> timeColumn() {
            return extractor.timeColumn();
        }

        @Override
        public OptionalLong rowCount() {
            return extractor.rowCount();
        }

        @Override
        public Plan plan(ExtractRequest request) {
            return extractor.plan(request);
        }

        @Override
        public PinState check(String pin) {
            return extractor.check(pin);
        }

        @Override
        public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
            BatchReader reader = extractor.open(split, resumePoint, rejects);
            kafka.suspend();
            return reader;
        }

        @Override
        public void close() {
            extractor.close();
        }
    }
}
