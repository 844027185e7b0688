package io.millrace.app.command;

import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineSchema;
import io.millrace.features.FeaturesFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace schema}. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of pipeline files, by which editors complete and check them.",
        footer = {
            "",
            "Example:",
            "  millrace schema > pipeline.schema.json",
            "and as the first line of a pipeline file:",
            "  # yaml-language-server: $schema=pipeline.schema.json"
        })
public final class SchemaCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--features", description = "The schema of features files instead.")
    private boolean features;

    @Mixin
    private PluginOption plugins;

    @Override
    public Integer call() {
        Catalog catalog = plugins.catalog(StateOption.here());
        System.out.println(features ? FeaturesFile.schema(catalog) : PipelineSchema.generate(catalog));
        return 0;
    }
}
