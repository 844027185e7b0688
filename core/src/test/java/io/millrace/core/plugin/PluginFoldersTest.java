package io.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.CatalogEntry;
import io.millrace.testkit.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFoldersTest {
    private static final String SERVICE = "META-INF/services/io.millrace.api.TransformFactory";
    private static final Map<String, String> CURRENT = Map.of("Millrace-Api", "1");

    @TempDir
    Path folder;

    /** A plugin with a transform of this name that does nothing. */
    private void plugin(Path root, String plugin, String transform, Map<String, String> manifest) {
        String source =
                """
                package com.example;
                import io.millrace.api.*;
                import io.millrace.api.data.*;
                public class Nothing implements TransformFactory<Nothing.Settings> {
                    public record Settings() {}
                    public String name() { return "NAME"; }
                    public Class<Settings> settings() { return Settings.class; }
                    public Transform create(Settings settings) {
                        return (input, context) -> new BoundTransform() {
                            public Schema output() { return input; }
                            public Batch apply(Batch batch, Rejects rejects) { return batch; }
                        };
                    }
                }
                """
                        .replace("NAME", transform);
        PluginJar.of(
                root.resolve(plugin).resolve("it.jar"),
                manifest,
                Map.of("com/example/Nothing.java", source, SERVICE, "com.example.Nothing\n"));
    }

    private Catalog catalog(Path... roots) {
        return Catalog.load(PluginFolders.load(List.of(roots)));
    }

    private CatalogEntry entry(Catalog catalog, String name) {
        return catalog.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsTransformsAndSaysWhereTheyComeFrom() {
        plugin(folder, "one", "first", CURRENT);
        plugin(folder, "two", "second", Map.of());
        Catalog catalog = catalog(folder, folder.resolve("absent"));
        assertThat(catalog.transforms().keySet()).contains("first", "second", "clean", "check", "java");
        assertThat(entry(catalog, "first").plugin().name()).isEqualTo("one");
        assertThat(entry(catalog, "first").plugin().folder()).contains(folder.resolve("one"));
        assertThat(entry(catalog, "first").className()).isEqualTo("com.example.Nothing");
        assertThat(entry(catalog, "clean").plugin().builtIn()).isTrue();
        assertThat(entry(catalog, "deduplicate").plugin().builtIn()).isTrue();
    }

    @Test
    void classesOfOnePluginAreNotSeenByAnotherNorByMillrace() {
        plugin(folder, "one", "first", CURRENT);
        plugin(folder, "two", "second", CURRENT);
        List<Plugin> plugins = PluginFolders.load(List.of(folder));
        Class<?> one = plugins.get(0).find("com.example.Nothing").orElseThrow();
        Class<?> two = plugins.get(1).find("com.example.Nothing").orElseThrow();
        assertThat(one).isNotSameAs(two);
        assertThat(Plugin.classPath().find("com.example.Nothing")).isEmpty();
    }

    @Test
    void aPluginSeesTheApiButNothingElseOfMillrace() {
        plugin(folder, "one", "first", CURRENT);
        Plugin plugin = PluginFolders.load(List.of(folder)).get(0);
        assertThat(plugin.find("io.millrace.api.data.Batch")).contains(io.millrace.api.data.Batch.class);
        assertThat(plugin.find("io.millrace.core.pipeline.Catalog")).isEmpty();
        assertThat(plugin.find("com.fasterxml.jackson.databind.ObjectMapper")).isEmpty();
        assertThat(plugin.find("java.sql.Driver")).isPresent();
    }

    @Test
    void theFirstFolderGoesBeforeTheOthers() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Path home = Files.createDirectories(folder.resolve("home"));
        plugin(own, "same", "mine", CURRENT);
        plugin(home, "same", "theirs", CURRENT);
        assertThat(catalog(own, home).transforms().keySet()).contains("mine").doesNotContain("theirs");
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> catalog(folder))
                .isInstanceOf(MillraceException.class)
                .satisfies(refusal ->
                        assertThat(((MillraceException) refusal).kind()).isEqualTo(ErrorKind.USER))
                .message()
                .contains(parts);
    }

    @Test
    void aNameThatIsTakenNamesBoth() {
        plugin(folder, "one", "clean", CURRENT);
        refused(
                "two transforms are named 'clean'",
                "io.millrace.core.transform.clean.CleanFactory",
                "com.example.Nothing of plugin 'one' in " + folder.resolve("one"));
    }

    @Test
    void twoPluginsWithOneNameAreBothNamed() {
        plugin(folder, "one", "same", CURRENT);
        plugin(folder, "two", "same", CURRENT);
        refused("two transforms are named 'same'", "plugin 'one'", "plugin 'two'");
    }

    @Test
    void anotherVersionOfTheApiIsRefusedBeforeAnyCodeRuns() {
        plugin(folder, "old", "first", Map.of("Millrace-Api", "99"));
        refused("plugin 'old'", "was built for version 99 of Millrace's API", "has version 1");
    }

    @Test
    void aJarWithoutAFolderOfItsOwnIsToldWhereToGo() throws IOException {
        Files.write(folder.resolve("it.jar"), new byte[0]);
        refused(
                "it.jar lies directly in the folder",
                folder.resolve("it").resolve("it.jar").toString());
    }

    @Test
    void aFolderWithoutAJarAndADamagedJarAreTold() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refused("plugin 'empty': there is no jar in " + empty);
        Files.writeString(empty.resolve("it.jar"), "not a jar");
        refused("plugin 'empty'", "it.jar cannot be read as a jar");
    }

    @Test
    void aServiceThatIsMissingOrNeedsWhatIsNotThereIsTold() {
        PluginJar.of(folder.resolve("one/it.jar"), CURRENT, Map.of(SERVICE, "com.example.Missing\n"));
        refused("plugin 'one'", "cannot be loaded", "com.example.Missing");
    }

    @Test
    void aClassThatNeedsWhatAPluginDoesNotSeeIsTold() {
        String source = "package com.example;"
                + " public class Uses extends com.fasterxml.jackson.databind.module.SimpleModule {"
                + " private static final long serialVersionUID = 1; }";
        PluginJar.of(folder.resolve("one/it.jar"), CURRENT, Map.of("com/example/Uses.java", source));
        Plugin plugin = PluginFolders.load(List.of(folder)).get(0);
        assertThatThrownBy(() -> plugin.find("com.example.Uses"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("sees the JDK, Millrace's API and the jars of its own folder");
    }

    @Test
    void ownConnectorsAreTakenFromAmongAllJars() throws IOException {
        plugin(folder, "a", "own", CURRENT);
        plugin(folder, "b", "cores", CURRENT);
        Path all = Files.createDirectory(folder.resolve("lib"));
        Files.copy(folder.resolve("a/it.jar"), all.resolve("millrace-connector-a-1.jar"));
        Files.copy(folder.resolve("b/it.jar"), all.resolve("millrace-core-1.jar"));

        Catalog catalog = Catalog.load(List.of(OwnConnectors.in(all)));

        assertThat(catalog.transforms()).containsKey("own").doesNotContainKey("cores");
        Path none = Files.createDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> OwnConnectors.in(none)).hasMessageContaining("there are no connectors in");
    }
}
