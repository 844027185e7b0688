package io.millrace.connectors.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a split holds.
 *
 * @param version of the table, for its columns
 * @param start of the window, ISO-8601; null for unbounded
 * @param end of the window, exclusive; null for unbounded
 */
record SplitFiles(long version, String start, String end, List<FilePart> parts) {
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    static SplitFiles of(long version, Optional<TimeWindow> window, List<FilePart> parts) {
        return new SplitFiles(
                version,
                window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null),
                window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null),
                parts);
    }

    Optional<TimeWindow> window() {
        return TimeWindow.between(start == null ? null : Instant.parse(start), end == null ? null : Instant.parse(end));
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static SplitFiles parse(Split split) {
        if (split.version() == FORMAT) {
            try {
                return JSON.readValue(split.payload(), SplitFiles.class);
            } catch (JsonProcessingException damaged) {
                // Falls through.
            }
        }
        throw new MillraceException(
                ErrorKind.STALE,
                "the stored split " + split.id() + " has format " + split.version() + "; this version reads " + FORMAT
                        + ". Finish the run with the version that began it, or start it anew with --restart");
    }
}
