package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.RowVersion;
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
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that say for themselves how new they are, and until when they are of use. */
class RowVersionTest {
    private static final Schema SCHEMA = schema();
    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
    private static final Instant FAR = Instant.parse("2124-03-01T12:00:00Z");

    private static final Offset<Long> NEARLY = Offset.offset(60_000L);

    private final EmbeddedRedis server = Servers.empty();

    private static Schema schema() {
        List<Field> fields =
                new ArrayList<>(List.of(new Field("id", DataType.INT64, false), Field.of("value", DataType.STRING)));
        fields.addAll(RowVersion.fields());
        return Schema.of(fields);
    }

    private static Map<String, Object> row(long id, String value, Instant moment, long revision) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("value", value);
        row.put(RowVersion.MOMENT, moment);
        row.put(RowVersion.REVISION, revision);
        row.put(RowVersion.HOLDS_UNTIL, FAR);
        row.put(RowVersion.ENDS, null);
        return row;
    }

    private Receipt load(ValueForm form, Optional<Duration> ttl, List<Map<String, Object>> rows) {
        Target target = Target.of(server).form(form);
        target.keysPerCall = 7;
        target.ttl = ttl;
        LoadRequest request = new LoadRequest(SCHEMA, new Lineage("features", "stream"), Optional.empty(), NOON);
        try (DirectRun run = new DirectRun(target.loader(), request, "unit");
                var writer = run.open("batch-0", 0)) {
            return DirectRun.write(writer, Batch.ofRecords(SCHEMA, rows));
        }
    }

    private String value(ValueForm form, long id) {
        return switch (form) {
            case HASH -> Servers.hash(server, "user:" + id).get("value");
            case STRING -> (String) server.ask("GET", "user:" + id);
            case JSON -> {
                String json = (String) server.ask("GET", "user:" + id);
                yield json == null || json.endsWith("null}") ? null : json.replaceAll(".*\"value\":\"(.*)\"}", "$1");
            }
        };
    }

    private String version(ValueForm form, long id) {
        return switch (form) {
            case HASH -> Servers.hash(server, "user:" + id).get("_v");
            case STRING -> (String) server.ask("GET", "user:" + id + ":_v");
            case JSON -> ((String) server.ask("GET", "user:" + id)).substring(7, 37);
        };
    }

    /** Against a map: the later moment wins, then the greater revision, then what comes later. */
    @ParameterizedTest
    @EnumSource
    void theNewerRowStaysWhateverElseIsInTheCall(ValueForm form) {
        long seed = System.nanoTime();
        System.out.println("theNewerRowStaysWhateverElseIsInTheCall(" + form + "): seed " + seed);
        Random random = new Random(seed);
        Map<Long, Map<String, Object>> expected = new TreeMap<>();
        for (int round = 0; round < 25; round++) {
            Map<Long, Map<String, Object>> rows = new LinkedHashMap<>();
            for (int n = random.nextInt(30); n > 0; n--) {
                long id = random.nextInt(25);
                String value = random.nextInt(6) == 0 ? null : "round " + round;
                rows.put(id, row(id, value, NOON.plusSeconds(random.nextInt(3)), random.nextInt(3)));
            }
            long written = 0;
            for (Map<String, Object> row : rows.values()) {
                Map<String, Object> held = expected.get((Long) row.get("id"));
                if (held == null || text(held).compareTo(text(row)) <= 0) {
                    expected.put((Long) row.get("id"), row);
                    written++;
                }
            }
            assertThat(load(form, Optional.empty(), List.copyOf(rows.values())))
                    .as("seed %d", seed)
                    .isEqualTo(new Receipt(written, rows.size() - written));
        }
        expected.forEach((id, row) -> {
            assertThat(value(form, id)).as("seed %d", seed).isEqualTo(row.get("value"));
            assertThat(version(form, id)).as("seed %d", seed).isEqualTo(text(row));
            assertThat(server.ask("TTL", "user:" + id)).isIn(-1L, -2L);
        });
    }

    private static String text(Map<String, Object> row) {
        Instant moment = (Instant) row.get(RowVersion.MOMENT);
        return "%019d-%010d".formatted(moment.getEpochSecond() * 1_000_000, (Long) row.get(RowVersion.REVISION));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyLivesUntilItsValueHoldsNoLonger(ValueForm form) {
        Map<String, Object> ending = row(2, "b", NOON, 1);
        Instant soon = Instant.now().plus(Duration.ofHours(2));
        ending.put(RowVersion.ENDS, soon);
        Map<String, Object> ended = row(3, "c", NOON, 1);
        ended.put(RowVersion.HOLDS_UNTIL, NOON);

        load(form, Optional.of(Duration.ofDays(1)), List.of(row(1, "a", NOON, 1), ending, ended));

        assertThat(value(form, 1)).isEqualTo("a");
        assertThat(value(form, 3)).isNull();
        for (String suffix : form == ValueForm.STRING ? List.of("", ":_v") : List.of("")) {
            assertThat(expiry("user:1" + suffix))
                    .isCloseTo(FAR.plus(Duration.ofDays(1)).toEpochMilli(), NEARLY);
            assertThat(expiry("user:2" + suffix)).isCloseTo(soon.toEpochMilli(), NEARLY);
        }
    }

    @Test
    void whoServesReadsWhatWasWritten() {
        load(ValueForm.HASH, Optional.empty(), List.of(row(1, "a", NOON, 7), row(2, null, NOON.plusMillis(1), 8)));
        try (FeatureReader reader = FeatureReader.connect(
                server.url(), Optional.of(server.password()), "user:{id}", Map.of("value", "string"))) {
            assertThat(reader.read(1L)).contains(new ServedFeatures(Map.of("value", "a"), NOON, 7));
            assertThat(reader.readAll(List.of(List.of(3), List.of(2), List.of("1"))))
                    .extracting(found -> found.map(ServedFeatures::moment))
                    .containsExactly(Optional.empty(), Optional.of(NOON.plusMillis(1)), Optional.of(NOON));
            assertThat(reader.read(2).orElseThrow().get("value")).isNull();
        }
        try (FeatureReader reader = FeatureReader.connect(
                server.url(), Optional.of(server.password()), "user:{id}", Map.of("value", "int64"))) {
            assertThatThrownBy(() -> reader.read(1L))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("user:1")
                    .hasMessageContaining("value is not a value of type int64");
            assertThat(reader.read(2).orElseThrow().whole("value")).isZero();
        }
    }

    /** When the server lets go of a key, by our clock. */
    private long expiry(String key) {
        return System.currentTimeMillis() + (Long) server.ask("PTTL", key);
    }
}
