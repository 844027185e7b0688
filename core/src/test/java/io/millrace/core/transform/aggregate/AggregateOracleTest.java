package io.millrace.core.transform.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.Position;
import io.millrace.core.measure.Measure;
import io.millrace.core.window.WindowLength;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.transform.RecordedRejects;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code aggregate} with {@link NaiveAggregate} on random schemas, measures, windows and rows. */
class AggregateOracleTest {
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("America/New_York"), ZoneId.of("Australia/Lord_Howe"));

    @Test
    void agreesWithTheNaiveFormHoweverRowsAreSplit() {
        for (long seed = 0; seed < 250; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        RandomBatches values = new RandomBatches(seed);
        Schema schema = schema(values, random);
        Aggregate settings = settings(schema, random);
        List<Map<String, Object>> rows = rows(schema, values, random);
        BoundAggregate step = BoundAggregate.of(settings, schema);

        NaiveAggregate naive = new NaiveAggregate(settings, schema);
        List<Map<String, Object>> expected;
        try {
            expected = naive.run(rows);
        } catch (ArithmeticException overflow) {
            // What happens to these groups is tested on its own.
            return;
        }
        RecordedRejects rejects = new RecordedRejects();
        List<String> missing = sorted(expected);
        List<String> wrong = sorted(AggregateRuns.random(step, rows, schema, random, rejects));
        removeEqual(missing, wrong);
        assertThat(wrong).as("seed %d: %s over %s", seed, settings, schema).containsExactlyElementsOf(missing);
        assertThat(rejects.rejected()).as("seed %d", seed).hasSize(naive.rejected);
    }

    /** As text, because the order of groups means nothing. */
    private static List<String> sorted(List<Map<String, Object>> records) {
        return records.stream()
                .map(record -> NaiveValues.comparable(record).toString())
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Leaves what a message should show. */
    private static void removeEqual(List<String> one, List<String> other) {
        List<String> equal = new ArrayList<>(one);
        equal.retainAll(other);
        for (String common : equal) {
            if (other.remove(common)) {
                one.remove(common);
            }
        }
    }

    private static Schema schema(RandomBatches values, Random random) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("ts", DataType.TIMESTAMP));
        fields.add(Field.of("tie", values.type()));
        fields.add(Field.of("passes", DataType.BOOLEAN));
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.add(Field.of("k" + i, values.type()));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            fields.add(Field.of("v" + i, random.nextBoolean() ? number(random) : values.type()));
        }
        return Schema.of(fields);
    }

    private static DataType number(Random random) {
        return List.of(
                        DataType.INT32,
                        DataType.INT64,
                        DataType.FLOAT64,
                        DataType.FLOAT64,
                        DataType.decimal(12, 2),
                        DataType.decimal(30, 5))
                .get(random.nextInt(6));
    }

    private static Aggregate settings(Schema schema, Random random) {
        List<String> by =
                schema.names().stream().filter(name -> name.startsWith("k")).toList();
        Map<String, Measure> measures = new LinkedHashMap<>();
        for (String name : schema.names()) {
            if (name.startsWith("v")) {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    Measure.Basic measure = measure(
                            column(name), schema.field(schema.require(name)).type(), random);
                    measures.put(
                            "m" + measures.size(),
                            random.nextInt(3) == 0
                                    ? new Measure.Filtered(
                                            measure, column("passes").orElseThrow())
                                    : measure);
                }
            }
        }
        return new Aggregate(by, measures, window(random), Optional.of("ts"), List.of("tie"));
    }

    private static Optional<Expression> column(String name) {
        return Optional.of(new Expression.ColumnReference(Position.START, name));
    }

    private static Measure.Basic measure(Optional<Expression> value, DataType type, Random random) {
        boolean number =
                switch (type.kind()) {
                    case INT32, INT64, FLOAT64, DECIMAL -> true;
                    case BOOLEAN, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> false;
                };
        OptionalInt limit = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(4));
        return switch (random.nextInt(number ? 17 : 11)) {
            case 0 -> new Measure.CountRows();
            case 1 -> new Measure.Count(value);
            case 2 -> new Measure.CountDistinct(value);
            case 3 -> new Measure.Minimum(value);
            case 4 -> new Measure.Maximum(value);
            case 5 -> new Measure.First(value);
            case 6 -> new Measure.Last(value, limit);
            case 7 -> new Measure.Top(value, 1 + random.nextInt(3));
            case 8, 9 -> new Measure.CollectSet(value, limit);
            case 10 -> new Measure.CollectList(value, limit);
            case 11, 12 -> new Measure.Sum(value);
            case 13 -> new Measure.Average(value);
            case 14 -> new Measure.Variance(value, random.nextBoolean());
            case 15 -> new Measure.Deviation(value, random.nextBoolean());
            default -> new Measure.Sum(value);
        };
    }

    private static Optional<WindowSettings> window(Random random) {
        Optional<WindowLength> none = Optional.empty();
        Optional<ZoneId> zone = Optional.of(ZONES.get(random.nextInt(ZONES.size())));
        return switch (random.nextInt(7)) {
            case 0 -> Optional.of(new WindowSettings(
                    Optional.of(WindowLength.of(Duration.ofMinutes(1 + random.nextInt(90)))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("ts"),
                    Optional.empty()));
            case 1 -> Optional.of(new WindowSettings(
                    Optional.of(WindowLength.ofDays(1 + random.nextInt(8))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    zone));
            case 2 -> {
                int every = 1 + random.nextInt(4);
                yield Optional.of(new WindowSettings(
                        none,
                        Optional.of(new Sliding(
                                WindowLength.ofDays(every + random.nextInt(5)), WindowLength.ofDays(every))),
                        Optional.empty(),
                        Optional.empty(),
                        zone));
            }
            case 3 -> {
                int every = 5 + random.nextInt(60);
                yield Optional.of(new WindowSettings(
                        none,
                        Optional.of(new Sliding(
                                WindowLength.of(Duration.ofMinutes(every + random.nextInt(100))),
                                WindowLength.of(Duration.ofMinutes(every)))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
            case 4, 5 -> {
                Duration gap = Duration.ofMinutes(1 + random.nextInt(200));
                Optional<Duration> max =
                        random.nextBoolean() ? Optional.empty() : Optional.of(gap.multipliedBy(1 + random.nextInt(4)));
                yield Optional.of(new WindowSettings(
                        none,
                        Optional.empty(),
                        Optional.of(new Session(gap, max)),
                        Optional.empty(),
                        Optional.empty()));
            }
            default -> Optional.empty();
        };
    }

    /** Times lie close together around a change of the clocks, and keys and values repeat. */
    private static List<Map<String, Object>> rows(Schema schema, RandomBatches values, Random random) {
        List<Map<String, Object>> pool = values.records(schema, 6);
        List<Map<String, Object>> rows = values.records(schema, random.nextInt(150));
        for (Map<String, Object> row : rows) {
            for (Field field : schema) {
                if (field.name().startsWith("k") || random.nextInt(3) == 0) {
                    row.put(field.name(), pool.get(random.nextInt(pool.size())).get(field.name()));
                }
                if (field.type().kind() == Kind.FLOAT64 && random.nextInt(3) > 0) {
                    row.put(field.name(), Math.round(random.nextGaussian() * 10_000) / 100.0);
                }
                if (field.type().kind() == Kind.INT64 && random.nextInt(10) > 0) {
                    row.put(field.name(), (long) random.nextInt(1_000));
                }
            }
            if (random.nextInt(20) > 0) {
                row.put(
                        "ts",
                        Instant.parse("2024-03-09T00:00:00Z")
                                .plusSeconds(random.nextInt(60) * 1_800L + random.nextInt(2)));
            }
        }
        return rows;
    }
}
