package io.millrace.connectors.postgres;

import io.millrace.api.DataSet;
import io.millrace.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** One database of one server, and how to connect to it. Immutable. */
record Server(
        String host,
        int port,
        String database,
        String user,
        Optional<Secret> password,
        SslMode sslmode,
        Optional<Path> rootCertificate,
        Duration connectTimeout,
        Duration socketTimeout,
        Map<String, String> properties) {
    private static final String CANCEL_TIMEOUT_SECONDS = "2";

    /** {@code host:port} for messages. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@code postgresql://host:port/database}, for reports. */
    String describe() {
        return "postgresql://" + address() + "/" + database;
    }

    DataSet dataSet(TableName table) {
        return new DataSet(describe(), table.toString());
    }

    String jdbcUrl() {
        // The database goes in by property: a name may hold what a URL cannot.
        return "jdbc:postgresql://" + address() + "/";
    }

    /** All that the driver is told, the password included. */
    Properties driverProperties() {
        Properties all = new Properties();
        all.setProperty("ApplicationName", "millrace");
        all.putAll(properties);
        all.setProperty("PGDBNAME", database);
        all.setProperty("user", user);
        password.ifPresent(secret -> all.setProperty("password", secret.reveal()));
        all.setProperty("sslmode", sslmode.wireName());
        rootCertificate.ifPresent(path -> all.setProperty("sslrootcert", path.toString()));
        all.setProperty("loginTimeout", seconds(connectTimeout));
        all.setProperty("connectTimeout", seconds(connectTimeout));
        all.setProperty("socketTimeout", seconds(socketTimeout));
        all.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT_SECONDS);
        all.setProperty("tcpKeepAlive", "true");
        // Named statements would not survive a pool that hands out another backend.
        all.setProperty("prepareThreshold", "0");
        return all;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.isZero() ? 0 : Math.max(1, duration.toSeconds()));
    }
}
