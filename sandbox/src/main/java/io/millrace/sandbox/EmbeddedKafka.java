package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A real Kafka broker on 127.0.0.1 that is its own controller (KRaft), for tests and benchmarks; a process of its own. Whoever
 * starts one has {@code kafka_2.13} on the class path, or names one that has it in the system property {@code millrace.broker.class-path}.
 *
 * <p>It has two doors: one that lets everybody in, and one with TLS and a password ({@code SASL_SSL}, mechanism
 * {@code PLAIN}, and {@code SCRAM} for whom an administrator gives credentials), random for each folder. It ends with {@link #close} or with this process, even one ended by
 * {@code kill -9}; after such an end of the process it takes a moment. After {@link #kill} its next start takes until the
 * session of the killed one has ended ({@code broker.session.timeout.ms}, 9 s by default).
 *
 * <p>Safe for use by several threads. All methods that change the broker's state wait until it is reached.
 */
public final class EmbeddedKafka extends EmbeddedServer {
    static final String TITLE = "Kafka";
    static final String CLASS_PATH = "millrace.broker.class-path";
    static final String USER = "millrace";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaFolder files;
    private final ServerProcess process;
    private final KafkaPorts ports;
    private final String password;
    private final AtomicInteger topics = new AtomicInteger();

    EmbeddedKafka(Launch launch, ServerProcess process, KafkaPorts ports) throws IOException {
        super(launch);
        this.files = new KafkaFolder(launch.folder());
        this.process = process;
        this.ports = ports;
        this.password = launch.folder().password();
    }

    /** The choices for a new broker. */
    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    /** The one broker that all tests of this process share; it ends with the process. Never close, stop or suspend it. */
    public static EmbeddedKafka shared() {
        return Shared.BROKER;
    }

    private static final class Shared {
        private static final EmbeddedKafka BROKER = builder().start();
    }

    /** Host and port of the open door, as clients take them; restarts keep it. */
    public String brokers() {
        return HOST + ":" + ports.open();
    }

    /** Host and port of the door with TLS and password. */
    public String securedBrokers() {
        return HOST + ":" + ports.secured();
    }

    /** Who may enter by the secured door. */
    public String user() {
        return USER;
    }

    /** The user's password, which the broker really checks. */
    public String password() {
        return password;
    }

    /** The broker's certificate, self-signed, in the PEM format. */
    public Path certificate() {
        return files.certificate();
    }

    /** A new administrator's client, by the open door; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers()));
    }

    /** Creates an empty topic, with settings such as {@code cleanup.policy}; all partitions take messages when it returns. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
            admin.createTopics(List.of(topic)).all().get();
            awaitLeaders(admin, name, partitions);
        } catch (ExecutionException failure) {
            throw new SandboxException("Could not create topic " + name + ": " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while creating topic " + name, interrupted);
        }
    }

    /** Known is not ready: a producer that comes too early may have its second request taken and its first refused. */
    private static void awaitLeaders(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.listOffsets(asked).all().get();
                return;
            } catch (ExecutionException failure) {
                boolean unknown = failure.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || System.nanoTime() > deadline) {
                    throw failure;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Creates an empty topic with a name that is free in this broker as long as only this method chooses names. */
    public String createTopic(int partitions) {
        String name = newTopicName();
        createTopic(name, partitions, Map.of());
        return name;
    }

    /** A name for a topic that is free in this broker as long as only this method chooses names. */
    public String newTopicName() {
        return "sandbox-" + ProcessHandle.current().pid() + "-" + topics.incrementAndGet();
    }

    /** Lets the broker fall silent: its connections stay open, and nothing is answered until {@link #resume}. */
    public synchronized void suspend() {
        process.signal("STOP");
    }

    /** Lets a suspended broker go on. */
    public synchronized void resume() {
        process.signal("CONT");
    }

    /** Ends the broker and deletes a temporary folder. May be called twice. */
    @Override
    public synchronized void close() {
        // Nobody needs its data in order any more, and an end in order takes seconds.
        kill();
        super.close();
    }
}
