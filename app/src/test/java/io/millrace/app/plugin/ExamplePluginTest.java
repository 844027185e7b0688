package io.millrace.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ApiVersion;
import io.millrace.api.RecordTransform;
import io.millrace.app.documents.Documents;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.golden.GoldenCase;
import io.millrace.testkit.golden.GoldenExpectation;
import io.millrace.testkit.golden.GoldenPages;
import io.millrace.testkit.golden.GoldenReject;
import io.millrace.testkit.plugin.PluginJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The example plugin as its users get it: compiled, tested, put into a folder, and used by the command. */
class ExamplePluginTest {
    private static final Path PROJECT = Documents.root().resolve("examples/plugin");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Path classes;

    @BeforeAll
    static void build() throws IOException {
        classes = folder.resolve("classes");
        PluginJar.compile(PROJECT.resolve("src/main/java"), classes);
        Path jar = folder.resolve("plugins/reviews/reviews-plugin.jar");
        PluginJar.pack(
                jar, Map.of(ApiVersion.MANIFEST_KEY, apiVersion()), classes, PROJECT.resolve("src/main/resources"));
        for (String file : List.of("pipeline.yaml", "reviews.txt")) {
            Files.copy(PROJECT.resolve(file), folder.resolve(file));
        }
    }

    private static String apiVersion() {
        Matcher version = Pattern.compile("<Millrace-Api>(.*?)</Millrace-Api>")
                .matcher(Documents.read(PROJECT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static ChildExit millrace(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments(arguments)
                .run(PATIENCE);
    }

    private static JsonNode json(ChildExit exit) throws IOException {
        assertThat(exit.code()).as("%s", exit).isZero();
        return new ObjectMapper().readTree(exit.lastLine());
    }

    @Test
    void itsPomNamesTheVersionsOfThisProject() {
        assertThat(apiVersion()).isEqualTo(String.valueOf(ApiVersion.CURRENT));
        String own = Documents.read(Documents.root().resolve("pom.xml"));
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(own);
        assertThat(version.find()).isTrue();
        assertThat(Documents.read(PROJECT.resolve("pom.xml")))
                .contains("<millrace.version>" + version.group(1) + "</millrace.version>");
    }

    @Test
    void itsPipelineRuns() throws IOException, SQLException {
        JsonNode report = json(millrace("run", "pipeline.yaml", "--json"));
        assertThat(report.path("status").asText()).isEqualTo("success");
        assertThat(report.path("extracted").asInt()).isEqualTo(7);
        assertThat(report.path("loaded").asInt()).isEqualTo(3);
        assertThat(report.path("filtered").asInt()).isEqualTo(1);
        assertThat(report.path("rejected").asInt()).isEqualTo(3);
        assertThat(report.path("errors").toString())
                .contains("is not UTF-8 at byte 7", "the rating 'five' is not a number", "is above 1");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"user\", rating, review FROM read_parquet('"
                        + folder.resolve("lake/reviews") + "/**/*.parquet') ORDER BY rating")) {
            List<String> loaded = new ArrayList<>();
            while (rows.next()) {
                loaded.add(rows.getLong(1) + " " + rows.getDouble(2) + " " + rows.getString(3));
            }
            assertThat(loaded)
                    .containsExactly(
                            "dora".hashCode() + " 0.4 Arrived late",
                            "anna".hashCode() + " 0.9 Good, but the handle is loose.",
                            "chen".hashCode() + " 1.0 很好");
        }
    }

    @Test
    void thePageOfTheStepShowsWhatItsTransformDoes() throws Exception {
        List<GoldenCase> examples = GoldenPages.in(Documents.root().resolve("docs/transforms")).stream()
                .filter(example -> example.file().equals("java.md"))
                .toList();
        assertThat(examples).hasSize(1);
        GoldenCase example = examples.get(0);
        assertThat(example.steps()).contains("com.example.reviews.ParseReview", "hide_users: false");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("com.example.reviews.ParseReview");
            Class<?> options = loader.loadClass("com.example.reviews.ParseReview$Options");
            RecordTransform transform = (RecordTransform) type.getConstructor(options)
                    .newInstance(
                            options.getConstructor(String.class, boolean.class).newInstance("|", false));
            List<Map<String, Object>> rows = new ArrayList<>();
            List<GoldenReject> rejects = new ArrayList<>();
            long filtered = 0;
            for (Map<String, Object> record : example.splits().get(0)) {
                try {
                    Map<String, Object> row = transform.transform(record);
                    if (row == null) {
                        filtered++;
                    } else {
                        rows.add(row);
                    }
                } catch (IllegalArgumentException refused) {
                    rejects.add(new GoldenReject((Long) record.get("line") - 1, "java", null, refused.getMessage()));
                }
            }
            GoldenExpectation expect = example.expect();
            assertThat(rows).isEqualTo(expect.rows(expect.columns().orElseThrow()));
            assertThat(rejects).isEqualTo(expect.rejects());
            assertThat(filtered).isEqualTo(expect.filtered());
        }
    }

