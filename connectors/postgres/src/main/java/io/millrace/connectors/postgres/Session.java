package io.millrace.connectors.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One connection. One thread, except for {@link #abort}. Transactions are begun and ended by statements, and settings hold
 * for a transaction, so that a pool which hands out a backend per transaction does no harm.
 */
final class Session implements AutoCloseable {
    /** Unqualified names in queries mean the same table whoever runs them: {@code "$user"} would not. */
    static final String SEARCH_PATH = "public";

    /**
     * No limit of the server's or the role's may end a long read; only for a lock we do not wait for ever, since somebody
     * may wait for ours.
     */
    private static final String SETTINGS = "SELECT pg_catalog.set_config('search_path', '" + SEARCH_PATH + "', true),"
            + " pg_catalog.set_config('lock_timeout', '30s', true),"
            + " (SELECT pg_catalog.count(pg_catalog.set_config(name, '0', true)) FROM pg_catalog.pg_settings WHERE name"
            + " IN ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout'))";

    /**
     * What has been acknowledged must have been written to disk. A client that has vanished without a word is noticed after
     * two minutes: nobody should wait longer for its locks.
     */
    private static final String WRITE_SETTINGS = "SELECT pg_catalog.set_config('synchronous_commit', 'on', true)"
            + " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'"
            + " UNION ALL SELECT pg_catalog.set_config(name, value, true) FROM (VALUES ('tcp_keepalives_idle', '60'),"
            + " ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '6')) AS s(name, value)";

    /** Makes an object of a result's current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Makes an object of a result's columns. */
    @FunctionalInterface
    interface ColumnsReader<T> {
        T read(ResultSetMetaData columns) throws SQLException;
    }

    private final Connection connection;
    private final Optional<MessageStream> messages;

    private Session(Connection connection, Optional<MessageStream> messages) {
        this.connection = connection;
        this.messages = messages;
    }

    /** Connects. */
    static Session open(Server server) {
        try (SocketOpening opening = SocketOpening.begin()) {
            Properties properties = server.driverProperties();
            opening.addTo(properties);
            Connection connection = new org.postgresql.Driver().connect(server.jdbcUrl(), properties);
            return new Session(connection, opening.messages());
        } catch (SQLException failure) {
            throw new ServerErrors(server).connecting(failure);
        }
    }

    /** Begins a read-only transaction whose snapshot is taken by what is read first. */
    void begin() throws SQLException {
        execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    /** Begins a read-only transaction that sees what the exporter of the snapshot sees. */
    void begin(String exportedSnapshot) throws SQLException {
        begin();
        execute("SET TRANSACTION SNAPSHOT " + Sql.literal(exportedSnapshot));
        applySettings();
    }

    /** Applies our settings to the transaction; takes the snapshot if there is none yet. */
    void applySettings() throws SQLException {
        rows(SETTINGS, row -> row);
    }

    /** Begins a transaction that writes, with the settings of one. Constraints are checked by each statement. */
    void beginWriting() throws SQLException {
        execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        applySettings();
        rows(WRITE_SETTINGS, row -> row);
        execute("SET CONSTRAINTS ALL IMMEDIATE");
    }

    /** Takes the transaction back; where the connection is gone the server does so itself. */
    void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException dead) {
            drop();
        }
    }

    /** Runs a statement whose parameters, written '?', are bound; returns how many rows it has changed. */
    long update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeLargeUpdate();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = plainStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows of a query whose parameters, written '?', are bound. Without parameters a '?' is an operator. */
    <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        if (parameters.length == 0) {
            try (Statement statement = plainStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return read(rows, reader);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, reader);
            }
        }
    }

    private static <T> List<T> read(ResultSet rows, RowReader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
            all.add(reader.read(rows));
        }
        return all;
    }

    /** What the columns of a query are, without reading a row. */
    <T> T describe(String sql, ColumnsReader<T> reader) throws SQLException {
        try (Statement statement = plainStatement();
                ResultSet none = statement.executeQuery(sql + " LIMIT 0")) {
            return reader.read(none.getMetaData());
        }
    }

    private Statement plainStatement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** The one row of a query. */
    <T> T row(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        return rows(sql, reader, parameters).get(0);
    }

    /** Begins a COPY in binary format. */
    CopyRows copyOut(String sql) throws SQLException {
        return new CopyRows(connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql), messages);
    }

    CopyIn copyIn(String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    /** Asks whether the connection still answers. */
    boolean isAlive() {
        try {
            execute("SELECT 1");
            return true;
        } catch (SQLException dead) {
            return false;
        }
    }

    /** Ends what the server is doing for us and drops the connection. From any thread; does not throw. */
    void abort() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException unreachable) {
            // Then there is nobody to be told.
        }
        drop();
    }

    private void drop() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // That is what was wanted.
        }
    }

    /** Drops the connection, and with it its transaction; does not throw for a dead server. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException dead) {
            drop();
        }
    }
}
