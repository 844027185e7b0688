package io.millrace.sandbox;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choices for one broker; every one has a default. Not thread-safe. */
public final class EmbeddedKafkaBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafkaBuilder.class);
    private static final int ATTEMPTS = 3;

    private Path folder;
    private String proxiedListener = "";
    private String proxiedAddress = "";
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    EmbeddedKafkaBuilder() {}

    /** The broker's own folder, made if absent and left in place on close. Default: a temporary one, deleted on close. */
    public EmbeddedKafkaBuilder folder(Path chosen) {
        folder = chosen;
        return this;
    }

    /** A setting of server.properties, which goes before our own ones. */
    public EmbeddedKafkaBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** An option for the broker's JVM, behind our own ones: {@code -Xmx1g}. */
    public EmbeddedKafkaBuilder jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /**
     * A third door, open too, for a proxy that stands before it: the broker listens at {@code port}, and tells clients that
     * come by it to go on by the proxy's port.
     */
    public EmbeddedKafkaBuilder proxied(int port, int proxyPort) {
        proxiedListener = ",PROXIED://" + EmbeddedKafka.HOST + ":" + port;
        proxiedAddress = ",PROXIED://" + EmbeddedKafka.HOST + ":" + proxyPort;
        return this;
    }

    /**
     * Starts the broker and returns when it answers. One that an earlier process left behind in the folder is ended.
     *
     * @throws SandboxException if another live process uses the folder, or the broker cannot be started
     */
    public EmbeddedKafka start() {
        try {
            KafkaFolder owned = folder == null ? KafkaFolder.temporary() : KafkaFolder.at(folder);
            try {
                return start(owned);
            } catch (IOException | RuntimeException failure) {
                owned.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SandboxException("Could not prepare the folder of the embedded Kafka: " + failure, failure);
        }
    }

    private EmbeddedKafka start(KafkaFolder owned) throws IOException {
        KafkaProcess process = new KafkaProcess(owned, jvmOptions);
        process.kill();
        Watchdog watchdog = Watchdog.over(owned.owned(), owned.pidFile());
        try {
            owned.password();
            owned.makeCertificate();
            KafkaPorts ports = startOnFreePorts(owned, process);
            LOG.info("Kafka runs on {}:{} in {}", EmbeddedKafka.HOST, ports.open(), owned.path());
            return new EmbeddedKafka(owned, process, watchdog, ports);
        } catch (IOException | RuntimeException failure) {
            process.kill();
            watchdog.dismiss();
            throw failure;
        }
    }

    private KafkaPorts startOnFreePorts(KafkaFolder owned, KafkaProcess process) throws IOException {
        for (int attempt = 1; ; attempt++) {
            KafkaPorts ports = KafkaPorts.free();
            Properties properties = new Properties();
            properties.putAll(allSettings(owned, ports));
            try (Writer file = Files.newBufferedWriter(owned.configuration())) {
                properties.store(file, null);
            }
            try {
                process.start(EmbeddedKafka.HOST + ":" + ports.open());
                return ports;
            } catch (SandboxException failure) {
                // Between our look and the broker's start somebody else may have taken a port.
                if (!failure.getMessage().contains("Address already in use") || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private Map<String, String> allSettings(KafkaFolder owned, KafkaPorts ports) throws IOException {
        String open = "OPEN://" + EmbeddedKafka.HOST + ":" + ports.open();
        String secured = ",SECURED://" + EmbeddedKafka.HOST + ":" + ports.secured();
        String controller = EmbeddedKafka.HOST + ":" + ports.controller();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "1");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("transaction.state.log.num.partitions", "2");
        all.put("group.initial.rebalance.delay.ms", "0");
        // By the messages' own times, which tests and examples put into the past.
        all.put("log.retention.ms", "-1");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        // A denied action needs somebody who can be denied something.
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("allow.everyone.if.no.acl.found", "true");
        all.putAll(settings);
        all.put("super.users", "User:ANONYMOUS");
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@" + controller);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "OPEN");
        all.put("listeners", open + secured + proxiedListener + ",CONTROLLER://" + controller);
        all.put("advertised.listeners", open + secured + proxiedAddress);
        all.put(
                "listener.security.protocol.map",
                "OPEN:PLAINTEXT,SECURED:SASL_SSL,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("log.dirs", owned.data().toString());
        all.put("listener.name.secured.sasl.enabled.mechanisms", "PLAIN");
        all.put(
                "listener.name.secured.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + EmbeddedKafka.USER + "=\""
                        + owned.password() + "\";");
        all.put("listener.name.secured.ssl.keystore.type", "PKCS12");
        all.put("listener.name.secured.ssl.keystore.location", owned.keyStore().toString());
        all.put("listener.name.secured.ssl.keystore.password", owned.password());
        return all;
    }
}
