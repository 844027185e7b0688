package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.loader.DirectRun;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code delete_vanished}, a complete run leaves its own keys and those of newer runs, and no others of the pipeline. */
class VanishedKeysTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", DataType.INT64, false), Field.of("value", DataType.STRING));
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");

    private final EmbeddedRedis server = Servers.empty();
    private ValueForm form = ValueForm.HASH;

    @ParameterizedTest
    @EnumSource
    void keysThatARunNoLongerWritesAreDeleted(ValueForm chosen) {
        form = chosen;
        assertThat(complete("first", MARCH, 1, 2, 3, 4)).isEmpty();
        server.ask("SET", "user:99", "somebody else's");
        assertThat(complete("second", MARCH.plusSeconds(60), 2, 4, 5))
                .singleElement()
                .asString()
                .startsWith("2 keys of earlier runs that this run did not write were deleted");
        assertThat(ids()).containsExactly("2", "4", "5", "99");
        assertThat(Servers.keys(server, "user:*"))
                .as("versions beside the keys go with them")
                .hasSize(form == ValueForm.STRING ? 7 : 4);
        assertThat(names()).hasSize(3);
    }

    @Test
    void nothingIsDeletedBeforeTheRunIsComplete() {
        complete("first", MARCH, 1, 2);
        try (DirectRun run = run(target(), "second", MARCH.plusSeconds(60))) {
            load(run, 2, 3);
            assertThat(ids()).containsExactly("1", "2", "3");
        }
        // The second run is given up; the third finds what both have left.
        complete("third", MARCH.plusSeconds(120), 4);
        assertThat(ids()).containsExactly("4");
    }

    @Test
    void aLaterAttemptAtTheRunKeepsWhatAnEarlierOneWrote() {
        complete("first", MARCH, 1, 2, 3);
        try (DirectRun run = run(target(), "second", MARCH.plusSeconds(60))) {
            load(run, 1);
        }
        try (DirectRun resumed = run(target(), "second", MARCH.plusSeconds(60))) {
            load(resumed, 2);
            assertThat(resumed.complete()).hasSize(1);
        }
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void anOlderRunDeletesNothingOfANewerOne() {
        try (DirectRun older = run(target(), "older", MARCH)) {
            load(older, 1);
            complete("newer", MARCH.plusSeconds(60), 1, 2);
            assertThat(older.complete()).isEmpty();
        }
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void aFencedRunDeletesNothing() {
        complete("first", MARCH, 1, 2);
        try (DirectRun zombie = run(target(), "second", MARCH.plusSeconds(60));
                DirectRun successor = run(target(), "second", MARCH.plusSeconds(60))) {
            load(successor, 1);
            assertThatThrownBy(zombie::complete)
                    .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(ErrorKind.FENCED));
            assertThat(ids()).containsExactly("1", "2");
        }
    }

    @Test
    void keysOfAnotherFormAndTemplateGoToo() {
        for (ValueForm earlier : ValueForm.values()) {
            form = earlier;
            complete("first", MARCH, 1);
            form = ValueForm.values()[(earlier.ordinal() + 1) % ValueForm.values().length];
            Target renamed = target().key("visitor:{id}");
            try (DirectRun run = run(renamed, "renamed", MARCH.plusSeconds(60))) {
                load(run, 1);
                run.complete();
            }
            assertThat(Servers.keys(server, "user:*")).isEmpty();
            assertThat(Servers.keys(server, "visitor:1")).hasSize(1);
            server.ask("FLUSHALL");
        }
    }

    @Test
    void keysThatExpiredOrBelongToSomebodyElseNowAreForgottenAndLeftAlone() {
        complete("first", MARCH, 1, 2, 3);
        server.ask("DEL", "user:1", "user:2", "user:3");
        server.ask("SET", "user:2", "somebody else's");
        server.ask("LPUSH", "user:3", "somebody else's");
        assertThat(complete("second", MARCH.plusSeconds(60), 4)).isEmpty();
        assertThat(ids()).containsExactly("2", "3", "4");
        assertThat(names()).containsExactly("user:4");
    }

    @Test
    void withoutTheSettingNothingIsNotedOrDeleted() {
        complete("first", MARCH, 1);
        try (DirectRun run = run(Target.of(server), "second", MARCH.plusSeconds(60))) {
            load(run, 2);
            assertThat(run.complete()).isEmpty();
        }
        assertThat(ids()).containsExactly("1", "2");
        assertThat(names()).containsExactly("user:1");
        assertThat(Target.of(server).loader().wholeRunsOnly()).isEmpty();
        assertThat(target().loader().wholeRunsOnly()).contains("load.redis.delete_vanished");
    }

    @Test
    void aLostAnswerIsNoReasonToStop() {
        complete("first", MARCH, ids(0, 2_000));
        try (FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port())) {
            Target target = Target.at(proxy.port(), server).deletingVanished();
            target.retry = new RetryPolicy(8, Duration.ofMillis(5), Duration.ofMillis(50));
            try (DirectRun run = run(target, "second", MARCH.plusSeconds(60))) {
                load(run, ids(1_000, 1_010));
                AtomicBoolean second = new AtomicBoolean();
                proxy.loseAnswerTo(chunk ->
                        new String(chunk, StandardCharsets.ISO_8859_1).contains("EVALSHA") && second.getAndSet(true));
                run.complete();
            }
        }
        assertThat(ids()).hasSize(10);
        assertThat(names()).hasSize(10);
    }

    /** Any runs in any order, some given up, against a naive account of which keys the target holds. */
    @ParameterizedTest
    @EnumSource
    void theTargetIsThatOfANaiveAccount(ValueForm chosen) {
        form = chosen;
        long seed = System.nanoTime();
        System.out.println("theTargetIsThatOfANaiveAccount(" + form + "): seed " + seed);
        Random random = new Random(seed);
        Map<String, Instant> versions = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            Instant asOf = MARCH.plusSeconds(random.nextInt(30));
            long[] written = random.longs(random.nextInt(300), 0, 400).toArray();
            try (DirectRun run = run(target(), "run-" + i, asOf)) {
                load(run, written);
                Arrays.stream(written)
                        .forEach(id -> versions.merge(
                                Long.toString(id), asOf, (held, now) -> now.isBefore(held) ? held : now));
                if (random.nextInt(3) > 0) {
                    run.complete();
                    versions.values().removeIf(held -> held.isBefore(asOf));
                }
            }
            assertThat(ids()).containsExactlyElementsOf(new TreeSet<>(versions.keySet()));
        }
    }

    private List<String> complete(String lineage, Instant asOf, long... written) {
        try (DirectRun run = run(target(), lineage, asOf)) {
            load(run, written);
            return run.complete();
        }
    }

    private Target target() {
        Target target = Target.of(server).form(form).deletingVanished();
        target.keysPerCall = 7;
        return target;
    }

    private static DirectRun run(Target target, String lineage, Instant asOf) {
        return new DirectRun(
                target.loader(),
                new LoadRequest(SCHEMA, new Lineage("features", lineage), Optional.empty(), asOf),
                "unit");
    }

    private static void load(DirectRun run, long... ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id : ids) {
            rows.add(Map.of("id", id, "value", "v" + id));
        }
        try (var writer = run.open("split-0.0", 0)) {
            DirectRun.write(writer, Batch.ofRecords(SCHEMA, rows));
            writer.commit("note");
        }
    }

    private static long[] ids(int from, int to) {
        return java.util.stream.LongStream.range(from, to).toArray();
    }

    /** What an ordinary client finds under the keys of users. */
    private List<String> ids() {
        return Servers.keys(server, "user:*").stream()
                .filter(key -> !key.endsWith(":_v"))
                .map(key -> key.substring("user:".length()))
                .toList();
    }

    /** The names that the pipeline remembers. */
    private List<String> names() {
        return ((List<?>) server.ask("SMEMBERS", "millrace:keys:features"))
                .stream().map(String.class::cast).sorted().toList();
    }
}
