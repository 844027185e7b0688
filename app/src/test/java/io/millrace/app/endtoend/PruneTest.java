package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace runs --prune}. */
class PruneTest {
    private static final String PIPELINE =
            """
            pipeline: small
            extract:
              files: {path: rows.csv, schema: {id: int64}}
            load:
              parquet: {path: out, mode: overwrite}
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

    private JsonNode json(String... arguments) {
        ChildExit exit = millrace(arguments);
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit);
    }

    @Test
    void forgetsOldRunsWithTheirFilesAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), PIPELINE);
        Files.writeString(folder.resolve("rows.csv"), "id\n1\nx\n");
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(json("run", "small.yaml", "--json").path("run").asText());
        }
        assertThat(kept()).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(millrace("runs", "--prune").code()).isEqualTo(2);
        assertThat(millrace("runs", "--keep", "3").code()).isEqualTo(2);
        assertThat(json("runs", "--prune", "--keep-days", "1", "--json").path("forgotten"))
                .isEmpty();
        JsonNode pruned = json("runs", "--prune", "--keep", "1", "--json");
        assertThat(pruned.path("forgotten").toString()).isEqualTo("[\"" + runs.get(1) + "\",\"" + runs.get(0) + "\"]");
        assertThat(kept()).containsExactly(runs.get(2));
        assertThat(json("runs", "--json").path("runs")).hasSize(1);
        assertThat(json("rejects", runs.get(2), "--json").path("rows")).hasSize(1);
        assertThat(millrace("status", runs.get(0)).code()).isEqualTo(2);
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve(".millrace/runs"))) {
            return folders.map(run -> run.getFileName().toString()).toList();
        }
    }
}
