package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
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
import io.millrace.testkit.transform.RecordedRejects;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Key templates, and what is refused before and while rows are written. */
class KeysAndSettingsTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("tenant", DataType.STRING), Field.of("id", DataType.INT64), Field.of("value", DataType.STRING));

    private final EmbeddedRedis server = Servers.empty();

    @Test
    void bracesAreDoubledAndColumnsFilledIn() {
        load(Target.of(server).key("{{a}}:{tenant}:{id}}}"), new RecordedRejects(), row("t", 1L, "x"));
        assertThat(Servers.keys(server, "{a}*")).containsExactly("{a}:t:1}");
    }

    @Test
    void malformedTemplatesAreRefused() {
        assertRefused("user:1", "names no column");
        assertRefused("user:{", "no column name");
        assertRefused("user:{}", "no column name");
        assertRefused("user:}", "without '{'");
        assertRefused("{tenant}{id}", "nothing between {tenant} and {id}");
        assertRefused("millrace:{id}", "keeps its own state");
    }

    private void assertRefused(String template, String problem) {
        assertThatThrownBy(() -> Target.of(server).key(template).settings())
                .isInstanceOfSatisfying(InvalidSetting.class, refused -> assertThat(refused.key())
                        .isEqualTo("key"))
                .hasMessageContaining(problem);
    }

    @Test
    void rowsWithoutAKeyOrWithAnAmbiguousOneAreRejected() {
        RecordedRejects rejects = new RecordedRejects();
        Receipt receipt = load(
                Target.of(server).key("{tenant}:{id}"),
                rejects,
                row("a", null, "x"),
                row("a:b", 1L, "x"),
                row(null, 1L, "x"),
                row("a", 1L, "x"));
        assertThat(receipt).isEqualTo(new Receipt(1, 0));
        assertThat(rejects.rejected().stream().map(row -> row.column() + ": " + row.reason()))
                .containsExactly(
                        "id: null, but part of the key",
                        "tenant: holds ':', which separates the parts of the key",
                        "tenant: null, but part of the key");
    }

    @Test
    void expiryIsAnAbsoluteTimeThatReplaysDoNotMove() {
        for (ValueForm form : ValueForm.values()) {
            Target target =
                    Target.of(server).key(form + ":{id}").fields("value").form(form);
            target.ttl = Optional.of(Duration.ofDays(36_500));
            for (int i = 0; i < 2; i++) {
                load(target, new RecordedRejects(), row("t", 1L, "x"));
                for (String key : Servers.keys(server, form + ":*")) {
                    long left = (Long) server.ask("PTTL", key);
                    Instant end = Instant.now().plusMillis(left);
                    assertThat(Duration.between(AS_OF.plus(Duration.ofDays(36_500)), end)
                                    .abs())
                            .isLessThan(Duration.ofMinutes(1));
                }
            }
            target.ttl = Optional.empty();
            load(target, new RecordedRejects(), row("t", 1L, "x"));
            assertThat(server.ask("PTTL", form + ":1")).isEqualTo(-1L);
        }
    }

    @Test
    void columnsAreRefusedWithTheWayOut() {
        assertInvalid(Target.of(server).key("{di}"), "did you mean 'id'?");
        assertInvalid(Target.of(server).fields("valeu"), "did you mean 'value'?");
        assertInvalid(Target.of(server).form(ValueForm.STRING), "name one under fields");
        assertInvalid(Target.of(server).key("{tenant}:{id}:{value}"), "every column is part of the key");
        Schema version = Schema.of(Field.of("id", DataType.INT64), Field.of("_v", DataType.STRING));
        assertThatThrownBy(() -> Target.of(server).loader().validate(version)).hasMessageContaining("_v");
        assertThatThrownBy(() -> Target.of(server)
                        .loader()
                        .prepare(new LoadRequest(
                                SCHEMA,
                                new Lineage("p", "l"),
                                Optional.empty(),
                                Instant.parse("1969-01-01T00:00:00Z"))))
                .hasMessageContaining("begin with 1970");
        assertThat(Servers.keys(server, "*")).isEmpty();
    }

    private static void assertInvalid(Target target, String problem) {
        assertThatThrownBy(() -> target.loader().validate(SCHEMA))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining(problem);
    }

    @Test
    void settingsAreRefusedWithTheirKey() {
        Target target = Target.of(server);
        target.properties = Map.of("client_nam", "x");
        assertThatThrownBy(target::settings).hasMessageContaining("did you mean 'client_name'?");
        for (String url :
                List.of("http://x", "redis://u:pw@x", "redis://x/a", "redis://x?a=b", "redis:///1", "redis://x y")) {
            Target other = Target.of(server);
            other.url = url;
            assertThatThrownBy(other::settings)
                    .isInstanceOfSatisfying(InvalidSetting.class, refused -> assertThat(refused.key())
                            .isEqualTo("url"))
                    .message()
                    .doesNotContain("pw");
        }
        assertThat(ServerUrl.parse("rediss://[::1]")).isEqualTo(new ServerUrl(true, "::1", 6379, 0));
        assertThat(ServerUrl.parse("redis://h:1/3")).isEqualTo(new ServerUrl(false, "h", 1, 3));
    }

    @Test
    void aHostileFieldNameIsOnlyAName() {
        String name = "a'..redis.call('FLUSHALL')..'\\ \n]] 日本";
        Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of(name, DataType.STRING));
        server.ask("SET", "precious", "x");
        try (DirectRun run = new DirectRun(
                Target.of(server).loader(),
                new LoadRequest(schema, new Lineage("p", "l"), Optional.empty(), AS_OF),
                "u")) {
            run.load(
                    "split-0.0",
                    "note",
                    Batch.ofRecords(schema, List.of(Map.of("id", 1L, name, "v"), Map.of("id", 2L))));
        }
        assertThat(Servers.hash(server, "user:1")).containsEntry(name, "v");
        assertThat(server.ask("GET", "precious")).isEqualTo("x");
    }

    private static final Instant AS_OF = Instant.parse("2024-03-01T00:00:00Z");

    private static Receipt load(Target target, RecordedRejects rejects, Row... rows) {
        LoadRequest request = new LoadRequest(SCHEMA, new Lineage("p", "l"), Optional.empty(), AS_OF);
        try (DirectRun run = new DirectRun(target.loader(), request, "unit");
                var writer = run.open("split-0.0", 0)) {
            return DirectRun.write(
                    writer,
                    rejects,
                    Batch.ofRecords(SCHEMA, Stream.of(rows).map(Row::record).toList()));
        }
    }

    private static Row row(String tenant, Long id, String value) {
        return new Row(tenant, id, value);
    }

    private record Row(String tenant, Long id, String value) {
        Map<String, Object> record() {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("tenant", tenant);
            record.put("id", id);
            record.put("value", value);
            return record;
        }
    }
}
