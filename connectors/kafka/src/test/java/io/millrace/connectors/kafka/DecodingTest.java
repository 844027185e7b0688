package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.extractor.RecordedRejects.Reject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DecodingTest {
    private static final byte[] NO_TEXT = {'a', (byte) 0xc3, '('};

    private final EmbeddedKafka kafka = TestBroker.KAFKA;
    private final String topic = kafka.createTopic(1);

    private void send(ProducerRecord<byte[], byte[]> message) {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(message);
        }
    }

    private void send(String... values) {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, 0, values);
        }
    }

    private List<Map<String, Object>> read(SourceUnderTest source, RecordedRejects rejects) {
        return source.records(ExtractRequest.everything(100), rejects);
    }

    @Test
    void readsDeclaredFieldsByPath() {
        send("{\"event_id\": 7, \"ts\": \"2024-01-02T03:04:05.678901Z\", \"props\": {\"page\": \"home\"}, \"x\": []}");
        SourceUnderTest source =
                SourceUnderTest.of(topic).column("event_id", DataType.INT64).column("ts", DataType.TIMESTAMP);
        source.schema.put("page", JsonFieldSettings.fromYaml(Map.of("path", "props.page", "type", "string")));
        assertThat(source.records())
                .containsExactly(
                        Map.of("event_id", 7L, "ts", Instant.parse("2024-01-02T03:04:05.678901Z"), "page", "home"));
    }

    @Test
    void showsAllThatIsKnownOfAMessage() {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, 0, 1_700_000_000_123L, Messages.bytes("k"), Messages.bytes("v"));
        message.headers().add(new RecordHeader("a", Messages.bytes("x\"y")));
        message.headers().add(new RecordHeader("a", NO_TEXT));
        message.headers().add(new RecordHeader("b", null));
        send(message);
        send(new ProducerRecord<>(topic, 0, 5L, null, Messages.bytes("w")));
        List<Map<String, Object>> rows = SourceUnderTest.of(topic)
                .text()
                .metadata(
                        Metadata.HEADERS,
                        Metadata.KEY,
                        Metadata.TIMESTAMP,
                        Metadata.OFFSET,
                        Metadata.PARTITION,
                        Metadata.TOPIC)
                .records();
        assertThat(rows.get(0))
                .containsEntry("value", "v")
                .containsEntry("_topic", topic)
                .containsEntry("_partition", 0)
                .containsEntry("_offset", 0L)
                .containsEntry("_timestamp", Instant.ofEpochMilli(1_700_000_000_123L))
                .containsEntry("_key", "k")
                .containsEntry(
                        "_headers",
                        "[{\"key\":\"a\",\"value\":\"x\\\"y\"},{\"key\":\"a\",\"base64\":\"YcMo\"},"
                                + "{\"key\":\"b\",\"value\":null}]");
        assertThat(rows.get(1)).containsEntry("_key", null).containsEntry("_headers", "[]");
        assertThat(rows.get(0).keySet())
                .containsExactly("value", "_headers", "_key", "_timestamp", "_offset", "_partition", "_topic");
    }

    @Test
    void poisonBecomesARejectThatLeadsToItsMessage() {
        send("{\"id\": 1}", "{\"id\": \"x\"}", "{\"id\": 2", "", "{\"id\": 3}", "[1]");
        SourceUnderTest source =
                SourceUnderTest.of(topic).column("id", DataType.INT64).metadata(Metadata.OFFSET);
        source.splitMessages = Optional.of(3L);
        RecordedRejects rejects = new RecordedRejects();
        assertThat(SourceUnderTest.column(read(source, rejects), "_offset")).containsExactly(0L, 4L);
        assertThat(rejects.all())
                .extracting(reject -> reject.splitId() + " row " + reject.ordinal())
                .containsExactly(
                        topic + ".0.0 row 1", topic + ".0.0 row 2", topic + ".0.3 row 0", topic + ".0.3 row 2");
        assertThat(rejects.all().get(0).column()).isEqualTo("id");
        assertThat(rejects.all().get(0).rawValue()).isEqualTo("x");
        assertThat(rejects.all().get(1).rawValue()).isEqualTo("{\"id\": 2");
        assertThat(rejects.all()).extracting(Reject::reason).allMatch(reason -> !reason.isBlank());
    }

    @Test
    void poisonWithoutEndHidesNothingBehindIt() {
        // More than a batch may hold, and not one row among it.
        String large = "no JSON".repeat(130_000);
        try (Messages messages = Messages.to(kafka.brokers())) {
            for (int i = 0; i < 40; i++) {
                messages.send(topic, 0, large);
            }
            messages.send(topic, 0, "{\"id\": 7}");
        }
        SourceUnderTest source = SourceUnderTest.of(topic).column("id", DataType.INT64);
        RecordedRejects rejects = new RecordedRejects();
        assertThat(read(source, rejects)).containsExactly(Map.of("id", 7L));
        assertThat(rejects.all()).hasSize(40);
    }

    @Test
    void tombstonesAreSkippedKeptOrRejected() {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(new ProducerRecord<>(topic, 0, Messages.bytes("a"), Messages.bytes("{\"id\": 1}")));
            messages.send(new ProducerRecord<>(topic, 0, Messages.bytes("a"), null));
        }
        SourceUnderTest source = SourceUnderTest.of(topic).metadata(Metadata.KEY);
        source.schema.put("id", JsonFieldSettings.fromYaml(Map.of("type", "int64", "required", true)));
        RecordedRejects skipped = new RecordedRejects();
        assertThat(read(source, skipped)).hasSize(1);
        assertThat(skipped.filtered()).isEqualTo(1);
        source.tombstones = Tombstones.REJECT;
        RecordedRejects rejected = new RecordedRejects();
        assertThat(read(source, rejected)).hasSize(1);
        assertThat(rejected.all()).extracting(Reject::reason).containsExactly("a message without a value");
        source.tombstones = Tombstones.KEEP;
        List<Map<String, Object>> kept = read(source, new RecordedRejects());
        assertThat(kept.get(1)).containsEntry("id", null).containsEntry("_key", "a");
        source.schema.clear();
        source.value = ValueKind.BYTES;
        assertThat(read(source, new RecordedRejects()).get(1)).containsEntry("value", null);
    }

    @Test
    void countsEveryMessageAsARowOfTheSource() {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, 0, "{\"id\": 1}", "poison");
            messages.send(new ProducerRecord<>(topic, 0, Messages.bytes("a"), null));
        }
        SourceUnderTest source = SourceUnderTest.of(topic).column("id", DataType.INT64);
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(10)))
                    .get(0);
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                while (reader.next() != null) {
                    // To the end.
                }
                assertThat(reader.rowsRead()).isEqualTo(3);
                assertThat(reader.resumePoint()).contains("3");
            }
        }
    }

    @Test
    void textThatIsNoneIsRejectedWithItsBytes() {
        send(new ProducerRecord<>(topic, 0, Messages.bytes("ok"), NO_TEXT));
        send(new ProducerRecord<>(topic, 0, NO_TEXT, Messages.bytes("naïve 日本 😀")));
        RecordedRejects rejects = new RecordedRejects();
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        assertThat(SourceUnderTest.column(read(source, rejects), "value")).containsExactly("naïve 日本 😀");
        source.metadata(Metadata.KEY);
        assertThat(read(source, rejects)).isEmpty();
        assertThat(rejects.all())
                .extracting(Reject::column, Reject::reason, Reject::rawValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("value", "not valid UTF-8", "0x61c328"),
                        org.assertj.core.groups.Tuple.tuple("value", "not valid UTF-8", "0x61c328"),
                        org.assertj.core.groups.Tuple.tuple("_key", "not valid UTF-8", "0x61c328"));
        source.value = ValueKind.BYTES;
        source.key = KeyKind.BYTES;
        List<Map<String, Object>> rows = read(source, new RecordedRejects());
        assertThat((byte[]) rows.get(0).get("value")).isEqualTo(NO_TEXT);
        assertThat((byte[]) rows.get(1).get("_key")).isEqualTo(NO_TEXT);
    }

    @Test
    void keysAreCheckedWhereTheyAreToBeJson() {
        for (String key : List.of("{\"a\": 1}", "5", "{\"a\": 1", "5 6", "{\"a\": 1, \"a\": 2}")) {
            send(new ProducerRecord<>(topic, 0, Messages.bytes(key), Messages.bytes("v")));
        }
        SourceUnderTest source = SourceUnderTest.of(topic).text().metadata(Metadata.KEY);
        source.key = KeyKind.JSON;
        RecordedRejects rejects = new RecordedRejects();
        assertThat(SourceUnderTest.column(read(source, rejects), "_key")).containsExactly("{\"a\": 1}", "5");
        assertThat(rejects.all())
                .extracting(Reject::column)
                .containsOnly("_key")
                .hasSize(3);
    }

    @Test
    void infersColumnsFromTheOldestMessagesAndPinsThem() {
        send("{\"id\": 1, \"name\": \"a\"}", "no json", "{\"id\": 2, \"score\": 0.5}");
        SourceUnderTest source = SourceUnderTest.of(topic);
        source.inferFrom = 2;
        Plan plan;
        List<Split> splits;
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.schema().toString()).isEqualTo("(id int64, name string, score float64)");
            plan = extractor.plan(ExtractRequest.everything(10));
            assertThat(plan.warnings()).singleElement().asString().contains("inferred from the first 2 messages");
            splits = SourceUnderTest.splits(plan);
        }
        send("{\"id\": \"later\", \"more\": true}");
        try (Extractor resumed = source.extractor()) {
            assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
            assertThat(SourceUnderTest.records(resumed, splits.get(0), Optional.empty(), new RecordedRejects()))
                    .containsExactly(row(1L, "a", null), row(2L, null, 0.5));
        }
        // A worker that was given nothing but a split uses the plan's columns, whatever the topic holds by now.
        source.inferFrom = 1;
        try (Extractor worker = source.extractor()) {
            SourceUnderTest.records(worker, splits.get(0), Optional.empty(), new RecordedRejects());
            assertThat(worker.schema().names()).containsExactly("id", "name", "score");
        }
        try (Extractor changed = source.extractor()) {
            assertThat(changed.schema().names()).containsExactly("id", "name");
            assertThat(changed.check(plan.pin())).isEqualTo(PinState.RESTART);
        }
        try (Extractor resumed = source.extractor()) {
            resumed.resume(plan.pin());
            assertThat(resumed.schema().names()).containsExactly("id", "name", "score");
            assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
        }
        SourceUnderTest other = SourceUnderTest.of(TestBroker.KAFKA.createTopic(1));
        try (Messages messages = Messages.to(TestBroker.KAFKA.brokers())) {
            messages.send(other.topic, 0, "{\"a\": 1}");
        }
        try (Extractor anotherTopic = other.extractor()) {
            anotherTopic.resume(plan.pin());
            assertThat(anotherTopic.schema().names()).containsExactly("a");
        }
    }

    private static Map<String, Object> row(Long id, String name, Double score) {
        Map<String, Object> row = new java.util.LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("score", score);
        return row;
    }

    @Test
    void refusesToInferFromNothing() {
        send("no json");
        try (Extractor extractor = SourceUnderTest.of(topic).extractor()) {
            assertThatThrownBy(extractor::schema)
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining("declare them under schema");
        }
    }

    @Test
    void refusesAColumnThatIsAlsoMetadata() {
        SourceUnderTest source =
                SourceUnderTest.of(topic).column("_key", DataType.STRING).metadata(Metadata.KEY);
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(extractor::schema)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("'_key' occurs twice")
                    .hasMessageContaining("rename it under schema");
        }
    }
}
