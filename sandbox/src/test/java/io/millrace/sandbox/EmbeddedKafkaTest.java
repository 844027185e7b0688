package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class EmbeddedKafkaTest {
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void keepsCommittedMessagesOverSilenceStopAndKill(@TempDir Path folder) throws Exception {
        // The shorter the session, the sooner a killed broker may come back.
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder()
                .folder(folder.resolve("own"))
                .setting("broker.session.timeout.ms", "4000")
                .setting("broker.heartbeat.interval.ms", "500");
        try (EmbeddedKafka kafka = builder.start()) {
            kafka.createTopic("t", 1, Map.of());
            send(kafka, "one");
            fallsSilentAndGoesOn(kafka);
            kafka.restart();
            send(kafka, "two");
            kafka.kill();
            assertThat(kafka.pid()).isEmpty();
            kafka.start();
            assertThat(read(kafka, 2)).containsExactly("one", "two");
            assertThat(kafka.createTopic(3)).isNotEqualTo(kafka.newTopicName());
        }
        assertThat(folder.resolve("own/data")).exists();
    }

    private static void fallsSilentAndGoesOn(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = kafka.admin()) {
            kafka.suspend();
            assertThatThrownBy(() -> admin.describeCluster().nodes().get(1, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
            kafka.resume();
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void letsNobodyInByTheSecuredDoorWithoutThePassword() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.shared();
        try (Admin admin = Admin.create(secured(kafka, kafka.password()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
        try (Admin admin = Admin.create(secured(kafka, "another"))) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void leavesNeitherBrokerNorTemporaryFolderWhenItsProcessIsKilled() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(KafkaLauncher.class)) {
            long pid = Long.parseLong(launcher.line());
            Path temporary = Path.of(launcher.line());
            assertThat(ProcessHandle.of(pid)).isPresent();
            launcher.kill();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ProcessHandle.of(pid).isEmpty());
            await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(temporary));
        }
    }

    private static Map<String, Object> secured(EmbeddedKafka kafka, String password) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", kafka.securedBrokers());
        config.put("security.protocol", "SASL_SSL");
        config.put("ssl.truststore.type", "PEM");
        config.put("ssl.truststore.location", kafka.certificate().toString());
        config.put("sasl.mechanism", "PLAIN");
        config.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + kafka.user()
                        + "\" password=\"" + password + "\";");
        return config;
    }

    private static void send(EmbeddedKafka kafka, String text) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.brokers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", text)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        TopicPartition partition = new TopicPartition("t", 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.brokers()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> all = new ArrayList<>();
            while (all.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(10))) {
                    all.add(record.value());
                }
            }
            return all;
        }
    }
}
