package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace rejects --replay}: after a fix, the rejected rows come into the target, once. */
class ReplayTest {
    private static final String PIPELINE =
            """
            pipeline: small
            extract:
              files: {path: rows.csv, schema: {id: int64, price: string, at: timestamp}}
            transform:
              - clean:
                  outliers: {id: {max: 100, action: reject}}
              - clean: {types: {price: "decimal(6,2)"}}
            load:
              parquet: {path: out}
            run: {max_error_rate: 1}
            """;

    @TempDir
    Path folder;

    private ChildExit millrace(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments(arguments)
                .run(Workspace.PATIENCE);
    }

    private JsonNode succeeded(String... arguments) {
        ChildExit exit = millrace(arguments);
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), text);
    }

    private String ran() throws IOException {
        write(PIPELINE);
        Files.writeString(
                folder.resolve("rows.csv"),
                """
                id,price,at
                1,1.50,2026-01-01T00:00:00Z
                2,12.345,2026-01-02T00:00:00.000001Z
                300,2.00,2026-01-03T00:00:00Z
                x,2.00,2026-01-04T00:00:00Z
                5,worth it,2026-01-05T00:00:00Z
                """);
        JsonNode report = succeeded("run", "small.yaml", "--json");
        assertThat(report.path("rejected").asLong()).isEqualTo(4);
        return report.path("run").asText();
    }

    @Test
    void rowsComeInOnceAfterTheFix() throws IOException {
        String run = ran();
        write(PIPELINE.replace("max: 100", "max: 1000").replace("decimal(6,2)", "decimal(6,3)"));
        ChildExit changedSchema = millrace("rejects", run, "--replay", "--json");
        // The files that are there have another type of price.
        assertThat(changedSchema.code()).as("%s", changedSchema).isEqualTo(2);

        write(PIPELINE.replace("max: 100", "max: 1000"));
        JsonNode replayed = succeeded("rejects", run, "--replay", "--json");
        assertThat(replayed.path("run").asText()).isEqualTo(run);
        assertThat(replayed.path("not_replayed").asLong()).isEqualTo(1);
        JsonNode first = replayed.path("replays").get(0);
        assertThat(first.path("pipeline").asText()).isEqualTo("small.replay-" + run + "-clean");
        assertThat(first.path("extracted").asLong()).isEqualTo(1);
        assertThat(first.path("loaded").asLong()).isEqualTo(1);
        JsonNode second = replayed.path("replays").get(1);
        assertThat(second.path("extracted").asLong()).isEqualTo(2);
        assertThat(second.path("rejected").asLong()).isEqualTo(2);

        JsonNode again = succeeded("rejects", run, "--replay", "--json");
        assertThat(again.path("replays"))
                .allSatisfy(one -> assertThat(one.path("status").asText()).isEqualTo("already_done"));
        JsonNode copied = succeeded("run", copy(), "--json");
        assertThat(copied.path("extracted").asLong()).isEqualTo(2);
        assertThat(copied.path("loaded").asLong()).isEqualTo(1);
        JsonNode rest = succeeded("rejects", second.path("run").asText(), "--json");
        assertThat(rest.path("rows")).hasSize(2);
        ChildExit resumed = millrace("resume", second.path("run").asText());
        assertThat(resumed.code()).as("%s", resumed).isEqualTo(2);
    }

    private String copy() throws IOException {
        Files.writeString(
                folder.resolve("copy.yaml"),
                """
                pipeline: copy
                extract:
                  files: {path: out, format: parquet}
                transform:
                  - filter: "id = 300 AND at = TIMESTAMP '2026-01-03 00:00:00' AND price = 2.00"
                load:
                  parquet: {path: copied}
                """);
        return "copy.yaml";
    }

    @Test
    void refusesWhatWouldNotBeTheSameAsARunWithoutFaults() throws IOException {
        String run = ran();
        write(PIPELINE.replace("path: out", "path: out, mode: overwrite"));
        ChildExit replaced = millrace("rejects", run, "--replay");
        assertThat(replaced.code()).as("%s", replaced).isEqualTo(2);
        assertThat(replaced.errors()).contains("is replaced by each run (mode overwrite)");
        write(PIPELINE.replace("load:", "  - deduplicate: {key: [id]}\nload:"));
        ChildExit compared = millrace("rejects", run, "--replay");
        assertThat(compared.code()).as("%s", compared).isEqualTo(2);
        assertThat(compared.errors()).contains("behind step 'clean', rows are compared with others");
        write(PIPELINE.replace("  - clean: {types: {price: \"decimal(6,2)\"}}\n", ""));
        ChildExit gone = millrace("rejects", run, "--replay");
        assertThat(gone.code()).as("%s", gone).isEqualTo(2);
        assertThat(gone.errors()).contains("rejected by step 'clean-2', and the pipeline has no such step");
    }
}
