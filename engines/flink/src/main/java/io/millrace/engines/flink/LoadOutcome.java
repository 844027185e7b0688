package io.millrace.engines.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.Counts;
import java.util.Optional;

/**
 * What became of a spooled piece in its target, which keeps it as the piece's note: whoever commits the piece again learns it
 * from there.
 *
 * @param rejects the file of the rows that the target refused, or null
 */
record LoadOutcome(int version, long loaded, long deduplicated, long rejected, String rejects) {
    static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    String note() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static LoadOutcome of(String note) {
        try {
            return JSON.readValue(note, LoadOutcome.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(
                    "the target holds a damaged note: " + damaged.getOriginalMessage(), damaged);
        }
    }

    Counts counts() {
        return new Counts(0, 0, loaded, 0, deduplicated, rejected);
    }

    Optional<String> rejectFile() {
        return Optional.ofNullable(rejects);
    }
}
