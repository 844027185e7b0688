package io.millrace.connectors.kafka;

import io.millrace.api.DataSet;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which brokers to talk to, and how. Its text form shows no secret.
 *
 * @param brokers host:port, separated by commas
 * @param directory that relative paths among the properties are resolved against
 * @param connectTimeout how long one question to the brokers may take
 * @param timeout how long the brokers may stay silent while messages are read or written
 */
record Cluster(
        String brokers,
        Optional<String> user,
        Optional<Secret> password,
        Map<String, String> properties,
        Map<String, Secret> secretProperties,
        Path directory,
        Duration connectTimeout,
        Duration timeout) {
    private static final Pattern BROKERS = Pattern.compile(
            "(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+):\\d{1,5}(\\s*,\\s*(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+):\\d{1,5})*");
    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** A topic, whichever of the brokers are named first. */
    DataSet dataSet(String topic) {
        String all =
                Arrays.stream(brokers.split(",")).map(String::strip).sorted().collect(Collectors.joining(","));
        return new DataSet("kafka://" + all, topic);
    }

    /** Refuses what cannot be right whichever role the cluster has; the keys are those of the settings. */
    static void check(
            String brokers,
            String topic,
            Optional<String> user,
            Optional<Secret> password,
            Map<String, String> properties,
            Duration connectTimeout,
            Duration timeout) {
        if (!BROKERS.matcher(brokers.strip()).matches()) {
            throw new InvalidSetting(
                    "brokers", "must be host:port, or several separated by commas, without user and password");
        }
        checkTopic("topic", topic);
        boolean sasl = properties.getOrDefault("security.protocol", "PLAINTEXT").startsWith("SASL_");
        if (user.isPresent() != password.isPresent()) {
            throw new InvalidSetting(
                    user.isPresent() ? "password" : "user", "is missing; user and password belong together");
        }
        if (sasl != user.isPresent()) {
            throw new InvalidSetting(
                    sasl ? "user" : "properties",
                    sasl
                            ? "is missing; security.protocol " + properties.get("security.protocol")
                                    + " asks for user and password"
                            : "must hold security.protocol SASL_SSL or SASL_PLAINTEXT, since there are a user and a"
                                    + " password");
        }
        positive("connect_timeout", connectTimeout);
        positive("timeout", timeout);
    }

    static void checkTopic(String key, String topic) {
        if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new InvalidSetting(
                    key, "must be one topic's name: letters, digits, '.', '_' and '-', not '" + topic + "'");
        }
    }

    static void positive(String key, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.toMillis() > Integer.MAX_VALUE) {
            throw new InvalidSetting(key, "must be more than zero and less than 24 days");
        }
    }

    /** For reports. */
    String describe(String topic) {
        return "kafka://" + brokers.replaceAll("\\s", "") + "/" + topic;
    }

    /** What all clients are told. */
    private Map<String, Object> config() {
        Map<String, Object> config = ClientProperties.resolved(properties, secretProperties, directory);
        config.put("bootstrap.servers", brokers);
        config.putIfAbsent("client.id", "millrace");
        config.putIfAbsent("receive.buffer.bytes", -1);
        config.putIfAbsent("send.buffer.bytes", -1);
        config.putIfAbsent("reconnect.backoff.max.ms", 1_000);
        config.putIfAbsent("retry.backoff.ms", 20);
        // Neither JMX beans nor reports to the brokers: the run has its own metrics.
        config.put("metric.reporters", "");
        config.put("auto.include.jmx.reporter", false);
        config.put("enable.metrics.push", false);
        if (user.isPresent()) {
            String mechanism = (String) config.computeIfAbsent("sasl.mechanism", absent -> "PLAIN");
            config.put("sasl.jaas.config", jaas(mechanism));
        }
        return config;
    }

    private String jaas(String mechanism) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security." + module + " required username=" + quoted(user.orElseThrow())
                + " password=" + quoted(password.orElseThrow().reveal()) + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    Map<String, Object> adminConfig() {
        Map<String, Object> config = without(ClientProperties.CONSUMER);
        config.keySet().removeAll(ClientProperties.PRODUCER);
        limit(config, connectTimeout);
        return config;
    }

    /** A consumer that reads committed messages of assigned partitions and belongs to no group. */
    Map<String, Object> consumerConfig() {
        Map<String, Object> config = without(ClientProperties.PRODUCER);
        config.putIfAbsent("max.partition.fetch.bytes", 8 << 20);
        config.put("max.poll.records", 16_384);
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "none");
        config.put("enable.auto.commit", false);
        config.put("allow.auto.create.topics", false);
        config.put("default.api.timeout.ms", millis(timeout));
        return config;
    }

    /** A producer of one transaction. */
    Map<String, Object> producerConfig(String transactionalId, Duration transactionTimeout) {
        Map<String, Object> config = without(ClientProperties.CONSUMER);
        config.putIfAbsent("compression.type", "lz4");
        config.putIfAbsent("batch.size", 256 << 10);
        config.putIfAbsent("linger.ms", 5);
        config.put("acks", "all");
        config.put("enable.idempotence", true);
        config.put("transactional.id", transactionalId);
        config.put("transaction.timeout.ms", millis(transactionTimeout));
        config.put("max.block.ms", millis(timeout));
        limit(config, timeout);
        config.remove("default.api.timeout.ms");
        // A message that is not taken in this time has failed; Kafka wants room for one request and the wait before it.
        int linger = Integer.parseInt(config.get("linger.ms").toString());
        config.putIfAbsent("delivery.timeout.ms", millis(timeout) + linger);
        return config;
    }

    /** A producer without transactions. */
    Map<String, Object> plainProducerConfig() {
        Map<String, Object> config = producerConfig("", timeout);
        config.remove("transactional.id");
        config.remove("transaction.timeout.ms");
        config.put("linger.ms", 0);
        return config;
    }

    /** A single request must not outlast the whole question. */
    private static void limit(Map<String, Object> config, Duration whole) {
        int millis = millis(whole);
        int request = Integer.parseInt(config.getOrDefault("request.timeout.ms", Math.min(30_000, millis))
                .toString());
        config.put("request.timeout.ms", Math.min(request, millis));
        config.put("default.api.timeout.ms", millis);
    }

    /** What the properties say to other roles is not this one's. */
    private Map<String, Object> without(Set<String> others) {
        Map<String, Object> config = config();
        config.keySet().removeAll(others);
        return config;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
