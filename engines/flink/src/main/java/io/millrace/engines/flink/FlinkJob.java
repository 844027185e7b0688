package io.millrace.engines.flink;

import io.millrace.api.MessageSource;
import io.millrace.core.pipeline.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** A stream as a job of Flink, in this process. */
final class FlinkJob {
    /** Known to checkpoints: never changed. */
    private static final String SOURCE = "source";

    private static final String INTAKE = "intake";
    private static final String COMMIT = "commit";
    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    /** Where stages tell of what they have done. */
    static final OutputTag<byte[]> PIECES = new OutputTag<>("pieces", BYTES);

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
            // Which state a changed pipeline leaves behind has been told, and allowed.
            settings.setString("execution.state-recovery.ignore-unclaimed-state", "true");
        });
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(
                Math.min(Buckets.COUNT, parts.options().parallelism()), settings);
        SingleOutputStreamOperator<byte[]> rows = environment
                .fromSource(new AssignedSource(source(parts.source())), WatermarkStrategy.noWatermarks(), SOURCE, BYTES)
                .uid(SOURCE)
                .transform(INTAKE, BYTES, new IntakeOperator(parts.key()))
                .uid(INTAKE);
        DataStream<byte[]> pieces = rows.getSideOutput(PIECES).global();
        StreamStages stages = parts.stages();
        for (int stage = 1; stage <= stages.last(); stage++) {
            rows = rows.keyBy(Exchange::number, Types.INT)
                    .transform(stages.keyed(stage).label(), BYTES, new KeyedOperator(parts.key(), stage))
                    .uid(stages.uid(stage));
            pieces = pieces.union(rows.getSideOutput(PIECES).global());
        }
        pieces.transform(COMMIT, BYTES, new CommitOperator(parts.key()))
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
        settings.setString("pipeline.max-parallelism", Integer.toString(Buckets.COUNT));
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
        boolean onDisk = parts.stages().last() > 0 && parts.settings().state() == StreamSettings.KeyedState.DISK;
        settings.setString("state.backend.type", onDisk ? "rocksdb" : "hashmap");
        if (onDisk) {
            settings.setString("execution.checkpointing.incremental", "true");
            settings.setString(
                    "state.backend.rocksdb.localdir", parts.workingFolder().toString());
            // Most keys that are asked for are new ones.
            settings.setString("state.backend.rocksdb.use-bloom-filter", "true");
        }
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
