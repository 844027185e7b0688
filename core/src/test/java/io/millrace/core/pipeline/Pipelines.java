package io.millrace.core.pipeline;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads pipelines from texts, as from a file {@code p.yaml} in a folder. */
record Pipelines(Path folder, Map<String, String> variables, Optional<TimeWindow> window) {
    static final TimeWindow DAY = new TimeWindow(
            Optional.of(Instant.parse("2024-01-01T00:00:00Z")), Optional.of(Instant.parse("2024-01-02T00:00:00Z")));

    static final String MINIMAL =
            """
            pipeline: p
            extract:
              database: {url: u, table: t}
            load:
              lake: {path: out}
            """;

    static final String FULL =
            """
            # yaml-language-server: $schema=pipeline.schema.json
            pipeline: clean-behaviors
            description: Behaviour events, cleaned
            extract:
              database:
                url: db://localhost/recommend
                user: ${env:DBUSER:-reader}
                password: ${env:DBPASSWORD}
                table: public.events
                columns: [event_id, user_id]
                time_column: created_at
            transform:
              - scrub:
                  strings: {trim: false}
                  defaults: {rating: 0.0, category: unknown, flag: true, code: "012"}
                  types: {rating: float64, price: "decimal(10,2)"}
                  outliers: {rating: {min: 0, max: 5, action: clamp}}
              - deduplicate: {key: [event_id]}
              - scrub: {}
            load:
              lake: {path: lake/behaviors, partition_by: [date], mode: overwrite_partitions}
            run:
              engine: local
              parallelism: 2
              max_error_rate: 0.01
              retry: {attempts: 3, max: 1m}
              rejects: lake/_rejects
            schedule: {cron: "0 2 * * *", timezone: Asia/Shanghai, catchup: true, depends_on: [load-items], owner: reco}
            """;

    Pipelines(Path folder) {
        this(folder, Map.of("DBPASSWORD", "hunter22"), Optional.of(DAY));
    }

    LoadedPipeline load(String text, String... sets) {
        try {
            Files.writeString(folder.resolve("p.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PipelineFile.load(
                Path.of("p.yaml"), List.of(sets), window, new Environment(variables, folder), FakeConnectors.catalog());
    }

    /** The minimal pipeline with this line in its source's settings. */
    FakeConnectors.DatabaseSource source(String line) {
        String text = MINIMAL.replace("{url: u, table: t}", "\n    " + line);
        return (FakeConnectors.DatabaseSource) load(text).definition().extract().settings();
    }
}
