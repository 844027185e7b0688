package io.millrace.features;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.expression.Expression;
import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.pipeline.ScheduleSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The top-level keys of a features file. */
record FeaturesDocument(
        @Setting(
                        value =
                                "The view's name: letters, digits, '.', '_' and '-', at most 100. Runs are kept under it.",
                        example = "user_features")
                String features,
        @Setting("What the view is for.") Optional<String> description,
        @Setting(
                        value =
                                "A built-in view that this file completes or changes: its keys hold where they are not here.",
                        name = "extends",
                        example = "builtin:user_features")
                Optional<String> base,
        @Setting(value = "The column that says whose an event is, or a list of columns.", example = "user_id")
                EntityColumns entity,
        @Setting("The events that are measured.") EventSettings events,
        @Setting(value = "day: values for each day of the calendar.", example = "day") Optional<Per> per,
        @Setting(value = "Values as of every multiple of this duration, which divides a day.", example = "5m")
                Optional<Duration> hop,
        @Setting(value = "Values for each session.", example = "{gap: 30m, max: 12h}")
                Optional<SessionSettings> sessions,
        @Setting(value = "The zone whose calendar days go by; absent: UTC.", example = "Asia/Shanghai")
                Optional<ZoneId> zone,
        @Setting(
                        value = "Events that happen to two values together, such as items that one user buys.",
                        example =
                                "{of: item_id, by: user_id, where: event_type = 'purchase', within: 7d, as: bought_with}")
                Optional<Pairing> pairs,
        @Setting(
                        value =
                                "What is computed, by the name of the column that it yields: a measure, or one with its window.",
                        example = "{views_7d: {measure: \"count(*) FILTER (WHERE event_type = 'view')\", window: 7d}}",
                        ordered = true)
                Map<String, FeatureMeasure> measures,
        @Setting(
                        value = "Columns computed from the measures, in order: later ones see earlier ones.",
                        example = "{ctr_7d: \"clicks_7d / greatest(views_7d, 1)\"}",
                        ordered = true)
                Map<String, Expression> derive,
        @Setting(
                        value = "Columns with an entity's place among others, from 0 to 1. In batch runs only.",
                        example = "{price_position: {of: price, within: [category]}}",
                        ordered = true)
                Map<String, Ranking> rank,
        @Setting(
                        value =
                                "A folder for what each day adds, relative to the features file: then a window of 30 days is made"
                                        + " from 30 tiles instead of being read anew. Absent: runs read all of their windows.",
                        example = "lake/_tiles/user_features")
                Optional<String> tiles,
        @Setting("Where values are written.") Optional<FeatureTargets> load,
        @Setting(value = "How it is run.", defaultValue = "{}") RunSettings run,
        @Setting(value = "How it is computed without end, by millrace stream.", defaultValue = "{}")
                FeatureStreamSettings stream,
        @Setting("When a scheduler should run it.") Optional<ScheduleSettings> schedule) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    FeaturesDocument {
        if (!NAME.matcher(features).matches()) {
            throw new InvalidSetting(
                    "features",
                    "'" + features
                            + "' is not a name; it has letters, digits, '.', '_' and '-', begins with a letter or digit, and"
                            + " has at most 100 characters");
        }
        if (Stream.of(per, hop, sessions).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("must have exactly one of the keys per, hop and sessions");
        }
        if (tiles.isPresent() && tiles.get().isBlank()) {
            throw new InvalidSetting("tiles", "must name a folder");
        }
        if (tiles.isPresent() && per.isEmpty()) {
            throw new InvalidSetting("tiles", "are of days, so they go with per: day");
        }
        view(features, entity, events, per, hop, sessions, zone, pairs, measures, derive, rank);
    }

    FeatureView view() {
        return view(features, entity, events, per, hop, sessions, zone, pairs, measures, derive, rank);
    }

    private static FeatureView view(
            String features,
            EntityColumns entity,
            EventSettings events,
            Optional<Per> per,
            Optional<Duration> hop,
            Optional<SessionSettings> sessions,
            Optional<ZoneId> zone,
            Optional<Pairing> pairs,
            Map<String, FeatureMeasure> measures,
            Map<String, Expression> derive,
            Map<String, Ranking> rank) {
        ZoneId days = zone.orElse(ZoneOffset.UTC);
        Grain grain = per.isPresent()
                ? new Grain.Days(days)
                : hop.isPresent()
                        ? new Grain.Hops(hop.get(), days)
                        : new Grain.Sessions(
                                sessions.get().gap(), sessions.get().max(), days);
        return new FeatureView(
                features, entity.columns(), events.time(), events.tieBreak(), grain, pairs, measures, derive, rank);
    }
}
