package io.millrace.connectors.kafka;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Suggestion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The properties of Kafka's clients that a pipeline file may set. Others are refused: among them are some that load classes
 * by name, read files or ask URLs for what they then send to a broker (JAAS, OAuth, callback handlers, interceptors, metric
 * reporters), and some that exactly-once reading and writing relies on.
 */
final class ClientProperties {
    private static final Set<String> SHARED = Set.of(
            "client.dns.lookup",
            "client.id",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "sasl.mechanism",
            "security.protocol",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "ssl.cipher.suites",
            "ssl.enabled.protocols",
            "ssl.endpoint.identification.algorithm",
            "ssl.keystore.certificate.chain",
            "ssl.keystore.location",
            "ssl.keystore.type",
            "ssl.protocol",
            "ssl.truststore.certificates",
            "ssl.truststore.location",
            "ssl.truststore.type");
    private static final Set<String> SECRET =
            Set.of("ssl.key.password", "ssl.keystore.key", "ssl.keystore.password", "ssl.truststore.password");
    static final Set<String> CONSUMER = Set.of(
            "check.crcs",
            "client.rack",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "max.partition.fetch.bytes");
    static final Set<String> PRODUCER = Set.of(
            "batch.size",
            "buffer.memory",
            "compression.type",
            "delivery.timeout.ms",
            "linger.ms",
            "max.in.flight.requests.per.connection");
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS = Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final Map<String, String> REMEDIES = Map.of(
            "sasl.jaas.config",
            "it names classes to load; write user and password instead",
            "bootstrap.servers",
            "write brokers",
            "group.id",
            "offsets are kept with the run, not in a consumer group",
            "auto.offset.reset",
            "write from and on_lost_offsets",
            "transactional.id",
            "every piece has its own",
            "transaction.timeout.ms",
            "write transaction_timeout",
            "isolation.level",
            "only committed messages are read");

    private ClientProperties() {}

    /** Refuses a property that is not on the lists, naming the nearest that is. */
    static void check(Map<String, String> properties, Map<String, Secret> secrets, Set<String> ofTheRole) {
        Set<String> allowed = new HashSet<>(SHARED);
        allowed.addAll(ofTheRole);
        for (String name : properties.keySet()) {
            if (SECRET.contains(name)) {
                throw new InvalidSetting(
                        "properties",
                        "must not hold '" + name + "', which is secret; write it under secret_properties");
            }
            if (!allowed.contains(name)) {
                throw new InvalidSetting("properties", refusal(name, allowed));
            }
        }
        for (String name : secrets.keySet()) {
            if (!SECRET.contains(name)) {
                throw new InvalidSetting("secret_properties", refusal(name, SECRET));
            }
        }
        one(properties, "security.protocol", PROTOCOLS);
        one(properties, "sasl.mechanism", MECHANISMS);
    }

    private static String refusal(String name, Set<String> allowed) {
        String remedy = REMEDIES.get(name);
        return "must not hold '" + name + "'"
                + (remedy == null
                        ? Suggestion.didYouMean(name, allowed) + "; allowed are "
                                + String.join(", ", new TreeSet<>(allowed))
                        : ": " + remedy);
    }

    private static void one(Map<String, String> properties, String name, Set<String> values) {
        String value = properties.get(name);
        if (value != null && !values.contains(value)) {
            throw new InvalidSetting(
                    "properties",
                    "has " + name + " '" + value + "'" + Suggestion.didYouMean(value, values) + "; it is one of "
                            + String.join(", ", new TreeSet<>(values)));
        }
    }

    /** The properties with the secret ones, files resolved against the pipeline file's directory. */
    static Map<String, Object> resolved(Map<String, String> properties, Map<String, Secret> secrets, Path directory) {
        Map<String, Object> all = new HashMap<>();
        properties.forEach((name, value) -> all.put(
                name, name.endsWith(".location") ? directory.resolve(value).toString() : value));
        secrets.forEach((name, secret) -> all.put(name, secret.reveal()));
        return all;
    }
}
