package io.millrace.app.command;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Problem;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.run.Job;
import io.millrace.features.AsOfRange;
import io.millrace.features.CarriedFeatures;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeatureView;
import io.millrace.features.Grain;
import io.millrace.features.local.FeatureJob;
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
    static CarriedFeatures.Loaded load(
            Path file, List<String> sets, Optional<TimeWindow> window, PluginOption plugins) {
        Catalog catalog = plugins.catalog(file.toAbsolutePath().normalize().getParent());
        return told(CarriedFeatures.load(file, sets, window, Environment.ofProcess(), catalog));
    }

    /** The same, its warnings told to stderr. */
    static CarriedFeatures.Loaded told(CarriedFeatures.Loaded loaded) {
        for (Problem warning : loaded.features().warnings()) {
            System.err.println("warning: " + warning);
        }
        return loaded;
    }

    /** A job of a view, for any engine. */
    static PreparedJob prepared(FeatureJob job, CarriedFeatures.Loaded loaded, PluginOption plugins) {
        FeatureDefinition definition = loaded.features().definition();
        return new PreparedJob(
                job.of(definition, loaded.carried().sets()),
                definition.run(),
                job.carried(loaded.carried()),
                plugins.folders(definition.directory()));
    }

    /** The job of an interrupted run. */
    static PreparedJob resumed(Path file, RunRecord record, PluginOption plugins) {
        CarriedFeatures.Loaded loaded =
                load(file, record.overrides(), record.key().window(), plugins);
        TimeWindow window = record.key().window().orElseThrow();
        FeatureJob job = FeatureJob.resumed(
                loaded.features().definition(),
                record.key().pipeline(),
                new AsOfRange(window.start().orElseThrow(), window.end().orElseThrow()));
        return prepared(job, loaded, plugins);
    }

    /** A job that stands for any of the file, where it can be run in batches at all. */
    static Optional<Job> sample(Path file, List<String> sets, Optional<TimeWindow> window, PluginOption plugins) {
        FeatureDefinition definition =
                load(file, sets, window, plugins).features().definition();
        return definition.batch().isEmpty() || definition.loadBatch().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FeatureJob(FeatureJob.Kind.OF_EVENTS, anyRange(definition.view())).of(definition, sets));
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
