package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace fit} from CSV files, and the runs that use what it learned. */
class FitCommandTest {
    private static final String PIPELINE =
            """
            pipeline: features
            extract:
              files:
                path: raw
                format: csv
                schema: {id: int64, price: float64, category: string}
            transform:
              - normalize:
                  price: {z_score: {fit: state/price.json}}
                  category: {index: {fit: state/category.json, unknown: 0}, as: category_index}
            load:
              parquet: {path: lake}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.writeString(folder.resolve("features.yaml"), PIPELINE);
        Files.createDirectory(folder.resolve("raw"));
        Files.writeString(folder.resolve("raw/1.csv"), "id,price,category\n1,1.0,a\n2,2.0,b\n");
        Files.writeString(folder.resolve("raw/2.csv"), "id,price,category\n3,3.0,b\n4,6.0,\n");
    }

    private ChildExit millrace(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments(arguments)
                .run(Workspace.PATIENCE);
    }

    private JsonNode succeeded(ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit);
    }

    @Test
    void learnsRunsAndSeesDrift() throws IOException {
        ChildExit early = millrace("run", "features.yaml", "--json");
        assertThat(early.code()).as("%s", early).isEqualTo(2);
        assertThat(Workspace.report(early).path("error").asText())
                .isEqualTo(
                        "features.yaml:8:5: normalize, column 'price': there is no fit file state/price.json; learn it"
                                + " first:  millrace fit features.yaml\n"
                                + "features.yaml:8:5: normalize, column 'category': there is no fit file state/category.json; learn"
                                + " it first:  millrace fit features.yaml");
        assertThat(folder.resolve(".millrace")).doesNotExist();

        JsonNode learned = succeeded(millrace("fit", "features.yaml", "--json"));
        assertThat(learned.path("status").asText()).isEqualTo("learned");
        assertThat(learned.path("extracted").asLong()).isEqualTo(4);
        JsonNode price = learned.path("files").get(1);
        assertThat(price.path("path").asText()).isEqualTo("state/price.json");
        assertThat(price.path("parameters").path("mean").asDouble()).isEqualTo(3.0);
        assertThat(learned.path("files")
                        .get(0)
                        .path("parameters")
                        .path("vocabulary_size")
                        .asInt())
                .isEqualTo(2);
        assertThat(folder.resolve("lake")).doesNotExist();

        JsonNode preview = succeeded(millrace("preview", "features.yaml", "--rows", "2", "--json"));
        JsonNode row = preview.path("rows").get(1).path("records").get(1);
        assertThat(row.path("price").asDouble()).isEqualTo(-1 / Math.sqrt(3.5));
        assertThat(row.path("category_index").asInt()).isEqualTo(1);

        JsonNode run = succeeded(millrace("run", "features.yaml", "--json"));
        assertThat(run.path("loaded").asLong()).isEqualTo(4);

        JsonNode kept = succeeded(millrace("fit", "features.yaml", "--json"));
        assertThat(kept.path("status").asText()).isEqualTo("kept");

        Files.writeString(folder.resolve("raw/2.csv"), "id,price,category\n3,900.0,new\n4,900.0,new\n");
        ChildExit compared = millrace("fit", "features.yaml", "--compare", "--json");
        JsonNode drift = succeeded(compared);
        assertThat(drift.path("status").asText()).isEqualTo("drifted");
        assertThat(drift.path("files")
                        .get(0)
                        .path("new_values")
                        .path("examples")
                        .toString())
                .isEqualTo("[\"new\"]");
        assertThat(compared.errors()).contains("drifted: category, price; --refit learns the fit files again");
        assertThat(millrace("fit", "features.yaml", "--check").code()).isEqualTo(1);
        assertThat(millrace("fit", "features.yaml", "--check", "--max-psi", "100")
                        .code())
                .isZero();

        succeeded(millrace("fit", "features.yaml", "--refit", "--json"));
        ChildExit changed = millrace("run", "features.yaml", "--json");
        assertThat(changed.code()).as("%s", changed).isEqualTo(2);
        assertThat(Workspace.report(changed).path("error").asText())
                .contains("has already appended")
                .containsPattern("transform, file state/price.json: [0-9a-f]{64} → [0-9a-f]{64}");
    }

    @Test
    void optionsThatContradictAreRefused() {
        ChildExit exit = millrace("fit", "features.yaml", "--refit", "--check");
        assertThat(exit.code()).isEqualTo(2);
        assertThat(exit.errors())
                .contains("error: --refit replaces what --compare and --check look at; give one of them");
    }
}
