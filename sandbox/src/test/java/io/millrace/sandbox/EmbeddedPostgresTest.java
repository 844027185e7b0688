package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static String show(Database database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String setting(EmbeddedPostgres server, String name) throws SQLException {
        return show(server.database(), "SHOW " + name);
    }

    @Test
    void startsAServerThatKeepsTextInUtf8AndCommitsSynchronously() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.shared();
        assertThat(server.url()).isEqualTo("postgresql://127.0.0.1:" + server.port() + "/postgres");
        assertThat(show(server.database(), "SHOW server_version")).startsWith("17.11");
        assertThat(setting(server, "server_encoding")).isEqualTo("UTF8");
        assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
        assertThat(setting(server, "fsync")).isEqualTo("off");
        assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(server.database(), "SELECT upper('straße ж')")).isEqualTo("STRAßE Ж");
    }

    @Test
    void isNotReachedOverOtherInterfaces() throws Exception {
        int port = EmbeddedPostgres.shared().port();
        List<InetAddress> others = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(one -> Collections.list(one.getInetAddresses()).stream())
                .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
                .toList();
        for (InetAddress address : others) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 2_000))
                        .as("%s", address)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void refusesAWrongPassword() {
        EmbeddedPostgres server = EmbeddedPostgres.shared();
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong"))
                .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                        .isEqualTo("28P01"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void neverShowsThePassword() {
        Database database = EmbeddedPostgres.shared().database();
        assertThat(database.toString()).doesNotContain(database.password()).contains(database.url());
    }

    @Test
    void givesEachCallerADatabaseOfItsOwn() throws Exception {
        Database one = EmbeddedPostgres.shared().createDatabase();
        Database odd = EmbeddedPostgres.shared().createDatabase("Odd \"name\"");
        assertThat(show(one, "SELECT current_database()")).isEqualTo(one.name());
        try (Connection connection = EmbeddedPostgres.shared().connect();
                ResultSet names = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_database WHERE datname = 'Odd \"name\"'")) {
            names.next();
            assertThat(names.getInt(1)).isOne();
        }
        assertThat(odd.name()).isEqualTo("Odd \"name\"");
    }

    @Test
    void deletesItsTemporaryFolderOnClose() {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        long pid = server.pid().orElseThrow();
        Path folder = server.folder();
        assertThat(folder.resolve("data")).isDirectory();
        server.close();
        server.close();
        assertThat(folder).doesNotExist();
        assertThat(PostmasterFile.isServerOf(folder.resolve("data"), pid)).isFalse();
        assertThatThrownBy(server::start).isInstanceOf(SandboxException.class).hasMessageContaining("closed");
    }

    @Test
    void keepsDataPortAndSettingsOverRestartAndCrash(@TempDir Path folder) throws Exception {
        Path own = folder.resolve("it's a folder");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .folder(own)
                .durable()
                .setting("max_connections", "17")
                .setting("application_name", "it's \\ me")
                .start()) {
            try (Connection connection = server.connect()) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            server.restart();
            assertThat(show(server.database(), "SELECT answer FROM kept")).isEqualTo("42");
            server.kill();
            assertThat(server.pid()).isEmpty();
            server.start();
            server.start();
            assertThat(show(server.database(), "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(setting(server, "max_connections")).isEqualTo("17");
            assertThat(setting(server, "fsync")).isEqualTo("on");
        }
        assertThat(own.resolve("data")).isDirectory();
        try (EmbeddedPostgres again = EmbeddedPostgres.builder().folder(own).start()) {
            assertThat(show(again.database(), "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void terminatesEverySessionButSurvives() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection victim = server.connect()) {
            assertThat(server.terminateBackends()).isOne();
            assertThatThrownBy(() -> victim.createStatement().execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
            assertThat(show(server.database(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesAFolderInUseAndAPortInUse(@TempDir Path folder) {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().folder(folder.resolve("a")).start()) {
            assertThatThrownBy(() -> EmbeddedPostgres.builder()
                            .folder(folder.resolve("a"))
                            .start())
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Another running process uses");
            assertThatThrownBy(() -> EmbeddedPostgres.builder()
                            .folder(folder.resolve("b"))
                            .port(server.port())
                            .start())
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("could not bind");
        }
    }

    @Test
    void unpacksOnceEvenIfTwoStartAtOnce(@TempDir Path cache) throws Exception {
        List<Thread> threads = Stream.generate(() -> new Thread(() -> PostgresBinaries.in(cache)))
                .limit(2)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        try (var entries = Files.list(cache)) {
            assertThat(entries.toList()).singleElement().satisfies(home -> assertThat(home.resolve("bin/postgres"))
                    .isExecutable());
        }
    }

    @Test
    void runsAsNobodyWhereNamespacesAreForbidden(@TempDir Path folder) throws Exception {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
        assumeTrue(root, "SKIP: only root can become nobody");
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().privilege(Privilege.NOBODY).start()) {
            server.restart();
            assertThat(show(server.database(), "SELECT 1")).isEqualTo("1");
            assertThat(Files.getAttribute(server.folder().resolve("data"), "unix:uid"))
                    .isEqualTo(65534);
        }
    }
}
