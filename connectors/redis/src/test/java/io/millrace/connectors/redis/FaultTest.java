package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.loader.DirectRun;
import io.millrace.testkit.loader.NoRejects;
import io.millrace.testkit.network.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Servers that are full, restarted, cut off or replaced in the middle of a piece. */
class FaultTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", DataType.INT64, false), Field.of("value", DataType.STRING));
    private static final RetryPolicy PATIENT = new RetryPolicy(8, Duration.ofMillis(20), Duration.ofSeconds(1));

    @Test
    void aFullServerStopsThePieceAndMoreMemoryLetsItGoOn() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().maxMemory("3mb").start()) {
            try (DirectRun run = run(Target.of(server))) {
                assertFails(ErrorKind.UNAVAILABLE, "OOM", () -> run.load("split-0.0", "note", batch(0, 4_000, 1_000)));
                assertThat(memory(server)).isLessThan(4_500_000);
            }
            server.ask("CONFIG", "SET", "maxmemory", "100mb");
            try (DirectRun resumed = run(Target.of(server))) {
                resumed.load("split-0.0", "note", batch(0, 4_000, 1_000));
            }
            assertThat(Servers.keys(server, "user:*")).hasSize(4_000);
        }
    }

    /** Replacing keys begins with deletions, behind which a script may write without limit. */
    @Test
    void aFullServerRefusesToReplaceToo() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().start()) {
            try (DirectRun run = run(Target.of(server))) {
                run.load("split-0.0", "note", batch(0, 2_000, 10));
            }
            server.ask("CONFIG", "SET", "maxmemory", "1mb");
            try (DirectRun run = runWithoutFence(server)) {
                assertFails(ErrorKind.UNAVAILABLE, "OOM", () -> run.load("split-0.0", "note", batch(0, 2_000, 1_000)));
            }
            assertThat(memory(server)).isLessThan(2_500_000);
        }
    }

    @Test
    void aPieceSurvivesMemoryThatIsFreedMeanwhile() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().start()) {
            Target target = Target.of(server);
            target.retry = PATIENT;
            try (DirectRun run = run(target)) {
                server.ask("CONFIG", "SET", "maxmemory", "1");
                CompletableFuture<String> load =
                        CompletableFuture.supplyAsync(() -> run.load("split-0.0", "note", batch(0, 3_000, 20)));
                Waiting.until(() -> refusals(server) > 1);
                server.ask("CONFIG", "SET", "maxmemory", "0");
                assertThat(load.join()).isEqualTo("note");
            }
            assertComplete(server, 3_000);
        }
    }

    @Test
    void aRestartOfAServerThatPersistsIsSurvived() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().persistent().start()) {
            Target target = Target.of(server);
            target.retry = PATIENT;
            try (DirectRun run = run(target);
                    DirectWriter writer = run.open("split-0.0", 0)) {
                writer.write(batch(0, 2_000, 20), new NoRejects());
                server.kill();
                server.start();
                writer.write(batch(2_000, 2_000, 20), new NoRejects());
                assertThat(writer.flush(new NoRejects())).isEqualTo(new Receipt(4_000, 0));
                assertThat(writer.commit("note")).isEqualTo("note");
            }
            assertComplete(server, 4_000);
        }
    }

    @Test
    void aServerThatHasLostItsDataIsNotTakenForOneThatHasIt() {
        try (EmbeddedRedis server = EmbeddedRedis.builder().start()) {
            Target target = Target.of(server);
            target.retry = PATIENT;
            try (DirectRun run = run(target);
                    DirectWriter early = run.open("split-0.0", 0);
                    DirectWriter late = run.open("split-1.0", 0)) {
                DirectRun.write(early, batch(0, 100, 20));
                server.restart();
                assertFails(ErrorKind.STALE, "--restart", () -> early.commit("note"));
                assertFails(ErrorKind.STALE, "--restart", () -> DirectRun.write(late, batch(100, 100, 20)));
            }
            assertThat(Servers.keys(server, "user:*")).isEmpty();
        }
    }

    @Test
    void cutConnectionsAreSurvivedWithoutLosingTheOrder() {
        long seed = System.nanoTime();
        System.out.println("cutConnectionsAreSurvivedWithoutLosingTheOrder: seed " + seed);
        Random random = new Random(seed);
        EmbeddedRedis server = Servers.empty();
        try (FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port())) {
            Target target = Target.at(proxy.port(), server);
            target.retry = PATIENT;
            target.keysPerCall = 50;
            try (DirectRun run = run(target);
                    DirectWriter writer = run.open("split-0.0", 0)) {
                for (int round = 0; round < 10; round++) {
                    int skipped = random.nextInt(6);
                    AtomicInteger seen = new AtomicInteger();
                    proxy.loseAnswerTo(chunk -> seen.getAndIncrement() == skipped);
                    writer.write(values(0, 400, "round " + round), new NoRejects());
                    if (random.nextBoolean()) {
                        proxy.resetAll();
                    }
                }
                assertThat(writer.flush(new NoRejects())).isEqualTo(new Receipt(400, 3_600));
                writer.commit("note");
            }
        }
        assertThat(Servers.hashes(server, "user:*")).hasSize(400).allSatisfy((key, hash) -> assertThat(hash)
                .containsEntry("value", "round 9"));
    }

    @Test
    void clientsThatTheServerDropsComeBack() {
        EmbeddedRedis server = Servers.empty();
        try (DirectRun run = run(Target.of(server));
                DirectWriter writer = run.open("split-0.0", 0)) {
            for (int round = 0; round < 5; round++) {
                writer.write(batch(round * 1_000, 1_000, 20), new NoRejects());
                server.disconnectClients();
            }
            assertThat(writer.flush(new NoRejects())).isEqualTo(new Receipt(5_000, 0));
            server.disconnectClients();
            writer.commit("note");
        }
        assertComplete(server, 5_000);
    }

    @Test
    void aForgottenScriptIsLoadedAgain() {
        EmbeddedRedis server = Servers.empty();
        try (DirectRun run = run(Target.of(server));
                DirectWriter writer = run.open("split-0.0", 0)) {
            writer.write(batch(0, 1_000, 20), new NoRejects());
            server.ask("SCRIPT", "FLUSH");
            writer.write(batch(1_000, 1_000, 20), new NoRejects());
            assertThat(writer.flush(new NoRejects())).isEqualTo(new Receipt(2_000, 0));
        }
        assertComplete(server, 2_000);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpInTime() {
        EmbeddedRedis server = Servers.empty();
        try (FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port())) {
            Target target = Target.at(proxy.port(), server);
            target.socketTimeout = Duration.ofMillis(200);
            target.retry = RetryPolicy.NONE;
            try (DirectRun run = run(target)) {
                proxy.swallowAnswers();
                assertFails(
                        ErrorKind.UNAVAILABLE,
                        "socket_timeout 200 ms",
                        () -> run.load("split-0.0", "note", batch(0, 10, 20)));
            }
        }
    }

    @Test
    void aReplicaIsRefusedWithTheWayOut() {
        try (EmbeddedRedis primary = EmbeddedRedis.builder().open().start();
                EmbeddedRedis replica = EmbeddedRedis.builder()
                        .setting("replicaof", "127.0.0.1 " + primary.port())
                        .start()) {
            Target target = Target.of(replica);
            target.retry = RetryPolicy.NONE;
            assertFails(ErrorKind.UNAVAILABLE, "url must name the primary", () -> run(target));
        }
    }

    @Test
    void replicasAreWaitedFor() {
        try (EmbeddedRedis primary = EmbeddedRedis.builder().open().start()) {
            Target target = Target.of(primary);
            target.waitReplicas = 1;
            target.waitTimeout = Duration.ofMillis(100);
            target.retry = RetryPolicy.NONE;
            try (DirectRun run = run(target)) {
                assertFails(
                        ErrorKind.UNAVAILABLE,
                        "only 0 of wait_replicas: 1",
                        () -> run.load("split-0.0", "note", batch(0, 10, 20)));
            }
            target.waitTimeout = Duration.ofSeconds(20);
            try (EmbeddedRedis replica = EmbeddedRedis.builder()
                            .setting("replicaof", "127.0.0.1 " + primary.port())
                            .start();
                    DirectRun run = run(target)) {
                run.load("split-0.0", "note", batch(0, 1_000, 20));
                assertComplete(replica, 1_000);
            }
        }
    }

    @Test
    void aClusterIsRefusedBeforeAnythingIsWritten() {
        try (EmbeddedRedis server =
                EmbeddedRedis.builder().setting("cluster-enabled", "yes").start()) {
            assertFails(ErrorKind.USER, "Redis Cluster, which is not supported", () -> run(Target.of(server)));
            assertThat(Servers.keys(server, "*")).isEmpty();
        }
    }

    private static long memory(EmbeddedRedis server) {
        return info(server, "memory", "used_memory");
    }

    private static long refusals(EmbeddedRedis server) {
        return info(server, "stats", "rejected_calls") + calls(server);
    }

    /** How often the script was called. */
    private static long calls(EmbeddedRedis server) {
        String text = (String) server.ask("INFO", "commandstats");
        return text.lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+).*", "$1")))
                .sum();
    }

    private static long info(EmbeddedRedis server, String section, String name) {
        return ((String) server.ask("INFO", section))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** A run of a server that is full already: the fence was taken while there was room. */
    private static DirectRun runWithoutFence(EmbeddedRedis server) {
        server.ask("CONFIG", "SET", "maxmemory", "0");
        DirectRun run = run(Target.of(server));
        server.ask("CONFIG", "SET", "maxmemory", "1mb");
        return run;
    }

    private static DirectRun run(Target target) {
        LoadRequest request = new LoadRequest(
                SCHEMA, new Lineage("features", "l-1"), Optional.empty(), Instant.parse("2024-03-01T00:00:00Z"));
        return new DirectRun(target.loader(), request, "unit");
    }

    private static Batch batch(int first, int rows, int size) {
        return values(first, rows, "x".repeat(size));
    }

    private static Batch values(int first, int rows, String value) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            records.add(Map.of("id", (long) first + i, "value", value));
        }
        return Batch.ofRecords(SCHEMA, records);
    }

    private static void assertComplete(EmbeddedRedis server, int keys) {
        assertThat(Servers.hashes(server, "user:*")).hasSize(keys).allSatisfy((key, hash) -> assertThat(hash)
                .containsOnlyKeys("value", "_v"));
    }

    private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .as(failure.getMessage())
                        .isEqualTo(kind))
                .hasMessageContaining(message);
    }
}
