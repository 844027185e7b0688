package io.millrace.connectors.kafka;

import io.millrace.api.BatchReader;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.testkit.extractor.RecordedRejects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for a topic, to be changed one by one. */
final class SourceUnderTest {
    String brokers;
    String topic;
    StartFrom from = StartFrom.EARLIEST;
    ValueKind value = ValueKind.JSON;
    Map<String, JsonFieldSettings> schema = new LinkedHashMap<>();
    int inferFrom = 1_000;
    List<Metadata> metadata = List.of();
    KeyKind key = KeyKind.STRING;
    Tombstones tombstones = Tombstones.SKIP;
    LostOffsets onLostOffsets = LostOffsets.FAIL;
    Optional<Duration> maxDelay = Optional.empty();
    Optional<String> user = Optional.empty();
    Optional<Secret> password = Optional.empty();
    Map<String, String> properties = Map.of();
    Map<String, Secret> secretProperties = Map.of();
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration timeout = Duration.ofSeconds(30);
    Optional<Long> splitMessages = Optional.empty();

    SourceUnderTest(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    /** A topic of the shared broker. */
    static SourceUnderTest of(String topic) {
        return new SourceUnderTest(TestBroker.KAFKA.brokers(), topic);
    }

    SourceUnderTest text() {
        value = ValueKind.STRING;
        return this;
    }

    SourceUnderTest metadata(Metadata... kinds) {
        metadata = List.of(kinds);
        return this;
    }

    SourceUnderTest column(String name, DataType type) {
        schema.put(name, JsonFieldSettings.of(type));
        return this;
    }

    KafkaSourceSettings settings() {
        return new KafkaSourceSettings(
                brokers,
                topic,
                from,
                value,
                schema,
                inferFrom,
                metadata,
                key,
                tombstones,
                onLostOffsets,
                maxDelay,
                user,
                password,
                properties,
                secretProperties,
                connectTimeout,
                timeout,
                splitMessages);
    }

    Extractor extractor() {
        return new KafkaSource().create(settings(), new ConnectorContext(Path.of("."), RetryPolicy.NONE));
    }

    static List<Split> splits(Plan plan) {
        List<Split> splits = new ArrayList<>();
        plan.splits().forEachRemaining(splits::add);
        return splits;
    }

    /** All rows of a run without a window. */
    List<Map<String, Object>> records() {
        return records(ExtractRequest.everything(100), new RecordedRejects());
    }

    List<Map<String, Object>> records(ExtractRequest request, RecordedRejects rejects) {
        try (Extractor extractor = extractor()) {
            return records(extractor, extractor.plan(request), rejects);
        }
    }

    static List<Map<String, Object>> records(Extractor extractor, Plan plan, RecordedRejects rejects) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Split split : splits(plan)) {
            records.addAll(records(extractor, split, Optional.empty(), rejects));
        }
        return records;
    }

    static List<Map<String, Object>> records(
            Extractor extractor, Split split, Optional<String> resumePoint, RecordedRejects rejects) {
        List<Map<String, Object>> records = new ArrayList<>();
        try (BatchReader reader = extractor.open(split, resumePoint, rejects)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                records.addAll(batch.records());
            }
        }
        return records;
    }

    static List<Object> column(List<Map<String, Object>> records, String name) {
        List<Object> values = new ArrayList<>();
        records.forEach(record -> values.add(record.get(name)));
        return values;
    }
}
