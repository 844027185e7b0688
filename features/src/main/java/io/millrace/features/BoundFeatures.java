package io.millrace.features;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.measure.BoundMeasures;
import io.millrace.core.measure.Measure;
import io.millrace.core.measure.TileWindow;
import io.millrace.core.measure.WindowedGroups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A view bound to the columns of its events: names and types are resolved. Immutable. */
public final class BoundFeatures {
    private final FeatureView view;
    private final Schema events;
    private final Schema input;
    private final Map<String, Measure> measures;
    private final BoundMeasures bound;
    private final Schema measured;
    private final Schema output;

    private BoundFeatures(FeatureView view, Schema events) {
        this.view = view;
        this.events = events;
        this.input = view.pairs().map(pairs -> paired(pairs, events)).orElse(events);
        this.measures = measures(view);
        this.bound = BoundMeasures.bind(measures, input, view.order(), view.entity());
        this.measured = measured(view, input, bound);
        this.output = ranked(view, derived(view, measured));
    }

    /** Resolves names and types; a user error where they do not fit. */
    public static BoundFeatures of(FeatureView view, Schema events) {
        requireColumns("entity", view.entity(), events);
        requireColumns("events.time", List.of(view.time()), events);
        requireColumns("events.tie_break", view.tieBreak(), events);
        DataType time = events.field(events.require(view.time())).type();
        if (!time.equals(DataType.TIMESTAMP)) {
            throw MillraceException.user("events.time: '" + view.time() + "' is of type " + time
                    + ", and must be a timestamp; convert it with clean's types, as a step of events.transform");
        }
        return new BoundFeatures(view, events);
    }

    private static void requireColumns(String key, List<String> names, Schema events) {
        for (String name : names) {
            if (!events.contains(name)) {
                throw MillraceException.user(key + ": events have no column '" + name + "'"
                        + Suggestion.didYouMean(name, events.names()) + "; they have "
                        + String.join(", ", events.names()));
            }
        }
    }

    private static Schema paired(Pairing pairs, Schema events) {
        requireColumns("pairs", List.of(pairs.of(), pairs.by()), events);
        if (events.contains(pairs.as())) {
            throw MillraceException.user("pairs: events have a column '" + pairs.as() + "' already; name another one");
        }
        pairs.where().bindPredicate(events, Instant.EPOCH);
        List<Field> fields = new ArrayList<>();
        events.forEach(field -> fields.add(Field.of(field.name(), field.type())));
        fields.add(Field.of(pairs.as(), events.field(events.require(pairs.of())).type()));
        return Schema.of(fields);
    }

    /** The measures, where there are pairs told apart by whether they see them. */
    private static Map<String, Measure> measures(FeatureView view) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        view.measures()
                .forEach((name, measure) -> measures.put(
                        name,
                        view.pairs()
                                .map(pairs -> PairVisibility.of(measure.measure(), pairs.as()))
                                .orElse(measure.measure())));
        return measures;
    }

    private static Schema measured(FeatureView view, Schema input, BoundMeasures bound) {
        List<Field> fields = new ArrayList<>();
        view.entity()
                .forEach(column -> fields.add(
                        new Field(column, input.field(input.require(column)).type(), false)));
        for (String column : view.grainColumns()) {
            fields.add(
                    new Field(column, view.grain() instanceof Grain.Days ? DataType.DATE : DataType.TIMESTAMP, false));
        }
        if (view.grain() instanceof Grain.Sessions) {
            fields.addAll(bound.results());
        } else {
            fields.addAll(WindowedGroups.fields(
                    bound,
                    view.measures().values().stream()
                            // Types depend on whether a count fades, not on lengths.
                            .map(measure -> new TileWindow(1, view.halfLifeInTiles(measure)))
                            .toList()));
        }
        return Schema.of(fields);
    }

    private static Schema derived(FeatureView view, Schema measured) {
        List<Field> fields = new ArrayList<>(measured.fields());
        for (Map.Entry<String, Expression> column : view.derive().entrySet()) {
            try {
                DataType type =
                        column.getValue().bind(Schema.of(fields), Instant.EPOCH).type();
                fields.add(Field.of(column.getKey(), type));
            } catch (MillraceException wrong) {
                throw wrong.during("derive: column '" + column.getKey() + "'");
            }
        }
        return Schema.of(fields);
    }

    private static Schema ranked(FeatureView view, Schema derived) {
        List<Field> fields = new ArrayList<>(derived.fields());
        view.rank().forEach((name, ranking) -> {
            requireColumns("rank." + name, List.of(ranking.of()), derived);
            requireColumns("rank." + name, ranking.within(), derived);
            fields.add(Field.of(name, DataType.FLOAT64));
        });
        return Schema.of(fields);
    }

    public FeatureView view() {
        return view;
    }

    /** The columns of events as they come from the steps before. */
    public Schema events() {
        return events;
    }

    /** The columns that measures see: those of the events, and that of pairs where the view has them. */
    public Schema input() {
        return input;
    }

    /**
     * The measures as they are computed over {@link #input}, by column. Where the view has pairs, each is filtered so that it sees
     * either pairs or the other events.
     */
    public Map<String, Measure> measures() {
        return measures;
    }

    /** The measures with their accumulators and types. */
    public BoundMeasures boundMeasures() {
        return bound;
    }

    /** The entity's columns, the grain's, and the measures. */
    public Schema measured() {
        return measured;
    }

    /** All columns: {@link #measured}, then derived ones, then ranks. */
    public Schema output() {
        return output;
    }

    /** Over which tiles each measure is computed, in their order, as of the end of a tile. */
    public List<TileWindow> windows(TileGrid grid, long last) {
        return view.measures().values().stream()
                .map(measure -> new TileWindow(
                        Math.toIntExact(last + 1 - grid.first(view.window(measure), last)),
                        view.halfLifeInTiles(measure)))
                .toList();
    }

    /** The first tile that any measure looks at as of the end of a tile. */
    public static long firstTile(FeatureView view, TileGrid grid, long last) {
        return view.measures().values().stream()
                .mapToLong(measure -> grid.first(view.window(measure), last))
                .min()
                .orElseThrow();
    }
}
