package io.millrace.connectors.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a plan rests on, as it is stored before the first split is read.
 *
 * @param ranges one for each partition, empty ones included
 * @param fields the inferred columns; empty where the settings declare them
 */
record Pin(String topicId, List<OffsetRange> ranges, Optional<String> fields) {
    private static final int VERSION = 1;

    String text() {
        Map<Integer, Long> from = new TreeMap<>();
        ranges.forEach(range -> from.put(range.partition(), range.from()));
        return new StateText()
                .put("version", VERSION)
                .put("topic_id", topicId)
                .put("from", from)
                .put("to", ends())
                .put("fields", fields)
                .toString();
    }

    /** Where each partition's range ends. */
    Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new TreeMap<>();
        ranges.forEach(range -> ends.put(range.partition(), range.to()));
        return ends;
    }

    /** Reads a stored pin; empty where another version wrote it. */
    static Optional<Pin> parse(String text) {
        StateText state = StateText.parse(text);
        if (state.number("version") != VERSION) {
            return Optional.empty();
        }
        Map<Integer, Long> to = state.offsets("to");
        List<OffsetRange> ranges = new ArrayList<>();
        state.offsets("from")
                .forEach((partition, from) -> ranges.add(new OffsetRange(partition, from, to.get(partition))));
        return Optional.of(new Pin(state.text("topic_id"), List.copyOf(ranges), state.find("fields")));
    }
}
