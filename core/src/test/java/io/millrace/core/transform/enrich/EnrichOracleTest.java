package io.millrace.core.transform.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.transform.RecordedRejects;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares {@code enrich} with {@link NaiveEnrich} on random tables, keys, policies and rows. */
class EnrichOracleTest {
    private static final List<DataType> KEYS = List.of(
            DataType.INT64,
            DataType.INT32,
            DataType.STRING,
            DataType.BINARY,
            DataType.BOOLEAN,
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.decimal(10, 2),
            DataType.decimal(30, 3));
    private static final int PLAIN = 100;
    private static final int VERSIONED = 100;

    @Test
    void agreesWithTheNaiveForm() {
        for (long seed = 0; seed < PLAIN; seed++) {
            check(seed, false);
        }
    }

    @Test
    void agreesWithTheNaiveFormOfVersions() {
        for (long seed = 0; seed < VERSIONED; seed++) {
            check(seed, true);
        }
    }

    /** A random case. */
    private static final class Case {
        final Random random;
        final RandomBatches values;
        final List<Field> ours = new ArrayList<>();
        final List<Field> theirs = new ArrayList<>();
        final Map<String, String> on = new LinkedHashMap<>();
        final Map<String, String> add = new LinkedHashMap<>();
        final Map<DataType, List<Object>> domains = new LinkedHashMap<>();
        Optional<AsOf> asOf = Optional.empty();

        Case(long seed, boolean versioned) {
            random = new Random(seed);
            values = new RandomBatches(seed);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                DataType type = KEYS.get(random.nextInt(KEYS.size()));
                ours.add(Field.of("k" + i, type));
                boolean integer = type.equals(DataType.INT32) || type.equals(DataType.INT64);
                theirs.add(Field.of("t" + i, integer && random.nextBoolean() ? DataType.INT32 : type));
                on.put("k" + i, "t" + i);
            }
            for (int i = random.nextInt(4); i >= 0; i--) {
                theirs.add(new Field("v" + i, values.type(), random.nextBoolean()));
                add.put("new" + i, "v" + i);
            }
            ours.add(Field.of("other", values.type()));
            if (versioned) {
                DataType type = random.nextBoolean() ? DataType.TIMESTAMP : DataType.DATE;
                ours.add(Field.of("time", type));
                theirs.add(Field.of("from", type));
                theirs.add(Field.of("to", type));
                asOf = Optional.of(new AsOf(
                        "time",
                        "from",
                        random.nextBoolean() ? Optional.of("to") : Optional.empty(),
                        random.nextBoolean() ? Optional.of(Duration.ofDays(random.nextInt(8))) : Optional.empty()));
            }
        }

