package io.millrace.app.command;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Problem;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.run.Job;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeatureView;
import io.millrace.features.FeaturesFile;
import io.millrace.features.Grain;
import io.millrace.features.LoadedFeatures;
import io.millrace.features.local.FeatureJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Features files, as several commands read them. */
final class FeatureOptions {
    private FeatureOptions() {}

    /** Reads and checks a file; warnings go to stderr. */
    static FeatureDefinition load(Path file, List<String> sets, Optional<TimeWindow> window, PluginOption plugins) {
        Catalog catalog = plugins.catalog(file.toAbsolutePath().normalize().getParent());
        return told(FeaturesFile.load(file, sets, window, Environment.ofProcess(), catalog));
    }

    /** The definition, its warnings told to stderr. */
    static FeatureDefinition told(LoadedFeatures loaded) {
        for (Problem warning : loaded.warnings()) {
            System.err.println("warning: " + warning);
        }
        return loaded.definition();
    }

    /** The job of an interrupted run. */
    static Job resumed(Path file, RunRecord record, PluginOption plugins) {
        FeatureDefinition definition =
                load(file, record.overrides(), record.key().window(), plugins);
        TimeWindow window = record.key().window().orElseThrow();
        return FeatureJobs.resumed(
                definition,
                record.overrides(),
                record.key().pipeline(),
                new AsOfRange(window.start().orElseThrow(), window.end().orElseThrow()));
    }

    /** A job that stands for any of the file, where it can be run in batches at all. */
    static Optional<Job> sample(Path file, List<String> sets, Optional<TimeWindow> window, PluginOption plugins) {
        FeatureDefinition definition = load(file, sets, window, plugins);
        return definition.batch().isEmpty() || definition.loadBatch().isEmpty()
                ? Optional.empty()
                : Optional.of(FeatureJobs.of(definition, sets, anyRange(definition.view())));
    }

    private static AsOfRange anyRange(FeatureView view) {
        Instant day = Instant.EPOCH.plus(Duration.ofDays(1));
        if (view.grain() instanceof Grain.Days) {
            return AsOfRange.day(view, LocalDate.EPOCH);
        }
        return view.grain() instanceof Grain.Hops
                ? AsOfRange.asOf(view, day)
                : AsOfRange.between(view, Instant.EPOCH, day);
    }
}
