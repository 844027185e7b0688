package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.app.SparkProcess;
import io.millrace.app.console.ReportJson;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.run.RunReport;
import io.millrace.features.AsOfRange;
import io.millrace.features.BuiltInViews;
import io.millrace.features.CarriedFeatures;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.Grain;
import io.millrace.features.local.FeatureRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace features}. */
@Command(
        name = "features",
        description = "Compute a feature view: what is known of users or items at a point in time.",
        footer = {
            "",
            "Examples:",
            "  millrace features user_features.yaml --as-of 2026-02-01",
            "  millrace features builtin:daily_user_aggregation --date 2026-01-31 --input lake --output days",
            "  millrace features user_features.yaml --as-of 2026-02-01 --engine spark --master yarn",
            "",
            "Built-in views: daily_user_aggregation, daily_item_aggregation (or daily_aggregation with --type),",
            "user_features, item_features."
        })
public final class FeaturesCommand implements Callable<Integer>, Reported {
    @Parameters(paramLabel = "VIEW", description = "A features file (YAML), or builtin:NAME.")
    private String view;

    @ArgGroup(multiplicity = "1")
    private When when;

    private static final class When {
        @Option(
                names = "--as-of",
                paramLabel = "TIME",
                description = "Values as of this point in time: of the events before it.")
        private String asOf;

        @Option(names = "--date", paramLabel = "DATE", description = "Values as of the end of this day.")
        private String date;

        @ArgGroup(exclusive = false)
        private Between between;
    }

    private static final class Between {
        @Option(
                names = "--start",
                required = true,
                paramLabel = "TIME",
                description = "Values of all days (or hops, or sessions) from here on …")
        private String start;

        @Option(names = "--end", required = true, paramLabel = "TIME", description = "… and before this.")
        private String end;
    }

    @Mixin
    private BuiltInOptions builtIn;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change any key of the file. May be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--engine", paramLabel = "ENGINE", description = "Where the work is done: local or spark.")
    private String engine;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Of the engine spark: local[2], spark://HOST:PORT, yarn, k8s://….")
    private String master;

    @Option(names = "--restart", description = "Drop what an unfinished run has staged, and begin anew.")
    private boolean restart;

    @Option(
            names = "--refresh",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DATE",
            description = "Make tiles anew: all that are looked at, or those from DATE on.")
    private String refresh;

    @Mixin
    private PluginOption plugins;

    @Mixin
    private StateOption state;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        CarriedFeatures.Loaded loaded = loaded();
        FeatureDefinition definition = loaded.features().definition();
        AsOfRange range = range(definition);
        Optional<LocalDate> refreshed = refreshed(definition);
        if (Engines.elsewhere(definition.run().engine())) {
            return SparkProcess.run();
        }
        JobRun run = new JobRun(output, progress, false);
        StatePlace place = state.place(definition.directory());
        Rerun rerun = new Rerun(restart, false, false);
        FeatureRun features = new FeatureRun(definition, range);
        features.refreshFrom(refreshed);
        RunReport report = features.run(job -> run.perform(
                FeatureOptions.prepared(job, loaded, plugins),
                Optional.of(job.range().window()),
                rerun,
                place));
        boolean done = run.exitCode(report) == 0;
        if (output.json()) {
            output.print(ReportJson.of(report));
        } else if (done && isBuiltIn()) {
            System.out.println("Job completed: " + summary(definition, range, report));
        }
        return run.exitCode(report);
    }

    private boolean isBuiltIn() {
        return view.startsWith(BuiltInViews.PREFIX);
    }

    private CarriedFeatures.Loaded loaded() {
        if (isBuiltIn()) {
            return FeatureOptions.told(
                    builtIn.load(view.substring(BuiltInViews.PREFIX.length()), overrides(), plugins));
        }
        builtIn.refuse();
        return FeatureOptions.load(Path.of(view), overrides(), Optional.empty(), plugins);
    }

    private List<String> overrides() {
        List<String> overrides = new ArrayList<>(sets);
        if (engine != null) {
            overrides.add("run.engine=" + engine);
        }
        if (master != null) {
            overrides.add("run.spark.master=" + master);
        }
        return overrides;
    }

    private AsOfRange range(FeatureDefinition definition) {
        ZoneId zone = definition.view().grain().zone();
        if (when.date != null) {
            return AsOfRange.day(definition.view(), date("--date", when.date));
        }
        if (when.asOf != null) {
            return AsOfRange.asOf(definition.view(), PipelineOptions.instant("--as-of", when.asOf, zone));
        }
        return AsOfRange.between(
                definition.view(),
                PipelineOptions.instant("--start", when.between.start, zone),
                PipelineOptions.instant("--end", when.between.end, zone));
    }

    private Optional<LocalDate> refreshed(FeatureDefinition definition) {
        if (refresh == null) {
            return Optional.empty();
        }
        if (definition.tiles().isEmpty()) {
            throw MillraceException.user(
                    "--refresh is for views that keep tiles, and this one reads its events anew in every run");
        }
        return Optional.of(refresh.isEmpty() ? LocalDate.MIN : date("--refresh", refresh));
    }

    private static LocalDate date(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notADate) {
            throw MillraceException.user(option + " " + text + " is not a date; write 2026-01-31");
        }
    }

    private ObjectNode summary(FeatureDefinition definition, AsOfRange range, RunReport report) {
        ObjectNode summary = new ObjectMapper().createObjectNode();
        ZoneId zone = definition.view().grain().zone();
        String first = range.after().atZone(zone).toLocalDate().toString();
        String last = range.until().minusNanos(1).atZone(zone).toLocalDate().toString();
        summary.put(
                "date",
                first.equals(last) || !(definition.view().grain() instanceof Grain.Days) ? last : first + ".." + last);
        String counted = definition.view().entity().contains("user_id") ? "users_processed" : "items_processed";
        summary.put(counted, report.groups().orElseThrow().loaded());
        return summary.put("output_path", builtIn.output());
    }
}
