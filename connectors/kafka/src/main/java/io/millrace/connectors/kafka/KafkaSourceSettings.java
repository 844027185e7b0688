package io.millrace.connectors.kafka;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.formats.json.JsonFieldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pipeline file says under {@code extract: kafka:}. */
record KafkaSourceSettings(
        @Setting(
                        value =
                                "Where to find the cluster: host:port of one broker, or of several, separated by commas.",
                        example = "localhost:9092")
                String brokers,
        @Setting(value = "The topic to read.", example = "behaviours") String topic,
        @Setting(
                        value =
                                "Where a run without a window begins. earliest: at the oldest message, every time. position:"
                                        + " where the previous run ended, the first time at the oldest message. latest: where"
                                        + " the previous run ended, the first time at the end.",
                        defaultValue = "earliest")
                StartFrom from,
        @Setting(
                        value =
                                "What values are: json (an object, its keys become columns), string or bytes (one column, value).",
                        defaultValue = "json")
                ValueKind value,
        @Setting(
                        value =
                                "The columns of JSON values: a type, or a path and a type. Where absent, they are inferred from"
                                        + " the oldest messages.",
                        example = "{event_id: int64, page: {path: props.page, type: string}}")
                Map<String, JsonFieldSettings> schema,
        @Setting(value = "How many of the oldest messages columns are inferred from.", defaultValue = "1000")
                int inferFrom,
        @Setting(
                        value =
                                "What else of a message to have, as columns _topic, _partition, _offset, _timestamp, _key, _headers.",
                        example = "[partition, offset, timestamp, key]")
                List<Metadata> metadata,
        @Setting(value = "What keys are read as, for metadata key: string, json or bytes.", defaultValue = "string")
                KeyKind key,
        @Setting(
                        value =
                                "Messages without a value. skip: count them as filtered. keep: rows whose columns of the value"
                                        + " are null. reject: reject them.",
                        defaultValue = "skip")
                Tombstones tombstones,
        @Setting(
                        value =
                                "Messages that were deleted before they were read. fail: end the run. earliest: go on with the"
                                        + " oldest message that is there, and say what is missing.",
                        defaultValue = "fail")
                LostOffsets onLostOffsets,
        @Setting(
                        value =
                                "How much later than others a message may be appended whose timestamp is earlier. Where absent,"
                                        + " a window reads on to the topic's end.",
                        example = "1h")
                Optional<Duration> maxDelay,
        @Setting("Who to log in as.") Optional<String> user,
        @Setting(value = "The user's password.", example = "${env:KAFKA_PASSWORD}") Optional<Secret> password,
        @Setting(
                        value = "Properties of Kafka's consumer, from a fixed list.",
                        example = "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512}")
                Map<String, String> properties,
        @Setting(
                        value = "Properties that are secret, from a fixed list.",
                        example = "{ssl.keystore.password: \"${env:KEYSTORE_PASSWORD}\"}")
                Map<String, Secret> secretProperties,
        @Setting(value = "How long a question to the brokers may take.", defaultValue = "10s") Duration connectTimeout,
        @Setting(
                        value =
                                "How long the brokers may send nothing of what is there before they count as unavailable.",
                        defaultValue = "1m")
                Duration timeout,
        @Setting(
                        value =
                                "About how many messages make a split; absent: as many as give every processor two splits,"
                                        + " 200,000 to 2,000,000.",
                        example = "500000")
                Optional<Long> splitMessages) {
    KafkaSourceSettings {
        metadata = List.copyOf(metadata);
        properties = Map.copyOf(properties);
        secretProperties = Map.copyOf(secretProperties);
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        Cluster.check(brokers, topic, user, password, properties, connectTimeout, timeout);
        ClientProperties.check(properties, secretProperties, ClientProperties.CONSUMER);
        if (value != ValueKind.JSON && !schema.isEmpty()) {
            throw new InvalidSetting("schema", "is only for JSON values; strings and bytes are one column, value");
        }
        if (inferFrom < 1) {
            throw new InvalidSetting("infer_from", "must be at least 1");
        }
        if (new HashSet<>(metadata).size() < metadata.size()) {
            throw new InvalidSetting("metadata", "names something twice");
        }
        maxDelay.ifPresent(delay -> {
            if (delay.isNegative()) {
                throw new InvalidSetting("max_delay", "must not be negative");
            }
        });
        if (splitMessages.isPresent() && splitMessages.get() < 1) {
            throw new InvalidSetting("split_messages", "must be at least 1");
        }
    }

    Cluster cluster(Path directory) {
        return new Cluster(brokers, user, password, properties, secretProperties, directory, connectTimeout, timeout);
    }
}
