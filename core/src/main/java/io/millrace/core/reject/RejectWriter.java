package io.millrace.core.reject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.SerializedString;
import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the rejected rows of one attempt at one piece to a file of its own, made when the first row comes, and counts what
 * steps leave out. One thread.
 */
public final class RejectWriter implements Rejects, AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final SerializableString RUN = new SerializedString("run");
    private static final SerializableString SPLIT = new SerializedString("split");
    private static final SerializableString ORDINAL = new SerializedString("ordinal");
    private static final SerializableString STEP = new SerializedString("step");
    private static final SerializableString COLUMN = new SerializedString("column");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString VALUE = new SerializedString("value");
    private static final SerializableString ROW = new SerializedString("row");
    private static final int MAX_VALUE_LENGTH = 1000;
    private static final int MOST_TEXTS = 64;
    private static final String STAGED_AS = "rejects";

    private final Path file;
    private final String runId;
    private String step = "extract";
    private long rejected;
    private long filtered;
    private long deduplicated;
    private JsonGenerator json;
    private final Map<String, SerializableString> texts = new IdentityHashMap<>();
    /** The columns' names of the schema that was seen last. */
    private SerializableString[] names;

    private Schema namesOf;

    /** @param file of this attempt alone; nothing is there yet */
    public RejectWriter(Path file, String runId) {
        this.file = file;
        this.runId = runId;
    }

    /** Names the step that rejects from now on. */
    public RejectWriter at(String label) {
        step = label;
        return this;
    }

    public long rejected() {
        return rejected;
    }

    public long filtered() {
        return filtered;
    }

    public long deduplicated() {
        return deduplicated;
    }

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        Optional<Origin> origin = batch.origin();
        write(
                origin.map(Origin::splitId).orElse(""),
                origin.map(known -> known.ordinal(row)).orElse(-1L),
                column,
                reason,
                column == null ? null : rawValue(batch, row, column),
                batch,
                row);
    }

    private static String rawValue(Batch batch, int row, String column) {
        int position = batch.schema().indexOf(column);
        if (position < 0 || batch.column(position).isNull(row)) {
            return null;
        }
        Column values = batch.column(position);
        // The JDK's own text of a double takes ten times as long, and JDKs before 19 sometimes write a digit too many.
        return values instanceof DoubleColumn doubles
                ? NumberOutput.toString(doubles.get(row), true)
                : values.value(row).toString();
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        write(splitId, ordinal, column, reason, rawValue, null, 0);
    }

    @Override
    public void filtered(int rows) {
        filtered += rows;
    }

    @Override
    public void deduplicated(int rows) {
        deduplicated += rows;
    }

    private void write(String split, long ordinal, String column, String reason, String value, Batch batch, int row) {
        rejected++;
        try {
            if (json == null) {
                DurableFiles.createDirectories(file.getParent());
                json = JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
                json.setRootValueSeparator(null);
            }
            json.writeStartObject();
            writeRepeated(RUN, runId);
            writeRepeated(SPLIT, split);
            json.writeFieldName(ORDINAL);
            json.writeNumber(ordinal);
            writeRepeated(STEP, step);
            writeRepeated(COLUMN, column);
            writeRepeated(REASON, reason);
            json.writeFieldName(VALUE);
            json.writeString(shortened(value));
            json.writeFieldName(ROW);
            if (batch == null) {
                json.writeNull();
            } else {
                RowJson.write(json, batch, row, names(batch.schema()));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    /** A text that many rows have, mostly as the same object: its bytes are kept. */
    private void writeRepeated(SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
            return;
        }
        SerializableString known = texts.get(value);
        if (known == null) {
            if (texts.size() >= MOST_TEXTS) {
                texts.clear();
            }
            known = new SerializedString(value);
            texts.put(value, known);
        }
        json.writeString(known);
    }

    private SerializableString[] names(Schema schema) {
        if (schema != namesOf) {
            namesOf = schema;
            names = RowJson.names(schema);
        }
        return names;
    }

    private static String shortened(String value) {
        return value == null || value.length() <= MAX_VALUE_LENGTH
                ? value
                : value.substring(0, MAX_VALUE_LENGTH) + "… (" + value.length() + " characters)";
    }

    /** Makes the file durable; empty where nothing was rejected. */
    public Optional<Staged> stage() {
        if (json == null) {
            return Optional.empty();
        }
        try {
            json.close();
            DurableFiles.sync(file);
            DurableFiles.syncDirectory(file.getParent());
        } catch (IOException failed) {
            throw failed(failed);
        }
        return Optional.of(new Staged(STAGED_AS, 1, file.getFileName().toString(), rejected));
    }

    private MillraceException failed(IOException cause) {
        return MillraceException.unavailable(
                "cannot store rejected rows in " + file + " (" + cause
                        + "); make the folder writable and see that its disk has space, or set run.rejects to another folder",
                cause);
    }

    /** Closes the file and leaves it; {@link #discard} removes it. */
    @Override
    public void close() {
        try {
            if (json != null) {
                json.close();
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    /** Removes the file of an attempt that does not count. */
    public void discard() {
        try {
            close();
            Files.deleteIfExists(file);
        } catch (IOException | MillraceException leftBehind) {
            // Named by no piece result, the file counts for nothing; the run's end removes it.
        }
    }
}
