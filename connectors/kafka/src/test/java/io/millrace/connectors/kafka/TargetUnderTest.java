package io.millrace.connectors.kafka;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DirectLoader;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings for a topic that is written, to be changed one by one. */
final class TargetUnderTest {
    String brokers;
    String topic;
    Optional<String> key = Optional.empty();
    ValueKind value = ValueKind.JSON;
    String valueColumn = "value";
    Optional<String> timestamp = Optional.empty();
    Optional<Integer> partitions = Optional.of(2);
    Optional<Integer> replicas = Optional.empty();
    String ledger = "millrace-ledger";
    Optional<String> user = Optional.empty();
    Optional<Secret> password = Optional.empty();
    Map<String, String> properties = Map.of();
    Map<String, Secret> secretProperties = Map.of();
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration timeout = Duration.ofSeconds(30);
    Duration transactionTimeout = Duration.ofMinutes(1);

    TargetUnderTest(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    static TargetUnderTest of(String topic) {
        return new TargetUnderTest(TestBroker.KAFKA.brokers(), topic);
    }

    KafkaTargetSettings settings() {
        return new KafkaTargetSettings(
                brokers,
                topic,
                key,
                value,
                valueColumn,
                timestamp,
                partitions,
                replicas,
                ledger,
                user,
                password,
                properties,
                secretProperties,
                connectTimeout,
                timeout,
                transactionTimeout);
    }

    DirectLoader loader() {
        return (DirectLoader)
                new KafkaTarget().create(settings(), new ConnectorContext(Path.of("."), RetryPolicy.NONE));
    }
}
