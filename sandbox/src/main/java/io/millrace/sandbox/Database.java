package io.millrace.sandbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where one database of an embedded server is reached. Immutable; stays right over restarts, which keep the port.
 *
 * @param name the database's name
 * @param host the loopback address
 * @param port the server's TCP port
 * @param user the superuser
 * @param password the superuser's password, which the server really checks
 */
public record Database(String name, String host, int port, String user, String password) {
    /** The URL as a pipeline file takes it: {@code postgresql://127.0.0.1:5432/name}, without user and password. */
    public String url() {
        return "postgresql://" + host + ":" + port + "/" + name;
    }

    /** The URL for the JDBC driver, without user and password. */
    public String jdbcUrl() {
        return "jdbc:" + url();
    }

    /** A new connection as the superuser; the caller closes it. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url() + " as " + user;
    }
}
