package io.millrace.features.stream;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DirectLoader;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Place;
import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.pipeline.SourceDefinition;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.pipeline.TargetDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.transform.derive.DeriveFactory;
import io.millrace.core.transform.derive.DeriveSettings;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeatureStreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The jobs by which views are computed without end. Nothing is touched before they run. */
public final class FeatureStreams {
    private static final Place PLACE = Place.named("features");

    private FeatureStreams() {}

    /**
     * The job of a features file; a user error where a stream cannot compute the view.
     *
     * @param overrides the {@code --set} edits
     * @param stateFolder where the stream's state lies
     */
    public static StreamJob of(FeatureDefinition definition, List<String> overrides, Path stateFolder) {
        String place = definition.file().toString().isEmpty() ? "" : definition.file() + ": ";
        SourceDefinition source = definition.stream()
                .orElseThrow(() -> MillraceException.user(
                        place + "events.stream is missing: where a stream reads events, such as kafka: {…}"));
        TargetDefinition target = definition
                .loadStream()
                .orElseThrow(() -> MillraceException.user(
                        place + "load.stream is missing: where a stream writes values, such as redis: {…}"));
        FeatureStreamSettings stream = definition.streaming();
        RunSettings run = definition.run();
        ConnectorContext context =
                new ConnectorContext(definition.directory(), run.retry().policy());
        Job job = new Job(
                definition.name(),
                Optional.of(definition.file())
                        .filter(file -> !file.toString().isEmpty())
                        .map(file -> definition.directory().resolve(file.getFileName())),
                List.copyOf(overrides),
                () -> source.create(context),
                steps(definition, context, place),
                () -> heeding(target.create(context)),
                new Job.Options(
                        run.workers(),
                        run.batchRows(),
                        run.maxErrorRate(),
                        run.retry().policy(),
                        run.checkpoint(),
                        run.rejects().map(definition.directory()::resolve)),
                definition.fingerprint());
        return new StreamJob(
                job,
                settings(definition),
                stream.deadLetter().map(letters -> () -> letters.create(context)),
                stateFolder);
    }

    private static StreamSettings settings(FeatureDefinition definition) {
        FeatureStreamSettings stream = definition.streaming();
        return new StreamSettings(
                Optional.of(definition.view().time()),
                stream.outOfOrderness(),
                stream.idleness(),
                stream.allowedLateness(),
                stream.horizon(),
                stream.state(),
                stream.checkpoint(),
                stream.linger(),
                stream.deadLetter());
    }

    private static List<StepDefinition> steps(FeatureDefinition definition, ConnectorContext context, String place) {
        List<StepDefinition> steps = new ArrayList<>();
        definition.transform().forEach(step -> steps.add(step.connected(context)));
        FeatureStreamSettings stream = definition.streaming();
        StreamedFeatures measures;
        try {
            measures = new StreamedFeatures(definition.view(), stream.pace(), stream.allowedLateness());
        } catch (MillraceException refused) {
            throw refused.during(place + "feature view '" + definition.name() + "'");
        }
        steps.add(new StepDefinition.KeyedStep("measures", "measures", measures, PLACE));
        if (!definition.view().derive().isEmpty()) {
            DeriveSettings derive = new DeriveSettings(definition.view().derive());
            steps.add(new StepDefinition.RowStep(
                    "derive", "features", new DeriveFactory().create(derive), derive, PLACE));
        }
        return steps;
    }

    private static Loader heeding(Loader loader) {
        if (loader instanceof DirectLoader direct && direct.heedsRowVersions()) {
            return loader;
        }
        String described = loader.describe();
        loader.close();
        throw MillraceException.user("values of features change all the time, and " + described
                + " does not tell newer ones from older ones; write them to redis");
    }
}
