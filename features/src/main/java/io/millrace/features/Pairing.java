package io.millrace.features;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.expression.Expression;
import java.time.Duration;

/**
 * Events that happen to two values together, for "bought together": of the events that meet {@code where}, those of one
 * {@code by} are looked at in the order of the view. With each event and each earlier one of the last {@code limit} that is at
 * most {@code within} older and of another value, a pair happens, at the later event's time. It counts for both values: an event
 * with {@code of} the one and {@code as} the other, and the reverse, all other columns null. Measures that read the column
 * {@code as} see these events only; all others do not see them.
 *
 * @param of the column whose values are paired
 * @param by the column that paired events are equal in
 * @param where which events; null of {@code of} or {@code by} is in no pair
 * @param within how far apart two events may be
 * @param limit how many events of one {@code by} are looked back at
 * @param as the column of the other value
 */
public record Pairing(
        @Setting(value = "The column whose values are paired.", example = "item_id") String of,
        @Setting(value = "The column that paired events are equal in.", example = "user_id") String by,
        @Setting(value = "Which events.", example = "event_type = 'purchase'") Expression where,
        @Setting(value = "How far apart two events may be.", example = "7d") Duration within,
        @Setting(value = "How many earlier events of one by an event is paired with at most.", defaultValue = "100")
                int limit,
        @Setting(value = "The new column, with the other value.", example = "bought_with") String as) {
    private static final int MOST = 10_000;

    public Pairing {
        if (within.isNegative() || within.isZero()) {
            throw new InvalidSetting("within", "must be longer than nothing");
        }
        if (limit < 1 || limit > MOST) {
            throw new InvalidSetting("limit", "must be from 1 to " + MOST + "; found " + limit);
        }
        if (of.equals(by)) {
            throw new InvalidSetting("by", "must be another column than of");
        }
    }
}
