package io.millrace.core.transform.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.CheckTally;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.core.transform.Tallying;
import io.millrace.testkit.transform.RecordedRejects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rule {@code exists_in} against a row by row reading of it. */
class ExistsInTest {
    private static final Schema ITEMS = Schema.of(
            Field.of("id", DataType.INT64), Field.of("region", DataType.STRING), Field.of("title", DataType.STRING));
    private static final Schema EVENTS = Schema.of(
            Field.of("item", DataType.INT64), Field.of("area", DataType.STRING), Field.of("n", DataType.INT64));
    private static final String[] REGIONS = {"north", "s\u00fcd", "", "\u65e5\u672c", "North"};

    private final MemoryTables tables = new MemoryTables();

    private static Map<String, Object> row(Schema schema, Object... values) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(schema.field(i).name(), values[i]);
        }
        return row;
    }

    private static ExistsInSettings settings(
            LookupSource from, ExistsInSettings.Nulls nulls, Map<String, String> with) {
        return new ExistsInSettings(from, Optional.of("id"), with, nulls, Optional.empty(), Optional.empty());
    }

    private static LookupTransform check(ExistsIn... rules) {
        return Check.of(List.of(rules)).connected(MemoryTables.CONTEXT);
    }

    @Test
    void agreesWithTheOracleWhateverTheSource() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Map<String, Object>> items = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                // Repeated keys and nulls among them are no error: it only matters whether a key is there.
                items.add(row(
                        ITEMS,
                        random.nextInt(9) == 0 ? null : (Long) (long) random.nextInt(12),
                        region(random),
                        "t" + i));
            }
            tables.put("items", ITEMS, items);
            ExistsInSettings.Nulls nulls =
                    random.nextBoolean() ? ExistsInSettings.Nulls.PASS : ExistsInSettings.Nulls.BREAK;
            boolean keyed = random.nextBoolean();
            boolean pair = !keyed && random.nextBoolean();
            Severity severity = Severity.values()[random.nextInt(3)];
            ExistsIn rule = new ExistsIn(
                    "item",
                    settings(
                            keyed ? tables.byKey("items") : tables.whole("items"),
                            nulls,
                            pair ? Map.of("area", "region") : Map.of()),
                    severity);
            List<Map<String, Object>> events = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                Long item = random.nextInt(9) == 0 ? null : (Long) (long) random.nextInt(15);
                events.add(row(EVENTS, item, region(random), (long) i));
            }
            agrees("seed " + seed, rule, items, events, pair);
        }
    }

    private static String region(Random random) {
        return random.nextInt(9) == 0 ? null : REGIONS[random.nextInt(REGIONS.length)];
    }

    private static void agrees(
            String name,
            ExistsIn rule,
            List<Map<String, Object>> items,
            List<Map<String, Object>> events,
            boolean pair) {
        LookupTransform check = check(rule);
        Lookups lookups = new Lookups(check.requests());
        lookups.prepareForNow();
        RecordedRejects rejects = new RecordedRejects();
        List<String> broken = new ArrayList<>();
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Map<String, Object> event = events.get(i);
            boolean known = event.get("item") != null && (!pair || event.get("area") != null);
            boolean there = known
                    && items.stream()
                            .anyMatch(item -> item.get("id") != null
                                    && item.get("id").equals(event.get("item"))
                                    && (!pair || event.get("area").equals(item.get("region"))));
            if (there || !known && rule.allowsNull()) {
                expected.add(event);
            } else {
                broken.add(i + " item " + (known ? "is not in the table looked up" : "is null"));
            }
        }
        BatchBuilder builder = new BatchBuilder(EVENTS);
        events.forEach(builder::appendRecord);
        try (var bound = check.bind(EVENTS, lookups.at(Instant.EPOCH))) {
            Batch kept = bound.apply(builder.build(Origin.of("s", 0)), rejects);
            boolean rejecting = rule.severity() == Severity.REJECT;
            assertThat(kept.records()).as(name).hasSize(rejecting ? expected.size() : events.size());
            if (rejecting) {
                assertThat(kept.records()).as(name).isEqualTo(expected);
            }
            assertThat(rejects.rejected().stream().map(r -> r.ordinal() + " " + r.column() + " " + r.reason()))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(rejecting ? broken : List.of());
            assertThat(((Tallying) bound).tallies())
                    .as(name)
                    .containsExactly(new CheckTally(rule.name(), events.size(), broken.size(), CheckTally.NEVER));
        }
        assertThat(lookups.warnings()).as("the rule tells it").isEmpty();
    }

    @Test
    void nobodyIsAskedAboutRowsThatAreRejectedAnyway() {
        tables.put("items", ITEMS, List.of(row(ITEMS, 1L, "north", "lamp")));
        LookupTransform check = Check.of(List.of(
                        new ExistsIn(
                                "item",
                                settings(tables.byKey("items"), ExistsInSettings.Nulls.PASS, Map.of()),
                                Severity.REJECT),
                        new NotNull("area", Severity.REJECT)))
                .connected(MemoryTables.CONTEXT);
        Lookups lookups = new Lookups(check.requests());
        RecordedRejects rejects = new RecordedRejects();
        try (var bound = check.bind(EVENTS, lookups.at(Instant.EPOCH))) {
            Batch kept = bound.apply(
                    Batch.ofRecords(EVENTS, List.of(row(EVENTS, 1L, "north", 1L), row(EVENTS, 2L, null, 2L))), rejects);
            assertThat(kept.rowCount()).isEqualTo(1);
        }
        assertThat(tables.questions).containsExactly(List.of(Map.of("id", 1L)));
        assertThat(tables.connections).as("closed with the step").isZero();
    }

    @Test
    void whatCannotBeEqualIsRefusedBeforeTheRun() {
        tables.put("items", ITEMS, List.of());
        ExistsInSettings settings = new ExistsInSettings(
                tables.whole("items"),
                Optional.of("title"),
                Map.of(),
                ExistsInSettings.Nulls.PASS,
                Optional.empty(),
                Optional.empty());
        LookupTransform check = check(new ExistsIn("item", settings, Severity.WARN));
        assertThatThrownBy(() -> check.bind(EVENTS, new Lookups(check.requests()).at(Instant.EPOCH)))
                .hasMessageContainingAll(
                        "check, item exists_in: on: our column 'item' is int64 and their column 'title' is string");
    }

    @Test
    void aNullThatBreaksTheRuleLeavesColumnsThatAreNotNull() {
        tables.put("items", ITEMS, List.of());
        LookupTransform check = check(new ExistsIn(
                "item",
                settings(tables.whole("items"), ExistsInSettings.Nulls.BREAK, Map.of("area", "region")),
                Severity.REJECT));
        try (var bound = check.bind(EVENTS, new Lookups(check.requests()).at(Instant.EPOCH))) {
            assertThat(bound.output()).hasToString("(item int64 not null, area string not null, n int64)");
        }
    }
}
