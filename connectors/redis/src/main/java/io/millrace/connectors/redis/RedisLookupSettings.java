package io.millrace.connectors.redis;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.formats.json.JsonFieldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a pipeline file says where a step asks Redis for single keys. */
record RedisLookupSettings(
        @Setting(
                        value = "The server and the database's number, without user and password; rediss:// for TLS.",
                        example = "redis://localhost:6379/0")
                String url,
        @Setting("The user to log in as; absent: the user default.") Optional<String> user,
        @Setting(value = "The user's password.", example = "${env:REDIS_PASSWORD}") Optional<Secret> password,
        @Setting(
                        value =
                                "The key that is asked for: text, and columns in braces. A brace of its own is written twice.",
                        example = "item:{id}")
                String key,
        @Setting(
                        value =
                                "What is kept there: a hash with a field for each column, a string that holds a JSON object,"
                                        + " or a string that is the one column.",
                        defaultValue = "hash")
                ValueForm as,
        @Setting(
                        value =
                                "The columns of the answer and their types, by the names of fields or members. path and epoch"
                                        + " are for as: json.",
                        example = "{title: string, price: float64}")
                Map<String, JsonFieldSettings> schema,
        @Setting(value = "How many keys are asked for ahead of the replies.", defaultValue = "1000") int keysInFlight,
        @Setting("A file of certificates that sign the server's, for rediss://; absent: those the JDK trusts.")
                Optional<String> rootCertificate,
        @Setting(value = "How long to wait for a connection.", defaultValue = "10s") Duration connectTimeout,
        @Setting(value = "How long to wait for a reply before the connection counts as dead.", defaultValue = "30s")
                Duration socketTimeout,
        @Setting("Further properties of the connection: client_name, tls_protocols, tls_ciphers.")
                Map<String, String> properties) {
    RedisLookupSettings {
        properties = Map.copyOf(properties);
        SharedSettings.check(url, user, password, key, rootCertificate, connectTimeout, socketTimeout);
        new ClientProperties(properties);
        if (schema.isEmpty()) {
            throw new InvalidSetting("schema", "is missing; name the columns of the answer and their types");
        }
        if (as == ValueForm.STRING && schema.size() > 1) {
            throw new InvalidSetting("schema", "has " + schema.size() + " columns, and as: string is one");
        }
        if (as != ValueForm.JSON) {
            schema.forEach((name, field) -> {
                if (field.path().isPresent() || field.epoch().isPresent()) {
                    throw new InvalidSetting("schema", "has path or epoch for '" + name + "', which are for as: json");
                }
            });
        }
        if (keysInFlight < 1) {
            throw new InvalidSetting("keys_in_flight", "must be at least 1");
        }
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
}
