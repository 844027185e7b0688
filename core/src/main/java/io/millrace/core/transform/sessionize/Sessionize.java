package io.millrace.core.transform.sessionize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds to each event what the earlier events of its key within the run say: the time since the previous one, and the session
 * it belongs to. A session ends where {@code gap} or more passes without an event, or {@code max} after its first one.
 */
public record Sessionize(
        @Setting(value = "The columns whose events belong together. Nulls are equal.", example = "[user_id]")
                List<String> key,
        @Setting(value = "The time of an event: a timestamp. A row without one is rejected.", example = "ts")
                String time,
        @Setting(
                        value =
                                "Columns that order events of the same time, ascending. Ties that are left go by all other"
                                        + " columns.",
                        example = "[event_id]")
                List<String> tieBreak,
        @Setting(value = "A session ends where so long nothing happens.", defaultValue = "30m") Duration gap,
        @Setting(value = "A session ends so long after its first event. Absent: it may last.", example = "12h")
                Optional<Duration> max,
        @Setting(
                        value =
                                "The new columns and what they say: `seconds_since_previous` (float64, null for a key's first"
                                        + " event), `session_index` (int64, from 1), `event_index` (int64, from 1 in each session),"
                                        + " `session_start` (timestamp).",
                        example = "{gap_seconds: seconds_since_previous, session: session_index}",
                        ordered = true)
                Map<String, SessionColumn> add)
        implements KeyedStep {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "sessionize";

    public Sessionize {
        key = List.copyOf(key);
        tieBreak = List.copyOf(tieBreak);
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        if (key.isEmpty()) {
            throw new InvalidSetting("key", "must name at least one column");
        }
        if (new HashSet<>(key).size() != key.size()) {
            throw new InvalidSetting("key", "names a column twice");
        }
        if (gap.isZero() || gap.isNegative()) {
            throw new InvalidSetting("gap", "must be more than nothing");
        }
        if (max.isPresent() && max.get().compareTo(gap) < 0) {
            throw new InvalidSetting("max", "must not be less than gap, which is " + gap.toSeconds() + "s");
        }
        if (add.isEmpty()) {
            throw new InvalidSetting("add", "must name at least one new column: without one the step does nothing");
        }
    }

    @Override
    public StepLineage lineage(Schema input) {
        List<String> order = new ArrayList<>(List.of(time));
        order.addAll(tieBreak);
        StepLineage.Builder builder = StepLineage.Builder.passing(input).rows(Part.REJECT, List.of(time));
        for (String column : add.keySet()) {
            builder.column(column, Part.VALUE, List.of(time)).column(column, Part.KEY, key);
            builder.order(List.of(column), input, order);
        }
        return builder.build();
    }

    @Override
    public BoundKeyedStep bind(Schema input) {
        DataType type = input.field(input.require(time)).type();
        if (type != DataType.TIMESTAMP) {
            throw MillraceException.user("time: '" + time + "' is " + type
                    + ", not timestamp; convert it before with clean: {types: {" + time + ": timestamp}}");
        }
        for (String column : add.keySet()) {
            if (input.indexOf(column) >= 0) {
                throw MillraceException.user("add: there is a column '" + column + "' already; choose another name");
            }
        }
        return new BoundSessionize(this, input);
    }
}
