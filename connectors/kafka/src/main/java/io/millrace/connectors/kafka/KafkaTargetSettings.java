package io.millrace.connectors.kafka;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a pipeline file says under {@code load: kafka:}. */
record KafkaTargetSettings(
        @Setting(
                        value =
                                "Where to find the cluster: host:port of one broker, or of several, separated by commas.",
                        example = "localhost:9092")
                String brokers,
        @Setting(value = "The topic to write.", example = "features") String topic,
        @Setting(
                        value =
                                "The column whose value, as text, becomes the message's key: messages of one key stay in order in"
                                        + " one partition. Where absent, messages have no key.",
                        example = "user_id")
                Optional<String> key,
        @Setting(
                        value =
                                "What messages hold. json: an object of all columns. string or bytes: the one column that"
                                        + " value_column names.",
                        defaultValue = "json")
                ValueKind value,
        @Setting(
                        value =
                                "The column that values of kind string or bytes are taken from; a null there is a tombstone.",
                        defaultValue = "value")
                String valueColumn,
        @Setting(
                        value =
                                "The timestamp column that becomes the messages' time; where absent, the moment of sending.",
                        example = "ts")
                Optional<String> timestamp,
        @Setting(
                        value =
                                "Creates the topic with so many partitions where it does not exist; otherwise that is an error.",
                        example = "6")
                Optional<Integer> partitions,
        @Setting("The replicas of a topic that is created; where absent, as many as the brokers give by themselves.")
                Optional<Integer> replicas,
        @Setting(
                        value =
                                "The topic that remembers which pieces are committed. Created where it does not exist. The same"
                                        + " for all runs of a pipeline.",
                        defaultValue = "millrace-ledger")
                String ledger,
        @Setting("Who to log in as.") Optional<String> user,
        @Setting(value = "The user's password.", example = "${env:KAFKA_PASSWORD}") Optional<Secret> password,
        @Setting(value = "Properties of Kafka's producer, from a fixed list.", example = "{compression.type: zstd}")
                Map<String, String> properties,
        @Setting(
                        value = "Properties that are secret, from a fixed list.",
                        example = "{ssl.keystore.password: \"${env:KEYSTORE_PASSWORD}\"}")
                Map<String, Secret> secretProperties,
        @Setting(value = "How long a question to the brokers may take.", defaultValue = "10s") Duration connectTimeout,
        @Setting(value = "How long the brokers may leave a message or a commit unanswered.", defaultValue = "1m")
                Duration timeout,
        @Setting(
                        value = "How long the transaction of one piece may take; at most what the brokers allow"
                                + " (transaction.max.timeout.ms, 15m by default).",
                        defaultValue = "10m")
                Duration transactionTimeout) {
    private static final int MOST_REPLICAS = 100;
    private static final int MOST_PARTITIONS = 100_000;

    KafkaTargetSettings {
        properties = Map.copyOf(properties);
        secretProperties = Map.copyOf(secretProperties);
        Cluster.check(brokers, topic, user, password, properties, connectTimeout, timeout);
        ClientProperties.check(properties, secretProperties, ClientProperties.PRODUCER);
        Cluster.checkTopic("ledger", ledger);
        if (ledger.equals(topic)) {
            throw new InvalidSetting("ledger", "must be another topic than the one that is written");
        }
        partitions.ifPresent(count -> between("partitions", count, MOST_PARTITIONS));
        replicas.ifPresent(count -> between("replicas", count, MOST_REPLICAS));
        if (replicas.isPresent() && partitions.isEmpty()) {
            throw new InvalidSetting("replicas", "says how to create a topic; give partitions too");
        }
        Cluster.positive("transaction_timeout", transactionTimeout);
    }

    private static void between(String key, int count, int most) {
        if (count < 1 || count > most) {
            throw new InvalidSetting(key, "must be 1 to " + most + ", not " + count);
        }
    }

    Cluster cluster(Path directory) {
        return new Cluster(brokers, user, password, properties, secretProperties, directory, connectTimeout, timeout);
    }
}
