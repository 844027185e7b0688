package io.millrace.core.reject;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.BatchReader;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.record.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** The rows of one reject file that one step refused. */
final class RejectedRowsReader implements BatchReader {
    private final BufferedReader lines;
    private final Path file;
    private final String splitId;
    private final String step;
    private final Schema schema;
    private final int batchRows;
    private final Rejects rejects;
    private long read;

    RejectedRowsReader(
            BufferedReader lines,
            Path file,
            String splitId,
            String step,
            Schema schema,
            int batchRows,
            Rejects rejects) {
        this.lines = lines;
        this.file = file;
        this.splitId = splitId;
        this.step = step;
        this.schema = schema;
        this.batchRows = batchRows;
        this.rejects = rejects;
    }

    @Override
    public Batch next() {
        long first = read;
        int rows = 0;
        BatchBuilder builder = new BatchBuilder(schema);
        while (rows < batchRows) {
            JsonNode row = nextRow();
            if (row == null) {
                break;
            }
            long ordinal = read++;
            try {
                Records.append(builder, RowValues.of(schema, row));
                rows++;
            } catch (IllegalArgumentException unfit) {
                rejects.reject(splitId, ordinal, null, unfit.getMessage(), row.toString());
                // A batch numbers its rows without gaps.
                if (rows > 0) {
                    break;
                }
                first = read;
            }
        }
        return rows == 0 ? null : builder.build(Origin.of(splitId, first));
    }

    private JsonNode nextRow() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                RejectedRow rejected = RejectReader.parse(line);
                if (rejected.step().equals(step)
                        && rejected.row() != null
                        && !rejected.row().isNull()) {
                    return rejected.row();
                }
            }
            return null;
        } catch (IOException failed) {
            throw RejectedRowsSource.unreadable(file, failed);
        }
    }

    @Override
    public long rowsRead() {
        return read;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException ignored) {
            // Everything was read, or nobody wants it any more.
        }
    }
}
