package io.millrace.engines.flink;

import io.millrace.api.MessageSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A stream as a job of Flink, in this process. */
final class FlinkJob {
    /** Known to checkpoints: never changed. */
    private static final String SOURCE = "source";

    private static final String INTAKE = "intake";
    private static final String COMMIT = "commit";
    /** How far a stream can ever be spread; part of what checkpoints rest on. */
    private static final int MAX_PARALLELISM = 128;

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    private FlinkJob() {}

    /**
     * Starts it.
     *
     * @param checkpoints the folder for checkpoints
     * @param from the one to go on from
     * @param owned true where that one may be removed when it is no longer needed
     */
    static JobClient start(StreamParts parts, Path checkpoints, Optional<Path> from, boolean owned) throws Exception {
        Configuration settings = settings(parts, checkpoints);
        from.ifPresent(path -> {
            settings.setString("execution.state-recovery.path", path.toUri().toString());
            settings.setString("execution.state-recovery.claim-mode", owned ? "CLAIM" : "NO_CLAIM");
        });
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(
                Math.min(MAX_PARALLELISM, parts.options().parallelism()), settings);
        environment
                .fromSource(source(parts.source()), WatermarkStrategy.noWatermarks(), SOURCE)
                .uid(SOURCE)
                .transform(INTAKE, BYTES, new IntakeOperator(parts.key()))
                .uid(INTAKE)
                .global()
                .transform(COMMIT, BYTES, new CommitOperator(parts.key()))
                .uid(COMMIT)
                .setParallelism(1)
                .setMaxParallelism(1);
        return environment.executeAsync(parts.lineage().pipeline());
    }

    private static KafkaSource<byte[]> source(MessageSource source) {
        KafkaSourceBuilder<byte[]> builder = KafkaSource.<byte[]>builder()
                .setTopics(source.topic())
                .setStartingOffsets(new FirstOffsets(source.fromOldest(), source.passesOverLost()))
                .setDeserializer(new MessageSchema())
                .setProperty("partition.discovery.interval.ms", "30000")
                .setClientIdPrefix("millrace");
        source.consumerProperties().forEach(builder::setProperty);
        return builder.build();
    }

    private static Configuration settings(StreamParts parts, Path checkpoints) {
        Configuration settings = new Configuration();
        settings.setString("pipeline.max-parallelism", Integer.toString(MAX_PARALLELISM));
        // Only serialisers that are declared: what Kryo writes can be read by nobody else, and not for long.
        settings.setString("pipeline.generic-types", "false");
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        settings.setString(
                "execution.checkpointing.interval", millis(parts.settings().checkpoint()));
        settings.setString("execution.checkpointing.storage", "filesystem");
        settings.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
        settings.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        settings.setString("execution.checkpointing.num-retained", "2");
        settings.setString("execution.checkpointing.tolerable-failed-checkpoints", "3");
        settings.setString("state.backend.type", "hashmap");
        settings.setString("restart-strategy.type", "exponential-delay");
        settings.setString(
                "restart-strategy.exponential-delay.initial-backoff",
                millis(parts.options().retry().initial()));
        settings.setString(
                "restart-strategy.exponential-delay.max-backoff",
                millis(parts.options().retry().max()));
        // Nobody is to come in from outside.
        settings.setString("rest.address", "127.0.0.1");
        settings.setString("rest.bind-address", "127.0.0.1");
        return settings;
    }

    private static String millis(Duration duration) {
        return Math.max(1, duration.toMillis()) + " ms";
    }
}
