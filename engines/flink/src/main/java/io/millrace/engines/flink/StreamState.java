package io.millrace.engines.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;

/**
 * What a checkpoint knows of its stream. It is read before a job is started from it, so that the lineage of the state wins
 * over whatever else is believed.
 *
 * @param pin what the source rests on, of {@link io.millrace.api.MessageSource#streamPin}
 * @param definition the fingerprint of the pipeline, as JSON
 * @param counts of all pieces that were committed when the checkpoint was made
 */
record StreamState(int version, String pipeline, String lineage, String pin, String definition, Counts counts) {
    static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    StreamState with(Counts changed) {
        return new StreamState(version, pipeline, lineage, pin, definition, changed);
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static StreamState of(byte[] bytes) {
        try {
            StreamState state = JSON.readValue(bytes, StreamState.class);
            if (state.version != VERSION) {
                throw unknown("its state", state.version);
            }
            return state;
        } catch (IOException damaged) {
            throw new IllegalStateException("a checkpoint holds a damaged state", damaged);
        }
    }

    static MillraceException unknown(String what, int version) {
        return new MillraceException(
                ErrorKind.USER,
                "the checkpoint was made by another version of Millrace, which kept " + what + " in format " + version
                        + "; go on with that version, or begin anew with --restart");
    }
}
