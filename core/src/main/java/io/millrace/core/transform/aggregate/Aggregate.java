package io.millrace.core.transform.aggregate;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.measure.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row for each group: the columns it is grouped by, the bounds of its window, and its measures, in this order. */
public record Aggregate(
        @Setting(
                        value =
                                "The columns whose values make up a group; a null is a value like any other. Without any"
                                        + " there is one group. To group by an expression, derive it first.",
                        example = "[user_id, date]")
                List<String> by,
        @Setting(
                        value = "What is computed, by the name of the column that it yields.",
                        example = "{total_events: count(*), revenue: \"sum(price) FILTER (WHERE event_type ="
                                + " 'purchase')\"}",
                        ordered = true)
                Map<String, Measure> measures,
        @Setting(
                        value = "Windows in event time; without, a group spans the run.",
                        example = "{tumbling: 1d, time: ts, zone: Asia/Shanghai}")
                Optional<WindowSettings> window,
        @Setting(
                        value =
                                "The event time that rows are ordered by, for first, last and collect_list; without, the"
                                        + " time of the window.",
                        example = "ts")
                Optional<String> time,
        @Setting(
                        value = "The columns that decide between rows of equal time; then the rows' bytes do.",
                        example = "[event_id]")
                List<String> tieBreak)
        implements KeyedStep {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "aggregate";

    public Aggregate {
        by = List.copyOf(by);
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        tieBreak = List.copyOf(tieBreak);
        if (measures.isEmpty()) {
            throw new InvalidSetting("measures", "must name at least one measure, such as total: count(*)");
        }
        if (new HashSet<>(by).size() != by.size()) {
            throw new InvalidSetting("by", "names a column twice");
        }
        if (window.isPresent() && window.get().time().isEmpty() && time.isEmpty()) {
            throw new InvalidSetting("window", "needs the column of the event time: write time: and its name");
        }
        for (String name : measures.keySet()) {
            if (by.contains(name)) {
                throw new InvalidSetting("measures", "'" + name + "' has the name of a column that is grouped by");
            }
        }
    }

    /** The column that windows go by. */
    Optional<String> windowTime() {
        return window.flatMap(WindowSettings::time).or(() -> time);
    }

    /** The columns that order rows. */
    List<String> order() {
        List<String> order = new ArrayList<>();
        windowTime().ifPresent(order::add);
        time.ifPresent(declared -> {
            order.clear();
            order.add(declared);
        });
        tieBreak.stream().filter(column -> !order.contains(column)).forEach(order::add);
        return order;
    }

    @Override
    public StepLineage lineage(Schema input) {
        return new AggregateLineage(this, input).find();
    }

    @Override
    public BoundKeyedStep bind(Schema input) {
        return BoundAggregate.of(this, input);
    }

    @Override
    public BoundKeyedStep bind(Schema input, Instant runStart) {
        return BoundAggregate.of(this, input, Optional.of(runStart));
    }
}
