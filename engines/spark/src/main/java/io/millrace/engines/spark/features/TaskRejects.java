package io.millrace.engines.spark.features;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.core.reject.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one task rejects and leaves out: all of it counted, the first rows kept as lines of a reject file. One thread. */
final class TaskRejects implements Rejects {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_VALUE_LENGTH = 1000;

    private final String step;
    private final List<String> lines = new ArrayList<>();
    private long rejected;
    private long filtered;
    private long deduplicated;

    /** @param step the label of what rejects */
    TaskRejects(String step) {
        this.step = step;
    }

    long rejected() {
        return rejected;
    }

    long filtered() {
        return filtered;
    }

    long deduplicated() {
        return deduplicated;
    }

    List<String> lines() {
        return lines;
    }

    /** What has been counted: of rows, or of groups. */
    Tally tally(boolean rows) {
        return rows
                ? new Tally(0, filtered, deduplicated, rejected, 0, 0, 0, lines)
                : new Tally(0, 0, deduplicated, 0, 0, filtered, rejected, lines);
    }

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        int position = column == null ? -1 : batch.schema().indexOf(column);
        Object value = position < 0 ? null : batch.column(position).value(row);
        Optional<Origin> origin = batch.origin();
        keep(
                origin.map(Origin::splitId).orElse(""),
                origin.map(known -> known.ordinal(row)).orElse(-1L),
                column,
                reason,
                value == null ? null : value.toString(),
                batch,
                row);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        keep(splitId, ordinal, column, reason, rawValue, null, 0);
    }

    @Override
    public void filtered(int rows) {
        filtered += rows;
    }

    @Override
    public void deduplicated(int rows) {
        deduplicated += rows;
    }

    private void keep(String split, long ordinal, String column, String reason, String value, Batch batch, int row) {
        rejected++;
        if (lines.size() == Tally.MOST_REJECTS) {
            return;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("run", "");
            json.writeStringField("split", split);
            json.writeNumberField("ordinal", ordinal);
            json.writeStringField("step", step);
            json.writeStringField("column", column);
            json.writeStringField("reason", reason);
            json.writeStringField("value", shortened(value));
            json.writeFieldName("row");
            if (batch == null) {
                json.writeNull();
            } else {
                RowJson.write(json, batch, row);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        lines.add(line.toString(StandardCharsets.UTF_8));
    }

    private static String shortened(String value) {
        return value == null || value.length() <= MOST_VALUE_LENGTH
                ? value
                : value.substring(0, MOST_VALUE_LENGTH) + "… (" + value.length() + " characters)";
    }
}
