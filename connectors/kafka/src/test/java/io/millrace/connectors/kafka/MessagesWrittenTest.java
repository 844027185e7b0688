package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.extractor.RecordedRejects.Reject;
import io.millrace.testkit.loader.DirectRun;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MessagesWrittenTest {
    private final EmbeddedKafka kafka = TestBroker.KAFKA;
    private final String topic = kafka.newTopicName();

    private List<ConsumerRecord<byte[], byte[]>> write(TargetUnderTest target, Batch batch, RecordedRejects rejects) {
        try (DirectRun run =
                        new DirectRun(target.loader(), batch.schema(), new Lineage("written " + topic, "1"), "run-1");
                DirectWriter writer = run.open("split-0.0", 0)) {
            Receipt receipt = DirectRun.write(writer, rejects, batch);
            assertThat(receipt.loaded() + rejects.all().size()).isEqualTo(batch.rowCount());
            writer.commit("note");
        }
        return ForeignReader.committed(kafka.brokers(), topic);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void keysAreTheTextOfTheirColumn() {
        Map<DataType, Object> values = new LinkedHashMap<>();
        values.put(DataType.INT64, -5L);
        values.put(DataType.INT32, 7);
        values.put(DataType.BOOLEAN, true);
        values.put(DataType.STRING, "é");
        values.put(DataType.decimal(6, 2), new BigDecimal("1.50"));
        values.put(DataType.DATE, LocalDate.parse("2024-02-29"));
        values.put(DataType.TIMESTAMP, Instant.parse("2024-02-29T01:02:03.456789Z"));
        values.put(DataType.BINARY, new byte[] {1, -1});
        values.forEach((type, value) -> {
            Schema schema = Schema.of(Field.of("k", type));
            MessageEncoder encoder = new MessageEncoder(keyed("k"), schema);
            byte[] key = encoder.encode(Batch.ofRecords(schema, List.of(Map.of("k", value))), 0)
                    .key();
            assertThat(key)
                    .isEqualTo(
                            value instanceof byte[] bytes
                                    ? bytes
                                    : value.toString().getBytes(StandardCharsets.UTF_8));
        });
        Schema schema = Schema.of(Field.of("k", DataType.FLOAT64));
        assertThatThrownBy(() -> new MessageEncoder(keyed("k"), schema)).hasMessageContaining("convert it to string");
    }

    private KafkaTargetSettings keyed(String column) {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.key = Optional.of(column);
        return target.settings();
    }

    @Test
    void messagesOfOneKeyKeepTheirOrderInOnePartition() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.key = Optional.of("k");
        target.partitions = Optional.of(3);
        Schema schema = Schema.of(Field.of("k", DataType.STRING), Field.of("n", DataType.INT32));
        List<Map<String, Object>> rows = new java.util.ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(Map.of("k", "key " + i % 10, "n", i));
        }
        Map<String, List<Integer>> partitions = new java.util.TreeMap<>();
        Map<String, List<String>> values = new java.util.TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> message :
                write(target, Batch.ofRecords(schema, rows), new RecordedRejects())) {
            partitions
                    .computeIfAbsent(text(message.key()), key -> new java.util.ArrayList<>())
                    .add(message.partition());
            values.computeIfAbsent(text(message.key()), key -> new java.util.ArrayList<>())
                    .add(text(message.value()));
        }
        assertThat(partitions)
                .hasSize(10)
                .allSatisfy((key, places) -> assertThat(places).hasSize(30).containsOnly(places.get(0)));
        assertThat(values.get("key 3").subList(0, 2))
                .containsExactly("{\"k\":\"key 3\",\"n\":3}", "{\"k\":\"key 3\",\"n\":13}");
    }

    @Test
    void timesComeFromTheirColumn() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.timestamp = Optional.of("ts");
        Schema schema = Schema.of(Field.of("ts", DataType.TIMESTAMP));
        Instant time = Instant.parse("2024-01-02T03:04:05.678999Z");
        Map<String, Object> none = new LinkedHashMap<>();
        none.put("ts", null);
        RecordedRejects rejects = new RecordedRejects();
        List<ConsumerRecord<byte[], byte[]>> messages = write(
                target,
                Batch.ofRecords(
                        schema, List.of(Map.of("ts", time), none, Map.of("ts", Instant.parse("1969-12-31T23:59:59Z")))),
                rejects);
        assertThat(messages).hasSize(2);
        assertThat(messages).extracting(ConsumerRecord::timestamp).contains(time.toEpochMilli());
        assertThat(rejects.all()).extracting(Reject::column).containsExactly("ts");
    }

    @Test
    void writesTextAndBytesAsTheyAreAndNullsAsTombstones() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.value = ValueKind.STRING;
        target.valueColumn = "v";
        target.key = Optional.of("k");
        target.partitions = Optional.of(1);
        Schema schema = Schema.of(Field.of("k", DataType.INT32), Field.of("v", DataType.STRING));
        Map<String, Object> tombstone = new LinkedHashMap<>();
        tombstone.put("k", 2);
        tombstone.put("v", null);
        List<ConsumerRecord<byte[], byte[]>> messages = write(
                target,
                Batch.ofRecords(schema, List.of(Map.of("k", 1, "v", "not { json"), tombstone)),
                new RecordedRejects());
        assertThat(messages).extracting(message -> text(message.value())).containsExactly("not { json", null);
        target.value = ValueKind.BYTES;
        assertThatThrownBy(() -> new MessageEncoder(target.settings(), schema))
                .hasMessageContaining("'v' is string, not binary");
    }

    @Test
    void aRowThatMakesTooLargeAMessageIsRejectedAndTheOthersAreLoaded() {
        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "5000"));
        Schema schema = Schema.of(Field.of("v", DataType.STRING));
        RecordedRejects rejects = new RecordedRejects();
        List<Map<String, Object>> rows =
                List.of(Map.of("v", "a"), Map.of("v", "x".repeat(6_000)), Map.of("v", "y".repeat(4_800)));
        List<ConsumerRecord<byte[], byte[]>> messages =
                write(TargetUnderTest.of(topic), Batch.ofRecords(schema, rows), rejects);
        assertThat(messages).hasSize(2);
        assertThat(rejects.all()).singleElement().satisfies(reject -> {
            assertThat(reject.ordinal()).isEqualTo(1);
            assertThat(reject.reason()).isEqualTo("as a message larger than 5000 bytes");
        });
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        Batch batch = random.batch(schema, 200);
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.partitions = Optional.of(1);
        RecordedRejects rejects = new RecordedRejects();
        write(target, batch, rejects);
        assertThat(rejects.all()).isEmpty();
        SourceUnderTest source = SourceUnderTest.of(topic);
        schema.forEach(field -> source.column(field.name(), field.type()));
        assertThat(source.records().stream().map(MessagesWrittenTest::comparable))
                .as("seed %d, %s", seed, schema)
                .containsExactlyElementsOf(batch.records().stream()
                        .map(MessagesWrittenTest::comparable)
                        .toList());
    }

    private static String comparable(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.replaceAll((name, value) -> value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : value instanceof List<?> list
                        ? list.stream()
                                .map(element -> element instanceof byte[] bytes ? Arrays.toString(bytes) : element)
                                .toList()
                        : value);
        return shown.toString();
    }

    @Test
    void aTopicThatIsMissingIsCreatedOnlyOnRequest() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.partitions = Optional.empty();
        Schema schema = Schema.of(Field.of("v", DataType.STRING));
        try (DirectLoader loader = target.loader()) {
            assertThatThrownBy(() -> loader.validate(schema))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining("no topic '" + topic + "'")
                    .hasMessageContaining("partitions");
        }
        target.partitions = Optional.of(5);
        write(target, Batch.ofRecords(schema, List.of()), new RecordedRejects());
        try (ClusterAdmin admin = new ClusterAdmin(
                target.settings().cluster(java.nio.file.Path.of(".")),
                new KafkaErrors(target.settings().cluster(java.nio.file.Path.of(".")), topic))) {
            assertThat(admin.find(topic).orElseThrow().partitions()).hasSize(5);
        }
    }

    @Test
    void aLedgerOfAnotherShapeIsRefused() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.ledger = kafka.createTopic(3);
        try (DirectLoader loader = target.loader()) {
            assertThatThrownBy(() -> loader.validate(Schema.of(Field.of("v", DataType.STRING))))
                    .hasMessageContaining("has 3 partitions; a ledger has 16");
        }
    }
}
