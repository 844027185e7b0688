package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.formats.json.JsonPath;
import io.millrace.sandbox.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Look-ups of what anybody may have written. */
class LookupTest {
    private static final Schema KEYS = Schema.of(Field.of("id", DataType.STRING));

    private final EmbeddedRedis server = Servers.empty();

    static RedisLookupSettings settings(
            EmbeddedRedis server, String key, ValueForm form, Map<String, JsonFieldSettings> schema) {
        return new RedisLookupSettings(
                server.url(),
                Optional.empty(),
                Optional.of(Secret.of(server.password())),
                key,
                form,
                schema,
                7,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Map.of());
    }

    @Test
    void tellsNoKeyFromNoValue() {
        server.ask("HSET", "item:1", "title", "one", "price", "9.5");
        server.ask("HSET", "item:2", "other", "x");
        try (RedisLookup lookup = hashes()) {
            BitSet missing = new BitSet();
            Batch found = lookup.find(keys("1", "2", "3", null), missing);
            assertThat(missing.stream()).containsExactly(2, 3);
            assertThat(found.record(0)).containsEntry("title", "one").containsEntry("price", 9.5);
            assertThat(found.record(1).values()).containsOnlyNulls();
            assertThat(found.record(2).values()).containsOnlyNulls();
            assertThat(lookup.schema().names()).containsExactly("title", "price");
        }
    }

    @Test
    void readsMembersAndStrings() {
        server.ask("SET", "item:1", "{\"_v\": \"x\", \"props\": {\"title\": \"one\"}}");
        Map<String, JsonFieldSettings> fields = Map.of(
                "title",
                new JsonFieldSettings(
                        Optional.of(JsonPath.parse("props.title")),
                        DataType.STRING,
                        false,
                        Optional.empty(),
                        Optional.empty()));
        try (RedisLookup lookup = lookup(ValueForm.JSON, fields)) {
            assertThat(lookup.find(keys("1"), new BitSet()).record(0)).containsEntry("title", "one");
        }
        server.ask("SET", "item:2", "2024-02-29");
        try (RedisLookup lookup = lookup(ValueForm.STRING, Map.of("day", JsonFieldSettings.of(DataType.DATE)))) {
            BitSet missing = new BitSet();
            assertThat(lookup.find(keys("2", "3"), missing).record(0))
                    .containsEntry("day", java.time.LocalDate.of(2024, 2, 29));
            assertThat(missing.stream()).containsExactly(1);
        }
    }

    @Test
    void asksForManyKeysInOrder() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ids.add(Integer.toString(i));
            if (i % 3 == 0) {
                server.ask("SET", "item:" + i, Integer.toString(i * 2));
            }
        }
        try (RedisLookup lookup = lookup(ValueForm.STRING, Map.of("twice", JsonFieldSettings.of(DataType.INT32)))) {
            BitSet missing = new BitSet();
            Batch found = lookup.find(keys(ids.toArray(String[]::new)), missing);
            for (int i = 0; i < 5_000; i++) {
                assertThat(missing.get(i)).isEqualTo(i % 3 != 0);
                assertThat(found.column(0).value(i)).isEqualTo(i % 3 == 0 ? i * 2 : null);
            }
        }
    }

    @Test
    void aValueOfAnotherTypeIsNamedWithItsKey() {
        for (String text : List.of("12.7", "", "0x1p3", "1 ", "9.5d")) {
            server.ask("HSET", "item:1", "price", text.equals("12.7") ? "12,7" : text);
            try (RedisLookup lookup = hashes()) {
                assertThatThrownBy(() -> lookup.find(keys("1"), new BitSet()))
                        .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(ErrorKind.DATA))
                        .hasMessageContaining("item:1")
                        .hasMessageContaining("price is not a value of type float64");
            }
        }
        server.ask("SET", "item:2", "not a hash");
        try (RedisLookup lookup = hashes()) {
            assertThatThrownBy(() -> lookup.find(keys("2"), new BitSet())).hasMessageContaining("WRONGTYPE");
        }
    }

    @Test
    void survivesACutConnection() {
        server.ask("HSET", "item:1", "title", "one");
        RedisLookupSettings settings = settings(server, "item:{id}", ValueForm.HASH, fields());
        try (RedisLookup lookup = new RedisLookup(
                settings,
                settings.server(Path.of("/")),
                new RetryPolicy(3, Duration.ofMillis(10), Duration.ofSeconds(1)))) {
            lookup.find(keys("1"), new BitSet());
            server.disconnectClients();
            assertThat(lookup.find(keys("1"), new BitSet()).record(0)).containsEntry("title", "one");
        }
    }

    private RedisLookup hashes() {
        return lookup(ValueForm.HASH, fields());
    }

    private static Map<String, JsonFieldSettings> fields() {
        Map<String, JsonFieldSettings> fields = new LinkedHashMap<>();
        fields.put("title", JsonFieldSettings.of(DataType.STRING));
        fields.put("price", JsonFieldSettings.of(DataType.FLOAT64));
        return fields;
    }

    private RedisLookup lookup(ValueForm form, Map<String, JsonFieldSettings> fields) {
        RedisLookupSettings settings = settings(server, "item:{id}", form, fields);
        return new RedisLookup(settings, settings.server(Path.of("/")), RetryPolicy.NONE);
    }

    private static Batch keys(String... ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : ids) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", id);
            rows.add(row);
        }
        return Batch.ofRecords(KEYS, rows);
    }
}
