package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import java.util.Optional;

/**
 * What a split reads; holds all that a worker needs beside the settings.
 *
 * @param fields the inferred columns, in the JSON format's own text; empty where the settings declare them
 */
record SplitPayload(String topicId, OffsetRange range, TimeBounds times, int batchRows, Optional<String> fields) {
    static final int VERSION = 1;

    /** The split; its id names topic, partition and first offset, so that a row's number leads to its message. */
    Split split(String topic) {
        String payload = new StateText()
                .put("topic_id", topicId)
                .put("partition", range.partition())
                .put("from", range.from())
                .put("to", range.to())
                .put("start", times.stored(times.start()))
                .put("end", times.stored(times.end()))
                .put("batch_rows", batchRows)
                .put("fields", fields)
                .toString();
        return new Split(topic + "." + range.partition() + "." + range.from(), VERSION, payload, range.size(), -1);
    }

    static SplitPayload of(Split split) {
        if (split.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "split " + split.id() + " was planned by another version of Millrace; begin the run anew.");
        }
        StateText state = StateText.parse(split.payload());
        return new SplitPayload(
                state.text("topic_id"),
                new OffsetRange(Math.toIntExact(state.number("partition")), state.number("from"), state.number("to")),
                new TimeBounds(
                        state.findNumber("start").orElse(TimeBounds.NONE.start()),
                        state.findNumber("end").orElse(TimeBounds.NONE.end())),
                Math.toIntExact(state.number("batch_rows")),
                state.find("fields"));
    }
}
