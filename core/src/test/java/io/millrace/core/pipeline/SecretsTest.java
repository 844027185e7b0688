package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.core.config.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "hunter2-secret";

    @TempDir
    Path folder;

    @Test
    void warnsOfALiteralSecretWithoutShowingIt() {
        LoadedPipeline loaded = load("extract: {database: {url: u, table: t, password: " + SECRET + "}}");

        assertThat(loaded.warnings())
                .extracting(Problem::toString)
                .containsExactly("p.yaml:2:50: extract.database.password: a secret is written in the open; write"
                        + " ${env:NAME} or ${file:PATH} instead");
        assertThat(loaded.toString()).doesNotContain(SECRET);
        assertThat(loaded.definition().fingerprint().toJson()).doesNotContain(SECRET);
    }

    @Test
    void warnsOfAPasswordWithinAUrl() {
        LoadedPipeline loaded = load("extract: {database: {url: \"db://u:" + SECRET + "@host/db\", table: t}}");

        assertThat(loaded.warnings()).hasSize(1);
        assertThat(loaded.warnings().get(0).toString()).doesNotContain(SECRET);
        assertThat(loaded.definition().fingerprint().toJson())
                .contains("db://u:******@host")
                .doesNotContain(SECRET);
    }

    @Test
    void warnsOfASecretThatIsAReferencesDefault() {
        LoadedPipeline loaded =
                load("extract: {database: {url: u, table: t, password: \"${env:NONE:-" + SECRET + "}\"}}");

        assertThat(loaded.warnings()).hasSize(1);
        assertThat(loaded.warnings().get(0).toString()).doesNotContain(SECRET);
    }

    @Test
    void doesNotWarnOfReferences() {
        assertThat(load("extract: {database: {url: u, table: t, password: \"${env:TOKEN}\"}}")
                        .warnings())
                .isEmpty();
    }

    @Test
    void keepsValuesOfTheEnvironmentOutOfTheFingerprint() {
        LoadedPipeline loaded = load("extract: {feed: {url: u, headers: {Authorization: \"Bearer ${env:TOKEN}\"}}}");

        assertThat(((FakeConnectors.FeedSource) loaded.definition().extract().settings()).headers())
                .containsEntry("Authorization", "Bearer " + SECRET);
        assertThat(loaded.definition().fingerprint().toJson())
                .contains("Bearer ${env:TOKEN}")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extract: {database: {url: u, table: t, password: [S]}}",
                "extract: {database: {url: u, table: t, pasword: S}}",
                "extract: {database: {url: u, password: S}}",
                "extract: {database: {url: u, password: {S: S2}}}",
                "extract: {database: {url: u, table: t, query: q, password: S}}",
                "extract: {feed: {url: u, auth: S}}",
                "extract: {feed: {url: u, auth: [S]}}",
                "extract: {feed: {url: u, auth: {basic: S}}}",
                "extract: {feed: {url: u, auth: {bearer: }}, x: S}",
                "extract: {database: {url: u, table: t, password: !S x}}",
                "extract: {database: {url: u, table: t, password: '${env:S}'}}",
                "extract: {database: {url: u, table: t, fetch_rows: '${env:TOKEN}'}}",
                "extract: {database: {url: u, table: t, fetch_rows: 0, timeout: '${env:TOKEN}'}}",
                "extract: {database: {url: u, table: t, password: *S}}",
                "extract: {database: {url: u, table: t, password: \"S}}",
                "extract: {database: {url: u, table: t}}\nrun: {max_error_rate: '${env:TOKEN}', engine: '${env:TOKEN}'}",
                "extract: {database: {url: u, table: t}}\ntransform: [{scrub: {types: {a: '${env:TOKEN}'}}}]",
                "extract: {database: {url: [\"db://u:S@host\"], table: t, columns: \"db://u:S@host\"}}",
            })
    void showsNoSecretInAnyMessage(String text) {
        Throwable refusal = catchThrowable(() -> load(text.replaceAll("(?<![A-Z_])S(?![A-Z_])", SECRET)));

        assertThat(refusal).isNotNull();
        String envName = "${env:" + SECRET;
        assertThat(refusal.getMessage().replace(envName, "").replace("variable " + SECRET, ""))
                .doesNotContain(SECRET)
                .contains("p.yaml:");
        assertThat(Optional.ofNullable(refusal.getCause())).isEmpty();
    }

    @Test
    void showsNoSecretOfTheCommandLine() {
        Throwable refusal = catchThrowable(() -> load(
                "extract: {database: {url: u, table: t}}",
                "extract.database.pasword=" + SECRET,
                "extract.database.password=[" + SECRET,
                "extract.database.password.x=" + SECRET));

        assertThat(refusal.getMessage()).contains("--set").doesNotContain(SECRET);
    }

    private LoadedPipeline load(String text, String... sets) {
        return new Pipelines(folder, Map.of("TOKEN", SECRET), Optional.empty())
                .load("pipeline: p\n" + text + "\nload: {lake: {path: out}}\n", sets);
    }
}
