package io.millrace.core.step;

import io.millrace.api.BindContext;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Environment;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.core.lookup.Sink;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.check.CheckFactory;
import io.millrace.core.transform.clean.CleanFactory;
import io.millrace.core.transform.derive.DeriveFactory;
import io.millrace.core.transform.enrich.EnrichFactory;
import io.millrace.core.transform.filter.FilterFactory;
import io.millrace.core.transform.normalize.NormalizeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random pipelines of all kinds of steps over a fixed source, and random rows for them. */
final class RandomSteps {
    static final Schema SOURCE = Schema.of(
            Field.of("a", DataType.INT64),
            Field.of("b", DataType.INT64),
            Field.of("c", DataType.STRING),
            Field.of("d", DataType.STRING),
            Field.of("e", DataType.FLOAT64),
            Field.of("t", DataType.TIMESTAMP));

    private static final String[] WORDS = {"x", " y ", "\u00e9", "\u65e5\u672c", "", "7"};
    private static final MemoryTables TABLES = new MemoryTables();

    static {
        Schema items = Schema.of(Field.of("id", DataType.INT64), Field.of("label", DataType.STRING));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = -1; id < 6; id += 2) {
            rows.add(Map.of("id", id, "label", WORDS[(int) (id + 1) % WORDS.length]));
        }
        TABLES.put("items", items, rows);
        TABLES.put("source", SOURCE, List.of());
    }

    private static final Catalog CATALOG = Catalog.of(
            List.of(TABLES, new Sink()),
            List.of(
                    new CheckFactory(),
                    new CleanFactory(),
                    new DeriveFactory(),
                    new EnrichFactory(),
                    new FilterFactory(),
                    new NormalizeFactory()));

    private final Random random;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private int names;

    RandomSteps(Random random) {
        this.random = random;
    }

    @Override
    public String toString() {
        return steps.toString();
    }

    /** So many steps, each of which fits what the ones before it yield. */
    StepChain chain(int count) {
        StepChain chain = resolve();
        while (steps.size() < count) {
            steps.add(step(chain.output()));
            try {
                chain = resolve();
            } catch (MillraceException unfit) {
                steps.remove(steps.size() - 1);
            }
        }
        return chain(steps);
    }

    private StepChain resolve() {
        return chain(steps, false);
    }

    /** These steps, as pipeline files have them, behind the source. */
    static StepChain chain(List<Map<String, Object>> steps) {
        return chain(steps, true);
    }

    private static StepChain chain(List<Map<String, Object>> steps, boolean prepared) {
        Map<String, Object> document = new HashMap<>();
        document.put("pipeline", "p");
        document.put("extract", Map.of("tables", Map.of("table", "source")));
        document.put("transform", steps);
        document.put("load", Map.of("sink", Map.of("path", "out")));
        List<StepDefinition> definitions = PipelineFile.ofMap(
                        document, Optional.empty(), new Environment(Map.of(), Path.of("")), CATALOG)
                .definition()
                .transform()
                .stream()
                .map(step -> step.connected(MemoryTables.CONTEXT))
                .toList();
        Lookups lookups = new Lookups(definitions.stream()
                .filter(step -> step instanceof RowStep row && row.transform() instanceof LookupTransform)
                .flatMap(step -> ((LookupTransform) ((RowStep) step).transform()).requests().stream())
                .toList());
        if (prepared) {
            lookups.prepareForNow();
        }
        BindContext context = lookups.at(Instant.EPOCH);
        return StepChain.resolve(definitions, SOURCE, context);
    }

    private Map<String, Object> step(Schema input) {
        String any = input.field(random.nextInt(input.size())).name();
        String whole = of(input, DataType.INT64);
        String other = of(input, DataType.INT64);
        String text = of(input, DataType.STRING);
        String real = of(input, DataType.FLOAT64);
        String time = of(input, DataType.TIMESTAMP);
        String fresh = "n" + names++;
        return switch (random.nextInt(9)) {
            case 0 -> map(
                    "filter",
                    one(
                            whole + " % 3 <> 1",
                            text + " <> 'x'",
                            real + " > 0 OR " + whole + " IS NULL",
                            "10 / " + whole + " > 2"));
            case 1 -> map(
                    "derive",
                    map(
                            one(fresh, whole),
                            one(
                                    whole + " + " + other,
                                    other,
                                    "20 / " + whole,
                                    "CASE WHEN " + text + " = 'x' THEN " + whole + " END",
                                    "COALESCE(" + whole + ", " + other + ")"),
                            one(fresh + "_text", text),
                            one("concat(" + text + ", 'z')", text, "COALESCE(" + text + ", 'none')")));
            case 2 -> map(
                    "clean",
                    map(
                            "nulls",
                            map(any, one("drop_row", "reject", "keep")),
                            "types",
                            map(text, one("string", "int64")),
                            "outliers",
                            map(whole, map("min", -2, "max", 3, "action", one("reject", "clamp", "set_null")))));
            case 3 -> map(
                    "enrich",
                    map(
                            "from",
                            map("tables", map("table", "items")),
                            "on",
                            map(whole, "id"),
                            "add",
                            map(fresh, "label"),
                            "missing",
                            one("set_null", "reject", "drop_row", map("default", map(fresh, "none")))));
            case 4 -> map(
                    "normalize",
                    map(
                            real,
                            one(
                                    map("min_max", map("min", 0, "max", 5), "as", fresh),
                                    map("log1p", map()),
                                    map("clip", map("min", 0, "max", 1))),
                            text,
                            one(
                                    map("index", map("values", List.of("x", "y"))),
                                    map("one_hot", map("values", List.of("x", "y"), "columns", true)))));
            case 5 -> map(
                    "deduplicate",
                    random.nextBoolean()
                            ? map("key", List.of(any))
                            : map("key", List.of(whole), "order_by", List.of(one(text, real))));
            case 6 -> map(
                    "sessionize",
                    map(
                            "key",
                            List.of(any),
                            "time",
                            time,
                            "add",
                            map(
                                    fresh,
                                    one("seconds_since_previous", "session_index", "event_index", "session_start"))));
            case 7 -> aggregate(input, any, whole, text, time, fresh);
            default -> map(
                    "check",
                    map(
                            whole,
                            one(
                                    map("range", map("min", -1, "max", 3), "severity", one("reject", "warn")),
                                    "unique",
                                    map("exists_in", map("from", map("tables", map("table", "items")), "on", "id"))),
                            text,
                            one("not_null", map("in", List.of("x", ""), "severity", one("reject", "warn", "fail")))));
        };
    }

    private Map<String, Object> aggregate(
            Schema input, String any, String whole, String text, String time, String fresh) {
        Map<String, Object> step = map(
                "by",
                random.nextInt(4) == 0 ? List.of() : List.of(any),
                "time",
                time,
                "measures",
                map(
                        fresh,
                        one(
                                "count(*)",
                                "count(*) FILTER (WHERE " + text + " = 'x')",
                                "last(" + whole + ")",
                                "max(" + text + ")"),
                        fresh + "_sum",
                        one("sum(" + whole + ")", "sum(" + whole + ") FILTER (WHERE " + text + " <> 'x') / count(*)"),
                        fresh + "_text",
                        one("min(" + text + ")", "first(" + text + ")"),
                        fresh + "_time",
                        one("max(" + time + ")", "min(" + time + ")")));
        if (random.nextInt(3) == 0) {
            step.put("window", one(map("tumbling", "1h"), map("session", map("gap", "10m"))));
        }
        return map("aggregate", step);
    }

    /** In this order, which may matter. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String of(Schema input, DataType type) {
        List<String> names = input.fields().stream()
                .filter(field -> field.type().equals(type))
                .map(Field::name)
                .toList();
        return names.isEmpty() ? "no_" + type : names.get(random.nextInt(names.size()));
    }

    static List<Map<String, Object>> rows(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            Map<String, Object> row = new HashMap<>();
            SOURCE.names().forEach(name -> row.put(name, value(random, name)));
            rows.add(row);
        }
        return rows;
    }

    /** The same rows, some of them with another value in a column. */
    static List<Map<String, Object>> changed(Random random, List<Map<String, Object>> rows, String column) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> other = new HashMap<>(row);
            if (random.nextBoolean()) {
                other.put(column, value(random, column));
            }
            changed.add(other);
        }
        return changed;
    }

    private static Object value(Random random, String column) {
        if (random.nextInt(7) == 0) {
            return null;
        }
        return switch (column) {
            case "a", "b" -> (long) random.nextInt(7) - 2;
            case "c", "d" -> WORDS[random.nextInt(WORDS.length)];
            case "e" -> random.nextInt(8) == 0 ? Double.NaN : random.nextInt(20) / 4.0 - 2;
            default -> Instant.ofEpochSecond(300L * random.nextInt(20));
        };
    }
}
