package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    private Path folder;

    @Test
    void answersItsPasswordOnlyAndListensOnLoopbackOnly() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().start()) {
            assertThat(server.ask("PING")).isEqualTo("PONG");
            assertThat(server.ask("CONFIG", "GET", "bind").toString()).contains("127.0.0.1");
            assertThatThrownBy(() -> RedisConversation.with("127.0.0.1", server.port(), "")
                            .ask("PING"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("NOAUTH");
            assertThat(server.url()).doesNotContain(server.password());
        }
        try (EmbeddedRedis open = EmbeddedRedis.builder().open().start()) {
            assertThat(open.ask("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void forgetsOrKeepsItsDataAsToldWhenItIsKilled() {
        try (EmbeddedRedis memory = EmbeddedRedis.builder().start();
                EmbeddedRedis log = EmbeddedRedis.builder().persistent().start()) {
            for (EmbeddedRedis server : new EmbeddedRedis[] {memory, log}) {
                server.ask("SET", "a", "1");
                server.kill();
                assertThat(server.pid()).isEmpty();
                server.start();
            }
            assertThat(memory.ask("GET", "a")).isNull();
            assertThat(log.ask("GET", "a")).isEqualTo("1");
            log.restart();
            assertThat(log.ask("GET", "a")).isEqualTo("1");
        }
    }

    @Test
    void refusesWritesBeyondItsMemory() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().maxMemory("4mb").start()) {
            server.ask("SETRANGE", "big", "5000000", "x");
            assertThatThrownBy(() -> server.ask("SET", "a", "1"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("OOM");
        }
    }

    @Test
    void cutsItsClientsConnections() throws Exception {
        try (EmbeddedRedis server = EmbeddedRedis.builder().start();
                RedisConversation client = RedisConversation.with("127.0.0.1", server.port(), server.password())) {
            client.ask("PING");
            assertThat(server.disconnectClients()).isEqualTo(1);
            assertThatThrownBy(() -> client.ask("PING")).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void leavesNothingBehindOnCloseAndWhenItsProcessIsKilled() throws Exception {
        EmbeddedRedis closed = EmbeddedRedis.builder().start();
        closed.close();
        closed.close();
        assertThat(closed.folder()).doesNotExist();
        assertThat(closed.pid()).isEmpty();

        Process launcher = launch();
        try (BufferedReader answers = launcher.inputReader()) {
            long pid = Long.parseLong(answers.readLine());
            Path temporary = Path.of(answers.readLine());
            assertThat(ProcessHandle.of(pid)).isPresent();
            launcher.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ProcessHandle.of(pid).isEmpty() && !Files.exists(temporary));
        }
    }

    @Test
    void aKeptServerOutlivesItsOwner() {
        Path own = folder.resolve("own");
        EmbeddedRedis kept = EmbeddedRedis.builder().folder(own).keep().start();
        kept.close();
        assertThat(kept.ask("PING")).isEqualTo("PONG");
        assertThat(EmbeddedRedis.stopKept(own)).isTrue();
        assertThat(EmbeddedRedis.stopKept(own)).isFalse();
    }

    private static Process launch() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), RedisLauncher.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A process of its own that starts a server, says where, and waits to be killed. */
    static final class RedisLauncher {
        private RedisLauncher() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedRedis server = EmbeddedRedis.builder().start();
            System.out.println(server.pid().getAsLong());
            System.out.println(server.folder());
            Thread.currentThread().join();
        }
    }
}
