package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.console.TextTable;
import io.millrace.core.pipeline.CatalogEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace plugins}. */
@Command(
        name = "plugins",
        description =
                "List the connectors and transforms that pipeline files here may name, and the plugins that they come"
                        + " from.",
        footer = {"", "Examples:", "  millrace plugins", "  millrace plugins --plugins /opt/millrace-plugins --json"})
public final class PluginsCommand implements Callable<Integer>, Reported {
    @Mixin
    private PluginOption plugins;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        List<Path> folders = plugins.folders(StateOption.here());
        List<CatalogEntry> entries = plugins.catalog(StateOption.here()).entries();
        if (output.json()) {
            output.print(json(folders, entries));
            return 0;
        }
        TextTable table = new TextTable("kind", "name", "for", "plugin", "class");
        for (CatalogEntry entry : entries) {
            table.row(
                    kind(entry),
                    entry.name(),
                    String.join(", ", entry.uses()),
                    entry.plugin().name(),
                    entry.className());
        }
        table.print(System.out);
        System.err.println("plugins are looked for in "
                + String.join(", ", folders.stream().map(Path::toString).toList()));
        return 0;
    }

    private static String kind(CatalogEntry entry) {
        return entry.kind().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(List<Path> folders, List<CatalogEntry> entries) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode searched = json.putArray("folders");
        folders.forEach(folder -> searched.add(folder.toString()));
        ArrayNode found = json.putArray("plugins");
        for (CatalogEntry entry : entries) {
            ObjectNode one = found.addObject().put("kind", kind(entry)).put("name", entry.name());
            ArrayNode uses = one.putArray("uses");
            entry.uses().forEach(uses::add);
            one.put("plugin", entry.plugin().builtIn() ? null : entry.plugin().name())
                    .put("folder", entry.plugin().folder().map(Path::toString).orElse(null))
                    .put("class", entry.className());
        }
        return json;
    }
}
