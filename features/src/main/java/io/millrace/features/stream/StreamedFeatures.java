package io.millrace.features.stream;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import io.millrace.features.Grain;
import java.time.Duration;

/**
 * The measures of a view as a step of a stream: events in; out come the values of an entity whenever they change.
 *
 * @param pace how often the values of an entity are given out, at the most
 * @param allowedLateness how far behind event time an event still counts
 */
public record StreamedFeatures(FeatureView view, Duration pace, Duration allowedLateness) implements KeyedStep {
    public StreamedFeatures {
        if (!view.rank().isEmpty()) {
            throw refused("rank: a place among all entities changes with every event of any of them");
        }
        if (view.pairs().isPresent()) {
            throw refused("pairs: what happens to two entities together is not kept by entity");
        }
        if (view.grain() instanceof Grain.Sessions) {
            throw MillraceException.user(
                    "sessions: a stream computes sessions by the step sessionize of a pipeline file;"
                            + " views of sessions are for 'millrace features'");
        }
    }

    private static MillraceException refused(String why) {
        return MillraceException.user(
                why + ", so a stream cannot have it; leave it to 'millrace features', in a view of its own");
    }

    @Override
    public BoundStreamedFeatures bind(Schema input) {
        return new BoundStreamedFeatures(BoundFeatures.of(view, input), pace, allowedLateness);
    }
}
