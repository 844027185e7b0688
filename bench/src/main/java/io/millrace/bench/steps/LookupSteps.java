package io.millrace.bench.steps;

import io.millrace.api.BoundTransform;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Rejects;
import io.millrace.api.RetryPolicy;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.StepSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Steps that look up in a table of a million rows, for keys in no order: beyond the processor's caches. */
final class LookupSteps {
    private static final int ITEMS = 1_000_000;
    private static final int BATCHES = 200;
    private static final Rejects REJECTS = new NoRejects();
    private static final Schema EVENTS =
            Schema.of(Field.of("item", DataType.INT64), Field.of("item_code", DataType.STRING));

    private final Path table;
    private final List<Batch> events = events();

    private LookupSteps(Path table) {
        this.table = table;
    }

    /** Measures all of them. */
    static void measure(Steps.Results results) {
        try {
            Path folder = Files.createTempDirectory("millrace-bench");
            LookupSteps steps = new LookupSteps(table(folder.resolve("items.csv")));
            Map<String, String> both = new LinkedHashMap<>();
            both.put("item", "id");
            both.put("item_code", "code");
            results.add("`enrich`, one int64 key, 1 M rows", steps.enrich(Map.of("item", "id")), "5");
            results.add("`enrich`, one key of 20 bytes, 1 M rows", steps.enrich(Map.of("item_code", "code")), "5");
            results.add("`enrich`, both keys, 1 M rows", steps.enrich(both), "5");
            Object exists = Map.of("item", Map.of("exists_in", Map.of("from", steps.from(), "on", "id")));
            results.add("`check`, `exists_in`, one int64 key, 1 M rows", steps.rate("check", exists), "5");
            Files.delete(steps.table);
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private double enrich(Map<String, String> on) {
        return rate(
                "enrich", Map.of("from", from(), "on", on, "add", Map.of("title", "title", "price", "price")));
    }

    private Map<String, Object> from() {
        Map<String, Object> schema =
                Map.of("id", "int64", "code", "string", "title", "string", "price", "decimal(8,2)");
        return Map.of("files", Map.of("path", table.toString(), "format", "csv", "schema", schema));
    }

    private double rate(String step, Object settings) {
        Catalog catalog = Catalog.load();
        LookupTransform transform = transform(catalog, catalog.transforms().get(step), settings);
        Lookups lookups = new Lookups(transform.requests());
        lookups.prepareForNow();
        try (BoundTransform bound = transform.bind(EVENTS, lookups.at(Instant.now()))) {
            return Work.rate(() -> {
                long rows = 0;
                for (Batch batch : events) {
                    bound.apply(batch, REJECTS);
                    rows += batch.rowCount();
                }
                return rows;
            });
        }
    }

    private static <S extends Record> LookupTransform transform(
            Catalog catalog, TransformFactory<S> factory, Object settings) {
        LookupTransform transform = (LookupTransform) factory.create(StepSettings.bind(catalog, factory, settings));
        return transform.connected(new ConnectorContext(Path.of("").toAbsolutePath(), RetryPolicy.DEFAULT));
    }

    private static Path table(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,code,title,price\n");
            for (int item = 0; item < ITEMS; item++) {
                out.write(id(item) + "," + code(item) + ",the item called " + (1_000 + item % 9_000) + ","
                        + item % 1_000 + ".25\n");
            }
        }
        return file;
    }

    private static List<Batch> events() {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            BatchBuilder builder = new BatchBuilder(EVENTS);
            for (int row = 0; row < Sample.ROWS; row++) {
                int item = random.nextInt(ITEMS);
                Sample.longs(builder, 0).append(id(item));
                Sample.text(builder, 1).append(code(item));
            }
            batches.add(builder.build(null));
        }
        return batches;
    }

    private static long id(int item) {
        return item * 0x9e3779b97f4a7c15L;
    }

    private static String code(int item) {
        return String.format("item-%015d", item);
    }
}
