package io.millrace.engines.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.stream.KeyedCounts;
import java.io.IOException;
import java.util.List;

/**
 * What a checkpoint knows of its stream. It is read before a job is started from it, so that the lineage of the state wins
 * over whatever else is believed.
 *
 * @param pin what the source rests on, of {@link io.millrace.api.MessageSource#streamPin}
 * @param definition the fingerprint of the pipeline, as JSON
 * @param keyed what keyed steps have counted beside it
 * @param stages the names of the stages that keep state
 * @param counts of all pieces that were committed when the checkpoint was made
 */
record StreamState(
        int version,
        String pipeline,
        String lineage,
        String pin,
        String definition,
        Counts counts,
        KeyedCounts keyed,
        List<String> stages) {
    /** 2 has what keyed steps count, and their names in the state; before, streams had none. */
    static final int VERSION = 2;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    StreamState {
        keyed = keyed == null ? KeyedCounts.NONE : keyed;
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    StreamState with(Counts changed, KeyedCounts changedKeyed) {
        return new StreamState(VERSION, pipeline, lineage, pin, definition, changed, changedKeyed, stages);
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
            if (state.version < 1 || state.version > VERSION) {
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
