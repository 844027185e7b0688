package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.sandbox.LauncherProcess.Server;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLifeTest {
    @TempDir
    private Path folder;

    private String own() {
        return folder.resolve("own").toString();
    }

    @Test
    void leavesNeitherServerNorTemporaryFolderWhenItsProcessIsKilled() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start("-", "-")) {
            Server server = launcher.server();
            assertThat(server.runs()).isTrue();
            launcher.kill();
            server.awaitEnd();
            await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(server.folder()));
        }
    }

    @Test
    void leavesNoServerWhenItsProcessExitsWithoutClosing() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start("-", "-")) {
            Server server = launcher.server();
            launcher.say('x');
            server.awaitEnd();
            await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(server.folder()));
        }
    }

    @Test
    void leavesNoServerWhenItsProcessIsKilledWhileStarting() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(own(), "-")) {
            Path cluster = Path.of(own()).toAbsolutePath().resolve("data");
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(cluster.resolve("millrace.conf")));
            launcher.kill();
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> PostmasterFile.serverOf(cluster).isEmpty());
        }
    }

    @Test
    void beginsAnewAfterBeingKilledWhileCreatingTheCluster() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(own(), "-")) {
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(this::isInMaking);
            launcher.kill();
        }
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().folder(Path.of(own())).start()) {
            try (Connection connection = server.connect()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    private boolean isInMaking() throws IOException {
        Path own = Path.of(own());
        if (!Files.isDirectory(own)) {
            return false;
        }
        try (DirectoryStream<Path> made = Files.newDirectoryStream(own, "data-in-making-*")) {
            for (Path cluster : made) {
                return Files.exists(cluster.resolve("PG_VERSION"));
            }
            return false;
        }
    }

    @Test
    void keepsTheServerWhenAskedAndEndsItLater() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(own(), "keep")) {
            Server server = launcher.server();
            assertThatThrownBy(() -> EmbeddedPostgres.stopKept(Path.of(own())))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Another running process uses");
            launcher.say('c');
            assertThat(server.runs()).isTrue();
            assertThat(EmbeddedPostgres.stopKept(Path.of(own()))).isTrue();
            assertThat(server.runs()).isFalse();
            assertThat(EmbeddedPostgres.stopKept(Path.of(own()))).isFalse();
        }
    }

    @Test
    void reportsOrEndsAServerLeftBehind() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(own(), "keep")) {
            Server left = launcher.server();
            launcher.kill();
            assertThat(left.runs()).isTrue();
            assertThatThrownBy(() -> EmbeddedPostgres.builder()
                            .folder(left.folder())
                            .stale(StaleServer.REPORT)
                            .start())
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("process " + left.pid());
            assertThat(left.runs()).isTrue();
            try (EmbeddedPostgres server =
                            EmbeddedPostgres.builder().folder(left.folder()).start();
                    Connection connection = server.connect()) {
                assertThat(left.runs()).isFalse();
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void letsNoLateWatchdogEndTheServerOfALaterOwner() throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().folder(Path.of(own())).start()) {
            PidFile pid = PostmasterFile.in(server.folder().resolve("data"));
            Watchdog.over(server.folder(), "the mark of an earlier owner", true, pid)
                    .abandon();
            assertThat(server.pid()).isPresent();
            assertThat(server.folder()).exists();
            String mark = Files.readString(server.folder().resolve("owner")).strip();
            Watchdog.over(server.folder(), mark, false, pid).abandon();
            assertThat(server.pid()).isEmpty();
        }
    }

    @Test
    void startsAtOnceAfterItsKilledPredecessorInTheSameFolder() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(own(), "-")) {
            Server server = launcher.server();
            launcher.kill();
            try (EmbeddedPostgres next =
                            EmbeddedPostgres.builder().folder(server.folder()).start();
                    Connection connection = next.connect()) {
                assertThat(server.runs()).isFalse();
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void doesNotTakeAnotherProcessForAStaleServer() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
        assertThat(PostmasterFile.serverOf(data)).isEmpty();
    }

    @Test
    void refusesToKeepAServerInATemporaryFolder() {
        assertThatThrownBy(() -> EmbeddedPostgres.builder().keep().start())
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("needs a folder");
    }
}
