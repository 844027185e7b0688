package io.millrace.connectors.redis;

import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.sandbox.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loaders of a test: the defaults of a pipeline file, and what a test changes of them. */
final class Target {
    private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(20), Duration.ofMillis(200));

    String url;
    Optional<String> user = Optional.empty();
    Optional<Secret> password;
    String key = "user:{id}";
    ValueForm form = ValueForm.HASH;
    List<String> fields = List.of();
    Optional<Duration> ttl = Optional.empty();
    boolean deleteVanished;
    int waitReplicas;
    Duration waitTimeout = Duration.ofSeconds(10);
    int keysPerCall = 200;
    int callsInFlight = 8;
    Optional<String> rootCertificate = Optional.empty();
    Duration socketTimeout = Duration.ofSeconds(30);
    RetryPolicy retry = QUICK;
    Map<String, String> properties = Map.of();

    private Target(String url, String password) {
        this.url = url;
        this.password = Optional.of(password).filter(text -> !text.isEmpty()).map(Secret::of);
    }

    static Target of(EmbeddedRedis server) {
        return new Target(server.url(), server.password());
    }

    static Target at(int port, EmbeddedRedis server) {
        return new Target("redis://127.0.0.1:" + port, server.password());
    }

    Target key(String template) {
        key = template;
        return this;
    }

    Target form(ValueForm chosen) {
        form = chosen;
        return this;
    }

    Target fields(String... names) {
        fields = List.of(names);
        return this;
    }

    Target deletingVanished() {
        deleteVanished = true;
        return this;
    }

    RedisTargetSettings settings() {
        return new RedisTargetSettings(
                url,
                user,
                password,
                key,
                form,
                fields,
                ttl,
                deleteVanished,
                waitReplicas,
                waitTimeout,
                keysPerCall,
                callsInFlight,
                rootCertificate,
                Duration.ofSeconds(5),
                socketTimeout,
                properties);
    }

    RedisLoader loader() {
        RedisTargetSettings settings = settings();
        return new RedisLoader(settings, settings.server(Path.of("/")), retry);
    }
}
