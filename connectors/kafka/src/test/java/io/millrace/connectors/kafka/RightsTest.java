package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Repeatability;
import io.millrace.api.Secret;
import io.millrace.sandbox.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RightsTest {
    private final EmbeddedKafka kafka = TestBroker.KAFKA;
    private final String topic = kafka.createTopic(1);

    private SourceUnderTest secured() {
        SourceUnderTest source = new SourceUnderTest(kafka.securedBrokers(), topic).text();
        source.user = Optional.of(kafka.user());
        source.password = Optional.of(Secret.of(kafka.password()));
        source.properties = Map.of(
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                kafka.certificate().toString());
        return source;
    }

    private void deny(AclOperation operation) throws Exception {
        try (Admin admin = kafka.admin()) {
            ResourcePattern pattern = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
            admin.createAcls(List.of(
                            new AclBinding(
                                    pattern,
                                    new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)),
                            new AclBinding(
                                    pattern, new AccessControlEntry("User:*", "*", operation, AclPermissionType.DENY))))
                    .all()
                    .get();
        }
    }

    private static void assertKind(ErrorKind kind, SourceUnderTest source, String message) {
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(() -> source.records())
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .as(failure.getMessage())
                            .isEqualTo(kind))
                    .hasMessageContaining(message);
        }
    }

    @Test
    void whoMayNotReadIsToldSo() throws Exception {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, 0, "x");
        }
        assertThat(secured().records()).hasSize(1);
        deny(AclOperation.READ);
        assertKind(ErrorKind.DENIED, secured(), "Rights");
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void theBrokerKnowsAPasswordByItsSaltedHash(ScramMechanism mechanism) throws Exception {
        String user = "salted '\"\\ " + mechanism;
        String password = "\"it's; = \\ secret";
        try (Messages messages = Messages.to(kafka.brokers());
                Admin admin = kafka.admin()) {
            messages.send(topic, 0, "x");
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(mechanism, 4_096), password)))
                    .all()
                    .get();
        }
        SourceUnderTest source = secured();
        Map<String, String> properties = new HashMap<>(source.properties);
        properties.put("sasl.mechanism", mechanism.mechanismName());
        source.properties = properties;
        source.user = Optional.of(user);
        source.password = Optional.of(Secret.of(password));
        assertThat(source.records()).hasSize(1);
        source.password = Optional.of(Secret.of("another"));
        assertKind(ErrorKind.DENIED, source, "sasl.mechanism");
    }

    @Test
    void whoMayNotAskForSettingsIsPromisedLess() throws Exception {
        deny(AclOperation.DESCRIBE_CONFIGS);
        try (Extractor extractor = secured().extractor()) {
            assertThat(extractor.plan(ExtractRequest.everything(10)).repeatability())
                    .isEqualTo(Repeatability.BOUNDED_REPEATABLE);
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() {
        SourceUnderTest source = secured();
        source.properties = Map.of("security.protocol", "SASL_SSL");
        assertKind(ErrorKind.DENIED, source, "ssl.truststore.location");
    }

    @Test
    void anUnknownHostMayBeKnownLater() {
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.brokers = "no-such-host.invalid:9092";
        assertKind(ErrorKind.UNAVAILABLE, source, "no-such-host.invalid");
    }

    @Test
    void aPropertyWithABadValueIsNamedAndTheValueIsNot() {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, 0, "x");
        }
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.properties = Map.of("fetch.max.wait.ms", "sooner");
        assertKind(ErrorKind.USER, source, "fetch.max.wait.ms");
        source.properties = Map.of("ssl.truststore.location", "no-such-file.jks", "security.protocol", "SSL");
        source.secretProperties = Map.of("ssl.truststore.password", Secret.of("hush"));
        assertThatThrownBy(source::records)
                .isInstanceOf(MillraceException.class)
                .hasMessageNotContaining("hush");
    }
}
