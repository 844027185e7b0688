package io.millrace.core.pipeline;

import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.plugin.GuardedTransform;
import io.millrace.core.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The plugins whose code touches a document's rows, which is part of its definition like what the file says. */
final class UsedPlugins {
    private UsedPlugins() {}

    /** A hash of what each of their jars holds, by plugin and jar. */
    static SortedMap<String, String> content(UsedParts parts, Catalog catalog) {
        List<Plugin> used = new ArrayList<>();
        parts.sources().forEach(source -> used.add(catalog.pluginOf(source.connector())));
        parts.targets().forEach(target -> used.add(catalog.pluginOf(target.connector())));
        for (StepDefinition step : parts.steps()) {
            if (step instanceof RowStep row && row.transform() instanceof GuardedTransform guarded) {
                used.add(guarded.plugin());
            } else if (step instanceof RowStep row && row.transform() instanceof LookupTransform looking) {
                looking.requests()
                        .forEach(request ->
                                used.add(catalog.pluginOf(request.source().connector())));
            }
        }
        SortedMap<String, String> content = new TreeMap<>();
        used.stream().distinct().forEach(plugin -> plugin.content()
                .forEach((jar, hash) -> content.put(plugin.name() + "/" + jar, hash)));
        return content;
    }
}
