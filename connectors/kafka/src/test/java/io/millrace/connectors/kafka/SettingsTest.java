package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Connector;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static void refused(String key, String problem, Consumer<SourceUnderTest> change) {
        SourceUnderTest source = new SourceUnderTest("localhost:9092", "t");
        change.accept(source);
        assertRefused(key, problem, source::settings);
    }

    private static void refusedTarget(String key, String problem, Consumer<TargetUnderTest> change) {
        TargetUnderTest target = new TargetUnderTest("localhost:9092", "t");
        change.accept(target);
        assertRefused(key, problem, target::settings);
    }

    private static void assertRefused(
            String key, String problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                        .isEqualTo(key))
                .hasMessageContaining(problem);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Connector.class))
                .extracting(Connector::name)
                .contains("kafka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9092,", "user:hush@localhost:9092", "kafka://localhost:9092", ""})
    void refusesWhatAreNoBrokers(String brokers) {
        refused("brokers", "host:port", source -> source.brokers = brokers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a.b:1, c-d:2", "[::1]:9092,10.0.0.1:9093"})
    void acceptsBrokers(String brokers) {
        SourceUnderTest source = new SourceUnderTest(brokers, "t");
        assertThat(source.extractor().describe()).startsWith("kafka://").endsWith("/t");
    }

    @Test
    void refusesCombinationsThatSayTooMuchOrTooLittle() {
        refused("topic", "one topic's name", source -> source.topic = "a,b");
        refused("topic", "one topic's name", source -> source.topic = "..");
        refused("schema", "only for JSON", source -> source.text().column("id", DataType.INT64));
        refused("metadata", "twice", source -> source.metadata(Metadata.KEY, Metadata.KEY));
        refused("infer_from", "at least 1", source -> source.inferFrom = 0);
        refused("split_messages", "at least 1", source -> source.splitMessages = Optional.of(0L));
        refused("max_delay", "negative", source -> source.maxDelay = Optional.of(Duration.ofSeconds(-1)));
        refused("timeout", "more than zero", source -> source.timeout = Duration.ZERO);
        refused("password", "belong together", source -> source.user = Optional.of("me"));
        refused("properties", "security.protocol", source -> {
            source.user = Optional.of("me");
            source.password = Optional.of(Secret.of("hush"));
        });
        refused("user", "is missing", source -> source.properties = Map.of("security.protocol", "SASL_SSL"));
        refusedTarget("ledger", "another topic", target -> target.ledger = "t");
        refusedTarget("partitions", "1 to", target -> target.partitions = Optional.of(0));
        refusedTarget("replicas", "give partitions too", target -> {
            target.partitions = Optional.empty();
            target.replicas = Optional.of(3);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.jaas.config | com.sun.security.auth.module.JndiLoginModule required; | user and password",
                "sasl.jaas.config | com.sun.security.auth.module.LdapLoginModule required; | user and password",
                "sasl.jaas.config | com.sun.security.auth.module.Krb5LoginModule required keyTab=\"/x\"; | user and password",
                "sasl.oauthbearer.token.endpoint.url | file:///etc/passwd | 'sasl.oauthbearer.token.endpoint.url'",
                "sasl.oauthbearer.jwks.endpoint.url | http://169.254.169.254/ | 'sasl.oauthbearer.jwks.endpoint.url'",
                "sasl.mechanism | OAUTHBEARER | PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
                "sasl.mechanism | GSSAPI | PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
                "sasl.client.callback.handler.class | x.Y | allowed are",
                "sasl.login.callback.handler.class | x.Y | allowed are",
                "sasl.login.class | x.Y | allowed are",
                "sasl.kerberos.kinit.cmd | /bin/sh | allowed are",
                "ssl.engine.factory.class | x.Y | allowed are",
                "ssl.trustmanager.algorithm | x | allowed are",
                "security.providers | x.Y | allowed are",
                "interceptor.classes | x.Y | allowed are",
                "metric.reporters | x.Y | allowed are",
                "config.providers | file | allowed are",
                "key.deserializer | x.Y | allowed are",
                "security.protocol | SSLL | did you mean 'SSL'?",
                "ssl.keystore.password | hush | secret_properties",
                "group.id | x | with the run",
                "auto.offset.reset | latest | on_lost_offsets",
                "isolation.level | read_uncommitted | committed",
                "bootstrap.servers | x:1 | write brokers",
                "linger.ms | 5 | allowed are",
                "fetch.min.byte | 5 | did you mean 'fetch.min.bytes'?"
            })
    void refusesPropertiesThatAreNotOnTheList(String name, String value, String problem) {
        refused("properties", problem, source -> source.properties = Map.of(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactional.id", "acks", "enable.idempotence", "partitioner.class", "fetch.min.bytes"})
    void refusesPropertiesThatExactlyOnceRestsOn(String name) {
        refusedTarget("properties", "'" + name + "'", target -> target.properties = Map.of(name, "x"));
    }

    @Test
    void refusesSecretsThatAreNotOnTheList() {
        refused(
                "secret_properties",
                "'sasl.jaas.config'",
                source -> source.secretProperties = Map.of("sasl.jaas.config", Secret.of("x")));
    }

    @Test
    void allowedPropertiesReachTheClientsOfTheirRole() {
        SourceUnderTest source = new SourceUnderTest("localhost:9092", "t");
        source.properties =
                Map.of("fetch.min.bytes", "7", "client.id", "nightly", "ssl.truststore.location", "certs/ca.pem");
        source.secretProperties = Map.of("ssl.truststore.password", Secret.of("hush"));
        Cluster cluster = source.settings().cluster(Path.of("/pipelines"));
        assertThat(cluster.consumerConfig())
                .containsEntry("fetch.min.bytes", "7")
                .containsEntry("client.id", "nightly")
                .containsEntry("ssl.truststore.location", "/pipelines/certs/ca.pem")
                .containsEntry("ssl.truststore.password", "hush")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "none")
                .doesNotContainKey("group.id");
        assertThat(cluster.adminConfig()).doesNotContainKey("fetch.min.bytes");
    }

    @Test
    void aPasswordIsQuotedForJaasAndShownNowhere() {
        SourceUnderTest source = new SourceUnderTest("localhost:9092", "t");
        source.user = Optional.of("m\"e");
        source.password = Optional.of(Secret.of("hu\\sh\"; evil=\"x"));
        source.properties = Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512");
        KafkaSourceSettings settings = source.settings();
        Cluster cluster = settings.cluster(Path.of("."));
        assertThat(cluster.consumerConfig())
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"m\\\"e\""
                                + " password=\"hu\\\\sh\\\"; evil=\\\"x\";");
        assertThat(List.of(settings.toString(), cluster.toString())).noneMatch(text -> text.contains("evil"));
    }
}
