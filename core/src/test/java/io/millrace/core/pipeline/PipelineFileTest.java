package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ConnectorContext;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.DataType;
import io.millrace.core.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
    private static final String FULL =
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

    @TempDir
    Path folder;

    @Test
    void bindsAWholePipeline() throws IOException {
        LoadedPipeline loaded = load(FULL);

        PipelineDefinition definition = loaded.definition();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(definition.name()).isEqualTo("clean-behaviors");
        assertThat(definition.description()).contains("Behaviour events, cleaned");
        assertThat(definition.file()).isEqualTo(Path.of("p.yaml"));
        assertThat(definition.directory()).isEqualTo(folder);
        assertThat(definition.extract().connector()).isEqualTo("database");
        assertThat(definition.extract().settings())
                .isEqualTo(new FakeConnectors.DatabaseSource(
                        "db://localhost/recommend",
                        Optional.of("reader"),
                        Optional.of(Secret.of("hunter22")),
                        Optional.of("public.events"),
                        Optional.empty(),
                        List.of("event_id", "user_id"),
                        Optional.of("created_at"),
                        1000,
                        Duration.ofSeconds(30)));
        assertThat(definition.load().settings())
                .isEqualTo(new FakeConnectors.LakeTarget(
                        "lake/behaviors",
                        List.of("date"),
                        FakeConnectors.LakeMode.OVERWRITE_PARTITIONS,
                        new io.millrace.api.ByteSize(128 << 20)));
        assertThat(definition.transform())
                .extracting(StepDefinition::label)
                .containsExactly("scrub", "deduplicate", "scrub-2");
        FakeConnectors.ScrubSettings scrub = (FakeConnectors.ScrubSettings)
                ((StepDefinition.RowStep) definition.transform().get(0)).settings();
        assertThat(scrub.strings()).isEqualTo(new FakeConnectors.Strings(false, true));
        assertThat(scrub.defaults())
                .isEqualTo(Map.of("rating", 0.0, "category", "unknown", "flag", true, "code", "012"));
        assertThat(scrub.types()).isEqualTo(Map.of("rating", DataType.FLOAT64, "price", DataType.decimal(10, 2)));
        assertThat(definition.run().workers()).isEqualTo(2);
        assertThat(definition.run().batchRows()).isEqualTo(8192);
        assertThat(definition.run().retry().policy())
                .isEqualTo(new RetryPolicy(3, Duration.ofMillis(200), Duration.ofMinutes(1)));
        assertThat(definition.schedule().orElseThrow().timezone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void createsWhatTheConnectorsMake() throws IOException {
        PipelineDefinition definition = load(FULL).definition();
        ConnectorContext context = new ConnectorContext(definition.directory(), RetryPolicy.NONE);

        assertThatThrownBy(() -> definition.extract().create(context)).hasMessage("the source of public.events");
        assertThatThrownBy(() -> definition.load().create(context)).hasMessage("the target of LakeTarget");
    }

    private LoadedPipeline load(String text, String... sets) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), text);
        return PipelineFile.load(
                Path.of("p.yaml"),
                List.of(sets),
                TimeWindow.between(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z")),
                new Environment(Map.of("DBPASSWORD", "hunter22"), folder),
                FakeConnectors.catalog());
    }
}