    @Test
    void otherCodeIsAnotherDefinitionAndTheSameCodeBuiltAgainIsNot() throws IOException {
        Path home = Files.createDirectories(folder.resolve("changing"));
        for (String file : List.of("pipeline.yaml", "reviews.txt")) {
            Files.copy(PROJECT.resolve(file), home.resolve(file));
        }
        Path jar = home.resolve("plugins/reviews/reviews-plugin.jar");
        Path resources = PROJECT.resolve("src/main/resources");
        ChildJvm run = ChildJvm.of("io.millrace.app.Millrace").in(home).withArguments("run", "pipeline.yaml", "--json");
        PluginJar.pack(jar, Map.of(), classes, resources);
        assertThat(json(run.run(PATIENCE)).path("status").asText()).isEqualTo("success");

        // The same code, packed in another order at another time.
        PluginJar.pack(jar, Map.of(), resources, classes);
        assertThat(json(run.run(PATIENCE)).path("status").asText()).isEqualTo("already_done");

        Path more = Files.createDirectories(folder.resolve("more"));
        Files.writeString(more.resolve("stop-words.txt"), "the\n");
        PluginJar.pack(jar, Map.of(), classes, resources, more);
        ChildExit changed = run.run(PATIENCE);
        assertThat(changed.code()).as("%s", changed).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(changed.lastLine()).path("error").asText())
                .containsPattern("plugin reviews/reviews-plugin.jar: [0-9a-f]{64} → [0-9a-f]{64}");

        // A plugin that the pipeline does not use is none of its business.
        PluginJar.pack(jar, Map.of(), classes, resources);
        PluginJar.pack(home.resolve("plugins/other/other.jar"), Map.of(), more);
        assertThat(json(run.run(PATIENCE)).path("status").asText()).isEqualTo("already_done");
    }

    @Test
    void theCommandListsWhatItHas() throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : json(millrace("plugins", "--json")).path("plugins")) {
            found.add(entry.path("kind").asText() + " " + entry.path("name").asText() + " "
                    + entry.path("plugin").asText("built in"));
        }
        assertThat(found)
                .contains("connector lines reviews", "transform scale reviews")
                .contains("connector postgres built in", "transform clean built in", "transform java built in");
        String table = millrace("plugins", "--plugins", "plugins").output();
        assertThat(table).containsPattern("connector +lines +extract +reviews +com.example.reviews.LinesConnector");
        assertThat(table).containsPattern("transform +deduplicate +built in");
    }

    @Test
    void pluginsBesideTheLauncherAreForAllPipelines() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        ChildExit exit = ChildJvm.of("io.millrace.app.Millrace")
                .withOptions("-Dmillrace.home=" + folder)
                .in(elsewhere)
                .withArguments("plugins", "--json")
                .run(PATIENCE);
        JsonNode json = json(exit);
        assertThat(json.path("folders").toString())
                .isEqualTo("[\"" + elsewhere.resolve("plugins") + "\",\"" + folder.resolve("plugins") + "\"]");
        assertThat(json.path("plugins").toString()).contains("com.example.reviews.ScaleFactory");
        assertThat(Documents.read(Documents.root().resolve("millrace"))).contains("-Dmillrace.home=\"$home\"");
    }

    @Test
    void withoutThePluginItsNamesAreUnknown() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        ChildExit exit = millrace("validate", "pipeline.yaml", "--plugins", empty.toString());
        assertThat(exit.code()).isEqualTo(2);
        assertThat(exit.errors()).contains("lines").contains("scale").contains("there is no class");
    }

    @Test
    void itsOwnTestsPass() throws IOException, ClassNotFoundException {
        Path tests = folder.resolve("test-classes");
        PluginJar.compile(PROJECT.resolve("src/test/java"), tests, classes);
        URL[] urls = {classes.toUri().toURL(), tests.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
            for (String name :
                    List.of("ScaleContractTest", "LinesExtractorTest", "ParseReviewTest", "ActivityLevelTest")) {
                request.selectors(DiscoverySelectors.selectClass(loader.loadClass("com.example.reviews." + name)));
            }
            LauncherDiscoveryRequest built = request.build();
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create().execute(built, summary);
            assertThat(summary.getSummary().getFailures())
                    .extracting(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                    .isEmpty();
            assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(15);
        }
    }
}
