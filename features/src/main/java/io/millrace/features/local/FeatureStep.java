package io.millrace.features.local;

import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import io.millrace.features.Grain;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The measures of a view for a range of points in time: events in, a row for each entity and point out.
 *
 * @param tiled where rows are tiles already, the columns of the events that these were counted from
 */
record FeatureStep(FeatureView view, AsOfRange range, Optional<Schema> tiled) implements KeyedStep {
    FeatureStep(FeatureView view, AsOfRange range) {
        this(view, range, Optional.empty());
    }

    @Override
    public BoundKeyedStep bind(Schema input) {
        if (tiled.isPresent()) {
            return new BoundFeatureStep(BoundFeatures.of(view, tiled.get()), range, true);
        }
        BoundFeatures features = features(input);
        return view.grain() instanceof Grain.Sessions sessions
                ? SessionStep.of(features, sessions, range)
                : new BoundFeatureStep(features, range, false);
    }

    /** The view bound to events of these columns. */
    BoundFeatures features(Schema input) {
        return BoundFeatures.of(view, events(input));
    }

    /** The columns of events, without that of pairs, which {@link PairStep} has added. */
    private Schema events(Schema input) {
        return view.pairs()
                .filter(pairs -> input.contains(pairs.as()))
                .map(pairs -> Schema.of(input.fields().stream()
                        .filter(field -> !field.name().equals(pairs.as()))
                        .toList()))
                .orElse(input);
    }

    @Override
    public Optional<ZoneId> zoneOfDays(String column) {
        return view.grain() instanceof Grain.Days days && column.equals(FeatureView.DATE)
                ? Optional.of(days.zone())
                : Optional.empty();
    }
}
