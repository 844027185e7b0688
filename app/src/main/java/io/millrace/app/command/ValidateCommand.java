package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.app.errors.ErrorCatalogue;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.run.Job;
import io.millrace.features.FeaturesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace validate}. */
@Command(
        name = "validate",
        description = "Check pipeline and features files: everything that can be checked without the servers.",
        footer = {
            "",
            "Examples:",
            "  millrace validate pipelines/*.yaml",
            "  millrace validate clean.yaml --connect      also columns and types, by asking the servers"
        })
public final class ValidateCommand implements Callable<Integer>, Reported {
    /** Stands for the window that a file may refer to. */
    private static final Optional<TimeWindow> SAMPLE =
            TimeWindow.between(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change any key of the files.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--connect", description = "Ask the servers too: do table and columns exist, do their types fit?")
    private boolean connect;

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
        ErrorKind worst = null;
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode results = json.putArray("files");
        for (Path file : files) {
            try {
                check(file);
                report(results, file, null);
            } catch (MillraceException wrong) {
                report(results, file, wrong.getMessage());
                worst = worst == null || wrong.kind() == ErrorKind.USER ? wrong.kind() : worst;
            }
        }
        if (output.json()) {
            output.print(json.put("valid", worst == null));
        }
        return worst == null ? 0 : worst.exitCode();
    }

    private void check(Path file) {
        Optional<Job> job = FeaturesFile.is(file, Environment.ofProcess())
                ? FeatureOptions.sample(file, sets, SAMPLE, plugins)
                : Optional.of(PipelineOptions.job(file, sets, SAMPLE, plugins));
        if (connect) {
            job.ifPresent(PlanPreview::check);
        }
    }

    private void report(ArrayNode results, Path file, String error) {
        results.addObject()
                .put("file", file.toString())
                .put("valid", error == null)
                .put("error", error);
        if (error != null) {
            System.err.println(error);
            ErrorCatalogue.hint(error).ifPresent(System.err::println);
        } else if (!output.json()) {
            System.out.println(file + ": ok");
        }
    }
}
