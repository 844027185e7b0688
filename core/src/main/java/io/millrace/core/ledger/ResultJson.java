package io.millrace.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.CheckTally;
import io.millrace.api.Claims;
import io.millrace.api.Counts;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.PieceResult;
import io.millrace.api.Receipt;
import io.millrace.api.Staged;
import io.millrace.api.StepTally;
import io.millrace.api.WriteTask;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;

/** Piece results and schemas as versioned JSON text. */
public final class ResultJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ResultJson() {}

    /** The stored form: Optionals as null, the counts beside it in columns of their own. */
    private record Stored(
            int version,
            Lineage lineage,
            String unit,
            String piece,
            int attempt,
            long epoch,
            Staged data,
            Receipt receipt,
            Staged rejects,
            List<Claims> claims,
            List<CheckTally> checks,
            List<StepTally> steps,
            String resumePoint) {}

    static String write(PieceResult result) {
        WriteTask task = result.task();
        return text(new Stored(
                VERSION,
                task.lineage(),
                task.unit(),
                task.piece(),
                task.attempt(),
                task.fence().epoch(),
                result.data().orElse(null),
                result.receipt().orElse(null),
                result.rejects().orElse(null),
                result.claims(),
                result.checks(),
                result.steps(),
                result.resumePoint().orElse(null)));
    }

    static PieceResult read(String text, Counts counts) {
        Stored stored = parse(text, new TypeReference<Stored>() {});
        return new PieceResult(
                new WriteTask(stored.lineage, stored.unit, stored.piece, stored.attempt, new Fence(stored.epoch)),
                Optional.ofNullable(stored.data),
                Optional.ofNullable(stored.receipt),
                Optional.ofNullable(stored.rejects),
                counts,
                stored.claims,
                // Absent from what was written before there were checks.
                Optional.ofNullable(stored.checks).orElse(List.of()),
                Optional.ofNullable(stored.steps).orElse(List.of()),
                Optional.ofNullable(stored.resumePoint));
    }

    private record Note(String result, Counts counts) {}

    /** The whole result, counts included, for a target that keeps it beside the rows. */
    public static String note(PieceResult result) {
        return text(new Note(write(result), result.counts()));
    }

    /** What {@link #note} has written. */
    public static PieceResult ofNote(String text) {
        Note note = parse(text, new TypeReference<Note>() {});
        return read(note.result, note.counts);
    }

    static String write(List<String> texts) {
        return text(texts);
    }

    static List<String> readTexts(String text) {
        return parse(text, new TypeReference<List<String>>() {});
    }

    private record StoredField(String name, String type, boolean nullable) {}

    static String write(Schema schema) {
        return text(schema.fields().stream()
                .map(field -> new StoredField(field.name(), field.type().toString(), field.nullable()))
                .toList());
    }

    static Schema readSchema(String text) {
        return Schema.of(parse(text, new TypeReference<List<StoredField>>() {}).stream()
                .map(stored ->
                        new Field(stored.name(), DataType.parse(stored.type()).orElseThrow(), stored.nullable()))
                .toList());
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T parse(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the ledger holds damaged JSON: " + damaged.getOriginalMessage(), damaged);
        }
    }
}
