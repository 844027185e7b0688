package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server on 127.0.0.1, for the demo, tests and benchmarks.
 *
 * <p>It speaks TCP only and asks every connection for the superuser's password, random for each folder. Unless it is to
 * be {@linkplain EmbeddedPostgresBuilder#keep() kept}, it ends with {@link #close} or with this process, even one ended
 * by {@code kill -9}; after such an end of the process it takes a moment. Runs as root and as an ordinary user.
 *
 * <p>Safe for use by several threads. All methods that change the server's state wait until it is reached.
 */
public final class EmbeddedPostgres extends EmbeddedServer {
    static final String TITLE = "PostgreSQL";
    static final String SUPERUSER = "postgres";

    private final Database database;
    private final AtomicInteger databases = new AtomicInteger();

    EmbeddedPostgres(Launch launch, int port) throws IOException {
        super(launch);
        this.database =
                new Database("postgres", HOST, port, SUPERUSER, launch.folder().password());
    }

    /** The choices for a new server. */
    public static EmbeddedPostgresBuilder builder() {
        return new EmbeddedPostgresBuilder();
    }

    /** The one server that all tests of this process share; it ends with the process. Never close or stop it. */
    public static EmbeddedPostgres shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final EmbeddedPostgres SERVER = builder().start();
    }

    /**
     * Ends the server that an earlier process kept in this folder; the data stays.
     *
     * @return whether a server ran there
     * @throws SandboxException if a live process owns the folder
     */
    public static boolean stopKept(Path folder) {
        return Launch.in(TITLE, folder, owned -> {
            try (owned) {
                Cluster cluster =
                        EmbeddedPostgresBuilder.cluster(new DataFolder(owned), PostgresBinaries.defaultCache(), null);
                boolean runs = cluster.pid().isPresent();
                cluster.stop();
                return runs;
            }
        });
    }

    /** The maintenance database {@code postgres}. */
    public Database database() {
        return database;
    }

    /** See {@link Database#url()}, of the maintenance database. */
    public String url() {
        return database.url();
    }

    /** See {@link Database#jdbcUrl()}, of the maintenance database. */
    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    /** The superuser's name. */
    public String user() {
        return database.user();
    }

    /** The superuser's password. */
    public String password() {
        return database.password();
    }

    /** The TCP port on 127.0.0.1; restarts keep it. */
    public int port() {
        return database.port();
    }

    /** A new connection to the maintenance database as the superuser; the caller closes it. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    /** Creates an empty database of this name, which must be new, and says where it is. */
    public Database createDatabase(String name) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + Sql.quoted(name));
        }
        return new Database(name, HOST, port(), user(), password());
    }

    /** Creates an empty database with a name that is free in this server as long as only this method chooses names. */
    public Database createDatabase() throws SQLException {
        return createDatabase("sandbox_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet());
    }

    /** Ends every client session but its own, as an administrator or a failing network would; returns how many. */
    public int terminateBackends() throws SQLException {
        String all = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(all);
                ResultSet count = statement.executeQuery()) {
            count.next();
            return count.getInt(1);
        }
    }
}
