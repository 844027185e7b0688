package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to the brokers, each answered or failed in the time that {@code connect_timeout} gives. Thread-safe. */
final class ClusterAdmin implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private final KafkaErrors errors;
    private final Duration patience;
    private final Admin admin;

    ClusterAdmin(Cluster cluster, KafkaErrors errors) {
        this.errors = errors;
        this.patience = cluster.connectTimeout();
        try {
            this.admin = Admin.create(cluster.adminConfig());
        } catch (RuntimeException failure) {
            throw errors.during("Preparing to talk to the brokers", failure);
        }
    }

    /** The topic; empty where there is none of this name. */
    Optional<TopicLayout> find(String topic) {
        try {
            TopicDescription found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            List<Integer> partitions = found.partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .sorted()
                    .toList();
            return Optional.of(new TopicLayout(topic, found.topicId().toString(), partitions));
        } catch (ExecutionException failure) {
            if (KafkaErrors.root(failure) instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw errors.during("Looking for topic " + topic, failure);
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    Map<Integer, Long> earliest(List<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Behind the last message that is committed and has no open transaction before it. */
    Map<Integer, Long> endOfCommitted(List<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** Behind the last message, of open transactions too. */
    Map<Integer, Long> endOfAll(List<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The first message with this time (milliseconds) or a later one; -1 where there is none. */
    Map<Integer, Long> atTime(List<TopicPartition> partitions, long millis) {
        return offsets(partitions, OffsetSpec.forTimestamp(millis), IsolationLevel.READ_COMMITTED);
    }

    private Map<Integer, Long> offsets(List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Map<Integer, Long> offsets = new TreeMap<>();
                admin.listOffsets(asked, new ListOffsetsOptions(isolation))
                        .all()
                        .get()
                        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
                return offsets;
            } catch (ExecutionException failure) {
                // Not every broker knows a new topic at once.
                boolean unknown = KafkaErrors.root(failure) instanceof UnknownTopicOrPartitionException;
                if (!unknown || System.nanoTime() > deadline) {
                    throw errors.during("Asking for offsets", failure);
                }
                LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            } catch (InterruptedException interrupted) {
                throw stopped(interrupted);
            }
        }
    }

    /** A topic's setting; empty where it may not be asked for. */
    Optional<String> setting(String topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return Optional.ofNullable(admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get(name))
                    .map(entry -> entry.value());
        } catch (ExecutionException failure) {
            if (KafkaErrors.root(failure) instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw errors.during("Asking for the settings of topic " + topic, failure);
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    /** Creates a topic unless there is one of this name. Empty: as many replicas as the brokers give by themselves. */
    void create(String topic, int partitions, Optional<Short> replicas, Map<String, String> settings) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), replicas).configs(settings);
        try {
            admin.createTopics(List.of(wanted)).all().get();
            awaitLeaders(topic, partitions);
        } catch (ExecutionException failure) {
            if (!(KafkaErrors.root(failure) instanceof TopicExistsException)) {
                throw errors.during("Creating topic " + topic, failure);
            }
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    /**
     * A topic is known before its partitions can take messages. A producer with several requests under way may then have the
     * second taken and the first refused, and try in vain to put them into order until it times out.
     */
    private void awaitLeaders(String topic, int partitions) {
        endOfAll(IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList());
    }

    /** Ends what producers with these transactional ids have begun: it is aborted, or, where that is decided, committed. */
    void fenceProducers(Collection<String> transactionalIds) {
        if (!transactionalIds.isEmpty()) {
            answer(
                    "Ending transactions of earlier attempts",
                    admin.fenceProducers(transactionalIds).all());
        }
    }

    private <T> T answer(String attempted, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw errors.during(attempted, failure);
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    private static MillraceException stopped(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new MillraceException(ErrorKind.STOPPED, "talking to the brokers was interrupted.", interrupted);
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        admin.close(Duration.ZERO);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
