package io.millrace.features.local;

import static io.millrace.features.local.FeatureSteps.behind;
import static io.millrace.features.local.FeatureSteps.keyed;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.pipeline.SourceDefinition;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.TargetDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.transform.clean.CleanSettings;
import io.millrace.core.transform.derive.DeriveSettings;
import io.millrace.core.transform.filter.FilterSettings;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeatureView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The jobs by which views are computed. Nothing is touched before they run. */
final class FeatureJobs {
    /** Behind a view's name, that of the runs which make its tiles. */
    private static final String TILES = ".tiles";

    private final FeatureDefinition definition;
    private final List<String> overrides;
    private final ConnectorContext context;

    /** @param overrides the {@code --set} edits, so that a resume can repeat them */
    FeatureJobs(FeatureDefinition definition, List<String> overrides) {
        this.definition = definition;
        this.overrides = List.copyOf(overrides);
        this.context = new ConnectorContext(
                definition.directory(), definition.run().retry().policy());
    }

    /** The name that runs are kept under which make a view's tiles. */
    static String tilesName(FeatureDefinition definition) {
        return definition.name() + TILES;
    }

    /** Computes the view for a range from its events. */
    Job ofEvents(AsOfRange range) {
        FeatureView view = definition.view();
        SourceDefinition source = source();
        List<StepDefinition> steps = new ArrayList<>(connected());
        steps.addAll(steps(view, range));
        return job(view.name(), () -> history(source.create(context), range.events(view), pin -> {}), steps, target());
    }

    /** Makes the tiles of a view that keeps them, for the days of a range. */
    Job tiles(AsOfRange days) {
        FeatureView view = definition.view();
        SourceDefinition source = source();
        TileStore store = TileStore.of(definition);
        TileProvenance provenance = new TileProvenance();
        List<StepDefinition> steps = new ArrayList<>(connected());
        steps.addAll(pairs(view));
        steps.add(keyed("tiles", new TileStep(new FeatureStep(view, days), provenance)));
        return job(
                tilesName(definition),
                () -> history(source.create(context), days.eventsOfDays(view), provenance::position),
                steps,
                () -> new TileLoader(store, days, provenance));
    }

    /** Computes the view for a range from its tiles, all of which must be there. */
    Job ofTiles(AsOfRange range) {
        FeatureView view = definition.view();
        TileStore store = TileStore.of(definition);
        Optional<Schema> events = store.events(range);
        if (events.isEmpty()) {
            // No events at all: their columns are known to the source only.
            return ofEvents(range);
        }
        List<StepDefinition> steps = new ArrayList<>();
        steps.add(keyed("measures", new FeatureStep(view, range, events)));
        steps.addAll(behind(view));
        return job(view.name(), () -> new TileExtractor(store, view, range, events.get()), steps, target());
    }

    private SourceDefinition source() {
        return definition
                .batch()
                .orElseThrow(
                        () -> MillraceException.user(
                                place()
                                        + "events.batch is missing: where a batch run reads events, such as files: {path: lake/behaviors}"));
    }

    private Extractor history(Extractor source, TimeWindow events, Consumer<String> planned) {
        FeatureView view = definition.view();
        return new HistoryExtractor(
                source, events, changesTime() ? Optional.empty() : Optional.of(view.time()), outputTime(view), planned);
    }

    private List<StepDefinition> connected() {
        return definition.transform().stream()
                .map(step -> step.connected(context))
                .toList();
    }

    /** The steps from events to the view's output. */
    static List<StepDefinition> steps(FeatureView view, AsOfRange range) {
        List<StepDefinition> steps = new ArrayList<>(pairs(view));
        steps.add(keyed("measures", new FeatureStep(view, range)));
        steps.addAll(behind(view));
        return steps;
    }

    private static List<StepDefinition> pairs(FeatureView view) {
        return view.pairs().map(pairs -> keyed("pairs", new PairStep(view))).stream()
                .toList();
    }

    private static String outputTime(FeatureView view) {
        List<String> columns = view.grainColumns();
        return columns.get(columns.size() - 1);
    }

    /** Whether a step before the measures may make the events' time another one than the source knows. */
    private boolean changesTime() {
        String time = definition.view().time();
        for (StepDefinition step : definition.transform()) {
            if (step instanceof StepDefinition.RowStep row) {
                boolean kept = row.settings() instanceof FilterSettings
                        || row.settings() instanceof CleanSettings clean
                                && !clean.types().containsKey(time)
                                && !clean.outliers().containsKey(time)
                                && !clean.nulls().containsKey(time)
                        || row.settings() instanceof DeriveSettings derive
                                && !derive.columns().containsKey(time);
                if (!kept && !row.name().equals("enrich") && !row.name().equals("check")) {
                    return true;
                }
            }
        }
        return false;
    }

    private Supplier<Loader> target() {
        TargetDefinition target = definition
                .loadBatch()
                .orElseThrow(() -> MillraceException.user(place()
                        + "load.batch is missing: where a batch run writes, such as parquet: {path: lake/features}"));
        return () -> target.create(context);
    }

    private String place() {
        return definition.file().toString().isEmpty() ? "" : definition.file() + ": ";
    }

    private Job job(String name, Supplier<Extractor> source, List<StepDefinition> steps, Supplier<Loader> target) {
        return new Job(name, file(), overrides, source, steps, target, options(), definition.fingerprint());
    }

    private Optional<Path> file() {
        return Optional.of(definition.file())
                .filter(file -> !file.toString().isEmpty())
                .map(file -> definition.directory().resolve(file.getFileName()));
    }

    private Job.Options options() {
        RunSettings run = definition.run();
        return new Job.Options(
                run.workers(),
                run.batchRows(),
                run.maxErrorRate(),
                run.retry().policy(),
                run.checkpoint(),
                run.rejects().map(definition.directory()::resolve));
    }
}
