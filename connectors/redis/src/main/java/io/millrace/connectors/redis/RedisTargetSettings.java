package io.millrace.connectors.redis;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pipeline file says under {@code load: redis:}. */
record RedisTargetSettings(
        @Setting(
                        value = "The server and the database's number, without user and password; rediss:// for TLS.",
                        example = "redis://localhost:6379/0")
                String url,
        @Setting("The user to log in as; absent: the user default.") Optional<String> user,
        @Setting(value = "The user's password.", example = "${env:REDIS_PASSWORD}") Optional<Secret> password,
        @Setting(
                        value =
                                "The key of each row: text, and columns in braces. A brace of its own is written twice.",
                        example = "user:{user_id}")
                String key,
        @Setting(
                        value =
                                "How a row is kept: hash has a field for each column, json is a string that holds an object,"
                                        + " string holds one column.",
                        defaultValue = "hash")
                ValueForm as,
        @Setting(
                        value = "The columns to write; absent: all that are not part of the key.",
                        example = "[views_7d, last_category]")
                List<String> fields,
        @Setting(
                        value =
                                "How long keys live, counted from the moment that the run's data speaks of: the window's end,"
                                        + " or the run's start. Absent: for ever.",
                        example = "7d")
                Optional<Duration> ttl,
        @Setting(
                        value =
                                "Deletes, when a run is complete, the keys that earlier runs of the pipeline wrote and this one"
                                        + " did not. Only for runs that read all of the source.",
                        defaultValue = "false")
                boolean deleteVanished,
        @Setting(value = "How many replicas must have a piece before it counts as loaded.", defaultValue = "0")
                int waitReplicas,
        @Setting(value = "How long to wait for them.", defaultValue = "10s") Duration waitTimeout,
        @Setting(value = "How many keys go into one call of the script.", defaultValue = "200") int keysPerCall,
        @Setting(value = "How many calls are sent ahead of their replies.", defaultValue = "8") int callsInFlight,
        @Setting("A file of certificates that sign the server's, for rediss://; absent: those the JDK trusts.")
                Optional<String> rootCertificate,
        @Setting(value = "How long to wait for a connection.", defaultValue = "10s") Duration connectTimeout,
        @Setting(value = "How long to wait for a reply before the connection counts as dead.", defaultValue = "30s")
                Duration socketTimeout,
        @Setting("Further properties of the connection: client_name, tls_protocols, tls_ciphers.")
                Map<String, String> properties) {
    RedisTargetSettings {
        fields = List.copyOf(fields);
        properties = Map.copyOf(properties);
        SharedSettings.check(url, user, password, key, rootCertificate, connectTimeout, socketTimeout);
        new ClientProperties(properties);
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            if (!seen.add(field)) {
                throw new InvalidSetting("fields", "names '" + field + "' twice");
            }
        }
        if (as == ValueForm.STRING && fields.size() > 1) {
            throw new InvalidSetting("fields", "names " + fields.size() + " columns, and as: string holds one");
        }
        if (ttl.isPresent() && ttl.get().toMillis() < 1) {
            throw new InvalidSetting("ttl", "must be more than zero");
        }
        SharedSettings.positive("wait_timeout", waitTimeout);
        atLeast("wait_replicas", waitReplicas, 0);
        atLeast("keys_per_call", keysPerCall, 1);
        if (keysPerCall > 1_500) {
            throw new InvalidSetting(
                    "keys_per_call", "must be at most 1500: the server does nothing else during a call");
        }
        atLeast("calls_in_flight", callsInFlight, 1);
    }

    /** The server to connect to; relative paths are resolved against the directory. */
    RedisServer server(Path directory) {
        return new RedisServer(
                ServerUrl.parse(url),
                user,
                password,
                rootCertificate.map(directory::resolve),
                connectTimeout,
                socketTimeout,
                new ClientProperties(properties));
    }

    KeyTemplate keyTemplate() {
        return KeyTemplate.parse(key);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new InvalidSetting(name, "must be at least " + least);
        }
    }
}
