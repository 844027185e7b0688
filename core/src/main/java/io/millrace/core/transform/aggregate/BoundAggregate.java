package io.millrace.core.transform.aggregate;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Windows;
import io.millrace.core.measure.BoundMeasures;
import io.millrace.core.window.SessionRule;
import io.millrace.core.window.SlidingWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code aggregate} bound to a schema. Partial rows are the key, what the window adds to it, and the measures' states. */
final class BoundAggregate implements BoundKeyedStep {
    private final Aggregate settings;
    private final Schema input;
    private final BoundMeasures measures;
    private final BoundMeasures nothing;
    private final Schema partial;
    private final Schema output;

    private BoundAggregate(Aggregate settings, Schema input, BoundMeasures measures, BoundMeasures nothing) {
        this.settings = settings;
        this.input = input;
        this.measures = measures;
        this.nothing = nothing;
        WindowKeys window = windowKeys();
        this.partial = schema(window.fields(), measures.states());
        this.output = schema(window.bounds(), measures.results());
    }

    /** Of measures that belong to no run. */
    static BoundAggregate of(Aggregate settings, Schema input) {
        return of(settings, input, Optional.empty());
    }

    static BoundAggregate of(Aggregate settings, Schema input, Optional<Instant> runStart) {
        try {
            requireColumns(settings.by(), "by", input);
            requireColumns(settings.tieBreak(), "tie_break", input);
            settings.time().ifPresent(time -> requireColumns(List.of(time), "time", input));
            settings.windowTime().filter(time -> settings.window().isPresent()).ifPresent(time -> {
                requireColumns(List.of(time), "window", input);
                requireTimestamp(time, input);
            });
            BoundMeasures measures =
                    BoundMeasures.bind(settings.measures(), input, settings.order(), settings.by(), runStart);
            BoundMeasures nothing = BoundMeasures.bind(Map.of(), input, List.of(), settings.by());
            return new BoundAggregate(settings, input, measures, nothing);
        } catch (MillraceException wrong) {
            throw wrong.during(Aggregate.NAME);
        }
    }

    private static void requireColumns(List<String> names, String key, Schema input) {
        for (String name : names) {
            if (!input.contains(name)) {
                String expression =
                        name.matches("[\\w ]+") ? "" : "; it takes names of columns, not expressions: derive one";
                throw MillraceException.user(key + ": there is no column '" + name + "' here"
                        + Suggestion.didYouMean(name, input.names()) + expression + "; the columns are "
                        + String.join(", ", input.names()));
            }
        }
    }

    private static void requireTimestamp(String time, Schema input) {
        DataType type = input.field(input.indexOf(time)).type();
        if (type.kind() != DataType.Kind.TIMESTAMP) {
            throw MillraceException.user("window: the event time '" + time + "' is of type " + type
                    + ", and must be a timestamp; convert it with clean's types");
        }
    }

    /** What the window adds to keys; a new one for each thread. */
    WindowKeys windowKeys() {
        if (settings.window().isEmpty()) {
            return new NoWindow();
        }
        WindowSettings window = settings.window().get();
        if (window.session().isPresent()) {
            SessionRule rule = SessionRule.of(
                    window.session().get().gap(), window.session().get().max());
            return new SessionKeys(rule, byTypes(), measures, nothing);
        }
        return new TileKeys(
                window.sliding().isPresent()
                        ? SlidingWindows.sliding(
                                window.sliding().get().size(),
                                window.sliding().get().every(),
                                window.calendarZone())
                        : SlidingWindows.tumbling(window.tumbling().orElseThrow(), window.calendarZone()));
    }

    private Schema schema(List<Field> window, List<Field> values) {
        List<Field> fields = new ArrayList<>();
        settings.by().forEach(name -> fields.add(input.field(input.require(name))));
        fields.addAll(window);
        fields.addAll(values);
        HashSet<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw MillraceException.user("two columns of the output would be named '" + field.name()
                        + "'; rename the one in by or measures");
            }
        }
        return Schema.of(fields);
    }

    List<DataType> byTypes() {
        return settings.by().stream()
                .map(name -> input.field(input.require(name)).type())
                .toList();
    }

    /** The types of the key with what the window adds. */
    List<DataType> keyTypes(WindowKeys window) {
        List<DataType> types = new ArrayList<>(byTypes());
        window.fields().forEach(field -> types.add(field.type()));
        return types;
    }

    List<String> by() {
        return settings.by();
    }

    Schema input() {
        return input;
    }

    BoundMeasures measures() {
        return measures;
    }

    /** The position of the event time that windows go by. */
    Optional<Integer> timePosition() {
        return settings.window().isEmpty()
                ? Optional.empty()
                : settings.windowTime().map(input::require);
    }

    @Override
    public Schema partial() {
        return partial;
    }

    @Override
    public List<String> key() {
        List<String> key = new ArrayList<>(settings.by());
        WindowKeys window = windowKeys();
        if (window.separable()) {
            window.fields().forEach(field -> key.add(field.name()));
        }
        return key;
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public Lift lift() {
        return new AggregateLift(this);
    }

    @Override
    public Fold fold(long memoryLimit) {
        return new AggregateFold(this, memoryLimit);
    }

    @Override
    public Optional<Windows> windows() {
        return settings.window().isEmpty()
                ? Optional.empty()
                : Optional.of(new AggregateWindows(this, settings.windowTime().orElseThrow()));
    }
}
