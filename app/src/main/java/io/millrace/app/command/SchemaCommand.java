package io.millrace.app.command;

import io.millrace.core.pipeline.PipelineSchema;
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

    @Mixin
    private PluginOption plugins;

    @Override
    public Integer call() {
        System.out.println(PipelineSchema.generate(plugins.catalog(StateOption.here())));
        return 0;
    }
}
