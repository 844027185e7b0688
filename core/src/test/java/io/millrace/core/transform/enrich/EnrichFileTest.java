package io.millrace.core.transform.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Environment;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.core.lookup.Sink;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.pipeline.PipelineSchema;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.testkit.transform.RecordedRejects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code enrich} as pipeline files say it. */
class EnrichFileTest {
    private static final String SECRET = "hunter2-and-more";

    @TempDir
    Path folder;

    private final MemoryTables tables = new MemoryTables();
    private final Catalog catalog = Catalog.of(List.of(tables, new Sink()), List.of(new EnrichFactory()));

    private PipelineDefinition load(String... steps) {
        StringBuilder text = new StringBuilder("pipeline: p\nextract: {tables: {table: events}}\ntransform:\n");
        for (String step : steps) {
            text.append("  - enrich: ").append(step).append('\n');
        }
        text.append("load: {sink: {path: out}}\n");
        try {
            Files.writeString(folder.resolve("p.yaml"), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return PipelineFile.load(
                        Path.of("p.yaml"),
                        List.of(),
                        Optional.empty(),
                        new Environment(Map.of("SECRET", SECRET), folder),
                        catalog)
                .definition();
    }

    private static LookupTransform transform(PipelineDefinition definition, int step) {
        return (LookupTransform) ((RowStep) definition.transform().get(step)).transform();
    }

    private void refused(String step, String... parts) {
        assertThatThrownBy(() -> load(step)).as(step).hasMessageContainingAll(parts);
    }

    @Test
    void aTableIsReadWholeUnlessItIsAskedByKey() {
        PipelineDefinition definition = load(
                "{from: {tables: {table: items}}, on: {item: id}}",
                "{from: {keyed: {tables: {table: items}}}, on: {item: id}, cache: {ttl: 1m}}");
        assertThat(transform(definition, 0).requests().get(0).source()).isInstanceOf(LookupSource.Whole.class);
        assertThat(transform(definition, 1).requests().get(0).source()).isInstanceOf(LookupSource.ByKey.class);
        assertThat(transform(definition, 0).requests().get(0).name()).isEqualTo("enrich");
        assertThat(transform(definition, 1).requests().get(0).name()).isEqualTo("enrich-2");
    }

    @Test
    void whatContradictsIsRefusedWithItsPlace() {
        String from = "{from: {tables: {table: items}}, ";
        String keyed = "{from: {keyed: {tables: {table: items}}}, ";
        refused(from + "on: {}}", "transform.0.enrich.on", "is missing");
        refused(from + "on: {a: id, b: id}}", "enrich.on", "'id' twice");
        refused(from + "on: {a: id}, cache: {ttl: 1m}}", "enrich.cache", "servers asked by key");
        refused(keyed + "on: {a: id}, memory: 1MB}", "enrich.memory", "tables read whole");
        refused(keyed + "on: {a: id}, as_of: {time: t, valid_from: f}}", "enrich.as_of", "read the table whole");
        refused(
                from + "on: {a: id}, add: {x: y}, missing: {default: {z: 1}}}",
                "enrich.missing",
                "default for 'z', which is not among");
        refused(from + "on: {a: id}, missing: {default: {}}}", "names no column");
        refused(from + "on: {a: id}, as_of: {time: t, valid_from: f, valid_to: f}}", "valid_to");
        refused("{from: {sink: {path: x}}, on: {a: id}}", "the connector 'sink' can only be written");
        refused("{from: {keyed: {sink: {path: x}}}, on: {a: id}}", "cannot be asked by key");
        refused("{from: {table: {table: x}}, on: {a: id}}", "did you mean 'tables'");
        refused("{on: {a: id}}", "the key 'from' is missing");
    }

    @Test
    void theDefinitionKnowsTheTableAndNoSecret() {
        String one = "{from: {tables: {table: items, password: \"${env:SECRET}\"}}, on: {item: id}}";
        String other = one.replace("items", "goods");
        assertThat(load(one).fingerprint()).isEqualTo(load(one).fingerprint());
        assertThat(load(one).fingerprint().difference(load(other).fingerprint()))
                .containsExactly("transform.0.enrich.from.tables.table: items → goods");
        assertThat(load(one).fingerprint().toJson()).contains("password").doesNotContain(SECRET);
    }

    @Test
    void editorsAreOfferedEveryConnectorThatCanBeLookedUpIn() {
        assertThat(PipelineSchema.generate(catalog)).contains("\"keyed\"", "\"valid_from\"", "\"missing_ttl\"");
    }

    private Batch enriched(String step, Schema input, List<Map<String, Object>> rows) {
        LookupTransform transform = transform(load(step), 0);
        transform = transform.connected(MemoryTables.CONTEXT);
        Lookups lookups = new Lookups(transform.requests());
        lookups.prepareForNow();
        try (var bound = transform.bind(input, lookups.at(Instant.EPOCH))) {
            return bound.apply(Batch.ofRecords(input, rows), new RecordedRejects());
        }
    }

    private static Map<String, Object> record(Object... namesAndValues) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return record;
    }

    @Test
    void withoutAddAllOtherColumnsComeInTheirOrder() {
        Schema items = Schema.of(
                Field.of("title", DataType.STRING),
                Field.of("id", DataType.INT32),
                new Field("price", DataType.decimal(8, 2), false));
        tables.put("items", items, List.of());
        Schema events = Schema.of(Field.of("item", DataType.INT64));
        Batch output =
                enriched("{from: {tables: {table: items}}, on: {item: id}}", events, List.of(record("item", 1L)));
        assertThat(output.schema()).hasToString("(item int64, title string, price decimal(8,2))");
        assertThat(output.record(0)).isEqualTo(record("item", 1L, "title", null, "price", null));
    }

    @Test
    void columnsAreNotNullWhereNoRowCanLackThem() {
        Schema items = Schema.of(
                Field.of("id", DataType.INT64),
                new Field("title", DataType.STRING, false),
                Field.of("price", DataType.INT64));
        tables.put("items", items, List.of());
        Schema events = Schema.of(Field.of("item", DataType.INT64));
        String step = "{from: {tables: {table: items}}, on: {item: id}, missing: ";
        assertThat(enriched(step + "set_null}", events, List.of()).schema())
                .hasToString("(item int64, title string, price int64)");
        assertThat(enriched(step + "reject}", events, List.of()).schema())
                .hasToString("(item int64, title string not null, price int64)");
        assertThat(enriched(step + "{default: {title: none}}}", events, List.of())
                        .schema())
                .hasToString("(item int64, title string not null, price int64)");
        assertThat(enriched(step + "{default: {price: 0}}}", events, List.of()).schema())
                .hasToString("(item int64, title string, price int64)");
    }

    @Test
    void whatDoesNotFitTheColumnsIsRefusedWithBothTypes() {
        Schema items = Schema.of(
                Field.of("id", DataType.STRING), Field.of("item", DataType.INT64), Field.of("since", DataType.DATE));
        tables.put("items", items, List.of());
        Schema events = Schema.of(
                Field.of("item", DataType.INT64),
                Field.of("ts", DataType.TIMESTAMP),
                Field.of("rating", DataType.FLOAT64));
        String from = "{from: {tables: {table: items}}, ";
        mismatch(
                from + "on: {item: id}, add: {x: since}}",
                events,
                "our column 'item' is int64 and their column 'id' is string");
        mismatch(from + "on: {itm: id}}", events, "enrich, on: there is no column 'itm' here; did you mean 'item'?");
        mismatch(from + "on: {rating: item}, add: {x: id}}", events, "our column 'rating' is float64");
        mismatch(
                from + "on: {item: item}, add: {ts: since}}",
                events,
                "there is a column 'ts' already; give the new one another name, for instance add: {their_ts: since}");
        mismatch(
                from + "on: {item: item}, as_of: {time: ts, valid_from: since}}",
                events,
                "our time 'ts' is timestamp and their valid_from 'since' is date");
        mismatch(
                from + "on: {item: item}, add: {x: since}, missing: {default: {x: soon}}}",
                events,
                "column 'x': default 'soon' is not a value of type date");
        mismatch(
                from + "on: {item: item}, missing: {default: {titel: x}}}",
                events,
                "a default for 'titel', and the added columns are id, since");
    }

    private void mismatch(String step, Schema input, String message) {
        assertThatThrownBy(() -> enriched(step, input, List.of())).hasMessageContaining(message);
    }
}
