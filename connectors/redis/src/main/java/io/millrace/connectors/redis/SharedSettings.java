package io.millrace.connectors.redis;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import java.time.Duration;
import java.util.Optional;

/** The checks that targets and look-ups have in common. */
final class SharedSettings {
    private SharedSettings() {}

    static void check(
            String url,
            Optional<String> user,
            Optional<Secret> password,
            String key,
            Optional<String> rootCertificate,
            Duration connectTimeout,
            Duration socketTimeout) {
        ServerUrl parsed = ServerUrl.parse(url);
        try {
            KeyTemplate.parse(key);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSetting("key", wrong.getMessage());
        }
        if (user.isPresent() && password.isEmpty()) {
            throw new InvalidSetting("user", "stands without password");
        }
        if (rootCertificate.isPresent() && !parsed.encrypted()) {
            throw new InvalidSetting("root_certificate", "is for rediss://, and url begins with redis://");
        }
        positive("connect_timeout", connectTimeout);
        positive("socket_timeout", socketTimeout);
    }

    static void positive(String key, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new InvalidSetting(key, "must be more than zero");
        }
    }
}