        /** From few values, so that there are matches. */
        Object key(DataType type) {
            boolean integer = type.equals(DataType.INT32) || type.equals(DataType.INT64);
            List<Object> domain = domains.computeIfAbsent(integer ? DataType.INT32 : type, t -> {
                List<Object> few = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    few.add(values.value(t));
                }
                return few;
            });
            Object value = domain.get(random.nextInt(domain.size()));
            return type.equals(DataType.INT64) ? (Object) ((Integer) value).longValue() : value;
        }

        Object time(DataType type) {
            int step = random.nextInt(20);
            return type.equals(DataType.DATE)
                    ? (Object) LocalDate.ofEpochDay(step)
                    : Instant.ofEpochSecond(step * 43_200L);
        }

        Map<String, Object> row(List<Field> fields) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Field field : fields) {
                String name = field.name();
                boolean time = name.equals("time") || name.equals("from") || name.equals("to");
                boolean key = on.containsKey(name) || on.containsValue(name);
                Object value = time ? time(field.type()) : key ? key(field.type()) : values.value(field.type());
                row.put(name, field.nullable() && random.nextInt(8) == 0 ? null : value);
            }
            return row;
        }

        List<Map<String, Object>> rows(List<Field> fields, int count) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                rows.add(row(fields));
            }
            return rows;
        }

        Missing missing() {
            return switch (random.nextInt(4)) {
                case 0 -> new Missing.SetNull();
                case 1 -> new Missing.Reject();
                case 2 -> new Missing.DropRow();
                default -> theirs.stream()
                        .filter(field -> field.type().equals(DataType.INT64)
                                && field.name().startsWith("v"))
                        .findFirst()
                        .<Missing>map(field ->
                                new Missing.Default(Map.of("new" + field.name().substring(1), (Object) (-7L))))
                        .orElse(new Missing.SetNull());
            };
        }
    }

    private static void check(long seed, boolean versioned) {
        Case given = new Case(seed, versioned);
        List<Map<String, Object>> table = given.rows(given.theirs, given.random.nextInt(60));
        MemoryTables tables = new MemoryTables();
        LookupSource source = tables.whole("items");
        EnrichSettings settings = new EnrichSettings(
                source, given.on, given.add, given.missing(), given.asOf, Optional.empty(), Optional.empty());
        table = withoutRepetitions(table, settings);
        tables.put("items", Schema.of(given.theirs), table);
        Enrich enrich = new Enrich(settings, settings.request("enrich").connected(MemoryTables.CONTEXT));
        Lookups lookups = new Lookups(enrich.requests());
        lookups.prepareForNow();
        Schema input = Schema.of(given.ours);
        try (BoundTransform bound = enrich.bind(input, lookups.at(Instant.EPOCH))) {
            // Twice, since arrays are kept from one batch to the next.
            compare(seed, given, new NaiveEnrich(settings, table), bound, input);
            compare(seed, given, new NaiveEnrich(settings, table), bound, input);
        }
    }

    /** Keeps the first row of each key, or of each version of it. */
    private static List<Map<String, Object>> withoutRepetitions(
            List<Map<String, Object>> table, EnrichSettings settings) {
        Map<String, Map<String, Object>> kept = new LinkedHashMap<>();
        int number = 0;
        for (Map<String, Object> row : table) {
            List<Object> key = new ArrayList<>();
            settings.on().values().forEach(name -> key.add(row.get(name)));
            settings.asOf().ifPresent(asOf -> key.add(row.get(asOf.validFrom())));
            // Nulls are equal to nothing.
            String text = key.contains(null) ? "null " + number++ : Arrays.deepToString(key.toArray());
            kept.putIfAbsent(text, row);
        }
        return new ArrayList<>(kept.values());
    }

    private static void compare(long seed, Case given, NaiveEnrich naive, BoundTransform bound, Schema input) {
        List<Map<String, Object>> rows = given.rows(given.ours, 1 + given.random.nextInt(100));
        List<String> expected = new ArrayList<>();
        int leftOut = 0;
        for (Map<String, Object> row : rows) {
            Optional<Map<String, Object>> found = naive.find(row);
            boolean stays = found.isPresent()
                    || naive.settings().missing() instanceof Missing.SetNull
                    || naive.settings().missing() instanceof Missing.Default;
            if (stays) {
                expected.add(text(naive.joined(row, found)));
            } else {
                leftOut++;
            }
        }
        RecordedRejects rejects = new RecordedRejects();
        Batch output = bound.apply(Batch.ofRecords(input, rows), rejects);
        assertThat(output.schema()).isEqualTo(bound.output());
        assertThat(output.records().stream().map(EnrichOracleTest::text).toList())
                .as("seed %d, %s", seed, naive.settings())
                .isEqualTo(expected);
        assertThat(rejects.leftOut()).isEqualTo(leftOut);
        assertThat(rejects.rejected().size())
                .isEqualTo(naive.settings().missing() instanceof Missing.Reject ? leftOut : 0);
    }

    private static String text(Map<String, Object> row) {
        return row.keySet()
                + Arrays.deepToString(row.values().stream()
                        .map(value -> value instanceof List<?> list ? list.toArray() : value)
                        .toArray());
    }

    @Test
    void askedByKeyGivesTheSame() {
        for (long seed = 0; seed < 100; seed++) {
            Case given = new Case(seed, false);
            if (given.ours.stream().anyMatch(field -> field.type().equals(DataType.BINARY))
                    || !given.theirs.containsAll(theirKeys(given))) {
                // The server in memory compares Java objects.
                continue;
            }
            MemoryTables tables = new MemoryTables();
            EnrichSettings settings = new EnrichSettings(
                    tables.byKey("items"),
                    given.on,
                    given.add,
                    given.missing(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            List<Map<String, Object>> table =
                    withoutRepetitions(given.rows(given.theirs, given.random.nextInt(60)), settings);
            tables.put("items", Schema.of(given.theirs), table);
            LookupRequest request = settings.request("enrich").connected(MemoryTables.CONTEXT);
            Lookups lookups = new Lookups(List.of(request));
            Schema input = Schema.of(given.ours);
            try (BoundTransform bound = new Enrich(settings, request).bind(input, lookups.at(Instant.EPOCH))) {
                compare(seed, given, new NaiveEnrich(settings, table), bound, input);
                compare(seed, given, new NaiveEnrich(settings, table), bound, input);
            } catch (MillraceException refused) {
                throw new AssertionError("seed " + seed, refused);
            }
            assertThat(tables.connections).isZero();
        }
    }

    /** Their key columns, were they of our types. */
    private static List<Field> theirKeys(Case given) {
        return given.ours.stream()
                .filter(field -> given.on.containsKey(field.name()))
                .map(field -> Field.of(given.on.get(field.name()), field.type()))
                .toList();
    }
}
