package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.formats.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/**
 * What the split of a run reads, beside the settings.
 *
 * @param since the lower bound of an increment, as the API takes it
 * @param bound the upper bound, as the API takes it
 * @param window the rows that are taken
 */
record SplitPayload(
        JsonFields fields, Optional<String> since, Optional<String> bound, Optional<TimeWindow> window, int batchRows) {
    private static final int VERSION = 1;

    Split split(String id) {
        String payload = new StateText()
                .put("fields", fields.text())
                .put("since", since)
                .put("bound", bound)
                .put("start", window.flatMap(TimeWindow::start))
                .put("end", window.flatMap(TimeWindow::end))
                .put("batch_rows", batchRows)
                .toString();
        return new Split(id, VERSION, payload, -1, -1);
    }

    static SplitPayload of(Split split) {
        if (split.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "split " + split.id() + " was planned by another version of Millrace; begin the run anew.");
        }
        StateText state = StateText.parse(split.payload());
        Optional<Instant> start = state.find("start").map(Instant::parse);
        Optional<Instant> end = state.find("end").map(Instant::parse);
        return new SplitPayload(
                JsonFields.parse(state.get("fields")),
                state.find("since"),
                state.find("bound"),
                TimeWindow.between(start.orElse(null), end.orElse(null)),
                (int) state.number("batch_rows"));
    }
}
