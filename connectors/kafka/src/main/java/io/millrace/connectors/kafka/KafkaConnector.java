package io.millrace.connectors.kafka;

import io.millrace.api.Connector;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** Kafka, under the key {@code kafka}: ranges of a topic as a source, transactions into a topic as a target. */
public final class KafkaConnector implements Connector {
    /** For {@link java.util.ServiceLoader}. */
    public KafkaConnector() {}

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new KafkaSource());
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new KafkaTarget());
    }
}
