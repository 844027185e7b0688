package io.millrace.connectors.redis;

import io.millrace.api.Secret;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** One database of one server, and how to connect to it. Immutable. */
record RedisServer(
        ServerUrl url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Path> rootCertificate,
        Duration connectTimeout,
        Duration socketTimeout,
        ClientProperties properties) {
    /** {@code host:port} for messages. */
    String address() {
        return (url.host().contains(":") ? "[" + url.host() + "]" : url.host()) + ":" + url.port();
    }

    /** {@code redis://host:port/database}, for reports. */
    String describe() {
        return (url.encrypted() ? "rediss://" : "redis://") + address() + "/" + url.database();
    }

    HostAndPort hostAndPort() {
        return new HostAndPort(url.host(), url.port());
    }

    /** All that the client is told, the password included. */
    JedisClientConfig clientConfig() {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis(connectTimeout))
                .socketTimeoutMillis(millis(socketTimeout))
                .database(url.database())
                .clientName(properties.clientName())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        user.ifPresent(config::user);
        password.ifPresent(secret -> config.password(secret.reveal()));
        if (url.encrypted()) {
            SslOptions.Builder tls = SslOptions.builder()
                    // The signer and the host's name: without the latter any certificate of a signer would do.
                    .sslVerifyMode(SslVerifyMode.FULL)
                    .sslParameters(properties.sslParameters());
            rootCertificate.ifPresent(file -> {
                byte[] signers = TrustedSigners.store(file);
                tls.trustStoreType(TrustedSigners.TYPE)
                        .truststore(() -> new ByteArrayInputStream(signers), TrustedSigners.PASSWORD.toCharArray());
            });
            config.sslOptions(tls.build());
        }
        return config.build();
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
