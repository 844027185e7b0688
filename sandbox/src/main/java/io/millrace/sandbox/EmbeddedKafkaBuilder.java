package io.millrace.sandbox;

import java.io.IOException;
import java.io.Writer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The choices for one broker; every one has a default. Not thread-safe. */
public final class EmbeddedKafkaBuilder {
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
        return Launch.in(EmbeddedKafka.TITLE, folder, this::start);
    }

    private EmbeddedKafka start(ServerFolder owned) throws IOException {
        KafkaFolder files = new KafkaFolder(owned);
        AtomicReference<KafkaPorts> ports = new AtomicReference<>();
        ServerProcess process = new ServerProcess(
                owned, EmbeddedKafka.TITLE, command(files), files.marker(), () -> answers(ports.get()));
        process.kill();
        return Launch.of(EmbeddedKafka.TITLE, owned, process, process.mark(), false, launch -> {
            files.makeCertificate();
            FreePort.start(0, "Address already in use", open -> {
                ports.set(KafkaPorts.with(open));
                Properties properties = new Properties();
                properties.putAll(allSettings(files, ports.get()));
                try (Writer file = Files.newBufferedWriter(files.configuration())) {
                    properties.store(file, null);
                }
                process.start();
            });
            return new EmbeddedKafka(launch, process, ports.get());
        });
    }

    private List<String> command(KafkaFolder files) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        words.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true"));
        words.addAll(jvmOptions);
        words.add(files.marker());
        words.addAll(List.of("-cp", classPath(), KafkaMain.class.getName()));
        words.addAll(List.of(files.configuration().toString(), files.clusterId()));
        return words;
    }

    /** Ours, unless it is said that the broker's libraries lie elsewhere. */
    private static String classPath() {
        return System.getProperty(EmbeddedKafka.CLASS_PATH, System.getProperty("java.class.path"));
    }

    private static boolean answers(KafkaPorts ports) {
        // A client that finds nobody writes so into the log.
        try (Socket door = new Socket(EmbeddedKafka.HOST, ports.open());
                Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        EmbeddedKafka.HOST + ":" + ports.open(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        1_000,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        5_000))) {
            return door.isConnected() && !admin.describeCluster().nodes().get().isEmpty();
        } catch (IOException | ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while Kafka was starting", interrupted);
        }
    }

    private Map<String, String> allSettings(KafkaFolder files, KafkaPorts ports) throws IOException {
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
        all.put("log.dirs", files.data().toString());
        all.put("listener.name.secured.sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        for (String mechanism : List.of("scram-sha-256", "scram-sha-512")) {
            all.put(
                    "listener.name.secured." + mechanism + ".sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        all.put(
                "listener.name.secured.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + EmbeddedKafka.USER + "=\""
                        + files.password() + "\";");
        all.put("listener.name.secured.ssl.keystore.type", "PKCS12");
        all.put("listener.name.secured.ssl.keystore.location", files.keyStore().toString());
        all.put("listener.name.secured.ssl.keystore.password", files.password());
        return all;
    }
}
