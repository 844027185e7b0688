package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.formats.json.JsonFields;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the split of a run reads, beside the settings.
 *
 * @param times the parameters that the plan adds to those of the settings, by name
 * @param window the rows that are taken
 */
record SplitPayload(JsonFields fields, Map<String, String> times, Optional<TimeWindow> window, int batchRows) {
    private static final int VERSION = 2;

    SplitPayload {
        times = Map.copyOf(times);
    }

    Split split(String id) {
        StateText parameters = new StateText();
        new TreeMap<>(times).forEach(parameters::put);
        String payload = new StateText()
                .put("fields", fields.text())
                .put("times", parameters.toString())
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
                StateText.parse(state.get("times")).all(),
                TimeWindow.between(start.orElse(null), end.orElse(null)),
                (int) state.number("batch_rows"));
    }
}
