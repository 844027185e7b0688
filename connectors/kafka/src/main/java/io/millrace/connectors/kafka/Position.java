package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.Map;

/** Where the next increment begins: the first offset of each partition that no run has read. */
record Position(String topic, String topicId, Map<Integer, Long> offsets) {
    private static final int VERSION = 1;

    String text() {
        return new StateText()
                .put("version", VERSION)
                .put("topic", topic)
                .put("topic_id", topicId)
                .put("offsets", offsets)
                .toString();
    }

    static Position parse(String text) {
        StateText state = StateText.parse(text);
        if (state.number("version") != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "the stored position was written by another version of Millrace; start over with --full.");
        }
        return new Position(state.text("topic"), state.text("topic_id"), state.offsets("offsets"));
    }
}
