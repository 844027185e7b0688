package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The part of the settings that says how to reach a database: the same under extract, load and enrich. */
record ConnectionSettings(
        Optional<String> url,
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> database,
        String user,
        Optional<Secret> password,
        Optional<SslMode> sslmode,
        Optional<String> rootCertificate,
        Duration connectTimeout,
        Duration socketTimeout,
        Map<String, String> properties) {
    static final String URL =
            "The server and the database, without user and password. Instead: host, port and database.";
    static final String URL_EXAMPLE = "postgresql://localhost:5432/recommend";
    static final String HOST = "The server's host name or address.";
    static final String PORT = "The server's port; 5432 where absent.";
    static final String DATABASE = "The database's name.";
    static final String PASSWORD = "The role's password.";
    static final String SSLMODE = "How the connection is encrypted and the server checked; prefer where absent.";
    static final String ROOT_CERTIFICATE =
            "A file of certificates that sign the server's, for verify_ca and verify_full.";
    static final String CONNECT_TIMEOUT = "How long to wait for a connection.";
    static final String SOCKET_TIMEOUT =
            "How long the server may stay silent within an answer before the connection counts as dead; "
                    + "0s waits for ever.";
    static final String PROPERTIES = "Further properties of the driver, from a fixed list.";

    ConnectionSettings {
        properties = Map.copyOf(properties);
        if (url.isPresent()) {
            ServerUrl.parse(url.get());
            refuseBesideUrl("host", host);
            refuseBesideUrl("port", port);
            refuseBesideUrl("database", database);
        } else {
            require("host", host, "is missing; give url, or host and database");
            require("database", database, "is missing; give url, or host and database");
        }
        if (host.isPresent() && !host.get().matches("[A-Za-z0-9._:-]+")) {
            throw new InvalidSetting("host", "must be one host name or address, not '" + host.get() + "'");
        }
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw new InvalidSetting("port", "must be 1 to 65535, not " + port.get());
        }
        require("user", Optional.of(user), "must not be empty");
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new InvalidSetting("connect_timeout", "must be more than zero");
        }
        if (socketTimeout.isNegative()) {
            throw new InvalidSetting("socket_timeout", "must not be negative");
        }
        DriverProperties.check(properties);
    }

    /** The server to connect to; relative paths are resolved against the directory. */
    Server server(Path directory) {
        Optional<ServerUrl> parsed = url.map(ServerUrl::parse);
        return new Server(
                parsed.map(ServerUrl::host).or(() -> host).orElseThrow(),
                parsed.map(ServerUrl::port).or(() -> port).orElse(ServerUrl.DEFAULT_PORT),
                parsed.map(ServerUrl::database).or(() -> database).orElseThrow(),
                user,
                password,
                sslmode.or(() -> parsed.flatMap(ServerUrl::sslmode)).orElse(SslMode.PREFER),
                rootCertificate
                        .or(() -> parsed.flatMap(ServerUrl::rootCertificate))
                        .map(directory::resolve),
                connectTimeout,
                socketTimeout,
                properties);
    }

    static void require(String key, Optional<String> value, String problem) {
        if (value.isEmpty() || value.get().isBlank()) {
            throw new InvalidSetting(key, problem);
        }
    }

    private static void refuseBesideUrl(String key, Optional<?> value) {
        if (value.isPresent()) {
            throw new InvalidSetting(key, "stands beside url, which already says it; give one of the two");
        }
    }
}
