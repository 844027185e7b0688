package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.loader.DirectRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Older data never takes the place of newer data, in whatever form and order they are written. */
class GuardTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", DataType.INT64, false), Field.of("value", DataType.STRING));
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");

    private final EmbeddedRedis server = Servers.empty();

    @ParameterizedTest
    @EnumSource
    void aLateBackfillOverwritesNothingNewer(ValueForm form) {
        load(form, "march", MARCH, List.of(row(1, "march"), row(2, "march")));
        assertThat(load(
                        form,
                        "february",
                        MARCH.minus(Duration.ofDays(29)),
                        List.of(row(1, "february"), row(3, "february"))))
                .isEqualTo(new Receipt(1, 1));
        assertThat(values(form)).containsExactlyInAnyOrderEntriesOf(Map.of(1L, "march", 2L, "march", 3L, "february"));
        assertThat(load(form, "april", MARCH.plus(Duration.ofDays(31)), List.of(row(1, "april"))))
                .isEqualTo(new Receipt(1, 0));
        assertThat(values(form)).containsEntry(1L, "april");
    }

    @ParameterizedTest
    @EnumSource
    void runningTheSameWindowAgainReplacesItsValues(ValueForm form) {
        load(form, "first", MARCH, List.of(row(1, "first"), row(2, "first")));
        load(form, "again", MARCH, List.of(row(1, "again")));
        assertThat(values(form)).containsExactlyInAnyOrderEntriesOf(Map.of(1L, "again", 2L, "first"));
    }

    @ParameterizedTest
    @EnumSource
    void replaysLeaveTheSame(ValueForm form) {
        try (DirectRun run = run(form, "run", MARCH)) {
            run.load("split-0.0", "note", Batch.ofRecords(SCHEMA, List.of(row(1, "old"), row(2, null), row(1, "new"))));
            Map<Long, String> once = values(form);
            List<String> keys = Servers.keys(server, "*");
            run.load("split-0.0", "note", Batch.ofRecords(SCHEMA, List.of(row(1, "old"), row(2, null), row(1, "new"))));
            assertThat(values(form)).isEqualTo(once);
            assertThat(once).containsEntry(1L, "new");
            assertThat(Servers.keys(server, "*")).isEqualTo(keys);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNullIsKeptAgainstOlderValues(ValueForm form) {
        load(form, "february", MARCH.minusSeconds(1), List.of(row(1, "old"), row(2, "old")));
        load(form, "march", MARCH, List.of(row(1, null)));
        load(form, "february again", MARCH.minusSeconds(1), List.of(row(1, "old")));
        Map<Long, String> expected = new TreeMap<>();
        expected.put(2L, "old");
        if (form != ValueForm.STRING) {
            expected.put(1L, null);
        }
        assertThat(values(form)).isEqualTo(expected);
    }

    @Test
    void aNewHashHasNoFieldOfTheOldOne() {
        server.ask("HSET", "user:1", "value", "x", "foreign", "y");
        load(ValueForm.HASH, "run", MARCH, List.of(row(1, null)));
        assertThat(Servers.hash(server, "user:1")).containsOnlyKeys("_v");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatHoldsAnotherTypeIsNamedAndLeftAlone(ValueForm form) {
        server.ask("LPUSH", "user:2", "x");
        assertThatThrownBy(() -> load(form, "run", MARCH, List.of(row(1, "a"), row(2, "b"))))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.DENIED))
                .hasMessageContaining("the key user:2 holds another type of value")
                .hasMessageContaining("Delete that key");
        assertThat(server.ask("LRANGE", "user:2", "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void rowsOfOneKeyCountOnceHoweverFarApart() {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (long id = 0; id < 500; id++) {
                rows.add(row(id, "batch " + i));
                rows.add(row(id, "batch " + i + ", later"));
            }
            batches.add(Batch.ofRecords(SCHEMA, rows));
        }
        try (DirectRun run = run(ValueForm.HASH, "run", MARCH);
                var writer = run.open("split-0.0", 0)) {
            assertThat(DirectRun.write(writer, batches.toArray(Batch[]::new))).isEqualTo(new Receipt(500, 4_500));
        }
        assertThat(values(ValueForm.HASH)).hasSize(500).allSatisfy((id, value) -> assertThat(value)
                .isEqualTo("batch 4, later"));
    }

    /** Runs of several windows in any order, some of them repeated, against a map that keeps the newest of each key. */
    @ParameterizedTest
    @EnumSource
    void theNewestOfEachKeyStays(ValueForm form) {
        long seed = System.nanoTime();
        System.out.println("theNewestOfEachKeyStays(" + form + "): seed " + seed);
        Random random = new Random(seed);
        Map<Long, Instant> newest = new TreeMap<>();
        Map<Long, String> expected = new TreeMap<>();
        for (int i = 0; i < 25; i++) {
            Instant asOf = MARCH.plusSeconds(random.nextInt(8));
            Map<Long, String> last = new LinkedHashMap<>();
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                long id = random.nextInt(40);
                String value = random.nextInt(6) == 0 ? null : "run " + i + " row " + n;
                rows.add(row(id, value));
                last.put(id, value);
            }
            long written = 0;
            for (Map.Entry<Long, String> entry : last.entrySet()) {
                if (!newest.getOrDefault(entry.getKey(), Instant.MIN).isAfter(asOf)) {
                    newest.put(entry.getKey(), asOf);
                    expected.put(entry.getKey(), entry.getValue());
                    written++;
                }
            }
            Receipt receipt = load(form, "run-" + i, asOf, rows);
            assertThat(receipt).isEqualTo(new Receipt(written, rows.size() - written));
        }
        if (form == ValueForm.STRING) {
            expected.values().removeIf(java.util.Objects::isNull);
        }
        assertThat(values(form)).isEqualTo(expected);
    }

    private Receipt load(ValueForm form, String lineage, Instant asOf, List<Map<String, Object>> rows) {
        try (DirectRun run = run(form, lineage.replace(' ', '-'), asOf);
                var writer = run.open("split-0.0", 0)) {
            Receipt receipt = DirectRun.write(writer, Batch.ofRecords(SCHEMA, rows));
            writer.commit("note");
            return receipt;
        }
    }

    private DirectRun run(ValueForm form, String lineage, Instant asOf) {
        Target target = Target.of(server).form(form);
        target.keysPerCall = 7;
        LoadRequest request = new LoadRequest(SCHEMA, new Lineage("features", lineage), Optional.empty(), asOf);
        return new DirectRun(target.loader(), request, "unit");
    }

    private Map<Long, String> values(ValueForm form) {
        Map<Long, String> all = new TreeMap<>();
        for (String key : Servers.keys(server, "user:*")) {
            if (key.endsWith(":_v")) {
                continue;
            }
            long id = Long.parseLong(key.substring("user:".length()));
            all.put(
                    id,
                    switch (form) {
                        case HASH -> Servers.hash(server, key).get("value");
                        case STRING -> (String) server.ask("GET", key);
                        case JSON -> member((String) server.ask("GET", key));
                    });
        }
        return all;
    }

    private static String member(String json) {
        assertThat(json).matches("\\{\"_v\":\"\\d{19}-\\d{10}\",\"value\":(null|\"[^\"]*\")}");
        String value = json.substring(json.indexOf("\"value\":") + 8, json.length() - 1);
        return value.equals("null") ? null : value.substring(1, value.length() - 1);
    }

    private static Map<String, Object> row(long id, String value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("value", value);
        return row;
    }
}
