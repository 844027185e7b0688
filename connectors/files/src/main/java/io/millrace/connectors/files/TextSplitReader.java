package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Column;
import io.millrace.storage.Storage;
import java.io.InputStream;
import java.util.List;

/** Reads CSV and JSON lines. */
final class TextSplitReader extends SplitReader {
    /** A batch ends when it has been read from so much text: long lines must not fill the memory. */
    private static final long BATCH_BYTES = 16 << 20;

    private final BatchBuilder builder;
    private final List<String> declared;
    private final String splitId;
    private final Rejects rejects;
    private final UntimedRows untimed;
    private long untimedRows;
    private volatile UnpackedStream stream;
    private volatile InputStream prepared;
    private RecordReader records;
    private String place;

    /** @param declared the names of CSV values in files without a header */
    TextSplitReader(
            Storage storage,
            SourceOptions options,
            SourceShape shape,
            List<String> declared,
            String splitId,
            FileSplit split,
            Rejects rejects,
            UntimedRows untimed) {
        super(storage, options, shape, splitId, split, rejects);
        this.builder = new BatchBuilder(shape.fileSchema());
        this.declared = declared;
        this.rejects = rejects;
        this.splitId = splitId;
        this.untimed = untimed;
    }

    @Override
    void begin(FilePart next) {
        InputStream packed = prepared == null ? open(next) : prepared;
        stream = UnpackedStream.open(storage.nameOf(next.object().key()), packed, next.object(), options);
        prepared = null;
        stopIfClosed();
        place = next.from() == 0
                ? storage.nameOf(next.object().key()) + " line "
                : storage.nameOf(next.object().key()) + " behind byte " + next.from() + ", line ";
        records = switch (options.format()) {
            case CSV -> CsvRecords.open(stream, storage, next, shape, options, declared, builder);
            case JSON_LINES -> new JsonRecords(stream, next, shape, options, builder);
            case PARQUET -> throw new IllegalStateException("Parquet is no text");
        };
    }

    @Override
    void prepare(FilePart next) {
        prepared = open(next);
        stopIfClosed();
    }

    private InputStream open(FilePart next) {
        long size = next.object().size();
        if (next.isWhole()) {
            return storage.openAhead(next.object(), 0, size);
        }
        // The last record may end far behind the part.
        long to = Math.min(size, next.to() + options.recordLimit() + 1L);
        long from = Math.max(0, next.from() - 1);
        return storage.openAhead(next.object(), from, to - from);
    }

    private void stopIfClosed() {
        if (isClosed()) {
            stop();
        }
    }

    /** No footer has told the plan of them. */
    @Override
    boolean countsUntimed() {
        return true;
    }

    @Override
    void untimed(int rows) {
        rejects.filtered(rows);
        untimedRows += rows;
        untimed.counted(splitId, untimedRows);
    }

    @Override
    List<Column> read(List<Rejected> rejected) {
        int rows = 0;
        RecordOutcome outcome = RecordOutcome.ROW;
        long beyond = Long.MAX_VALUE;
        while (rows + rejected.size() < split.batchRows() && records.offset() < beyond) {
            outcome = records.next();
            if (outcome == RecordOutcome.END) {
                break;
            }
            beyond = Math.min(beyond, records.offset() + BATCH_BYTES);
            if (outcome == RecordOutcome.ROW) {
                rows++;
            } else {
                String where = place + records.line() + ", byte " + records.offset();
                rejected.add(new Rejected(rows, records.failure(), where));
            }
        }
        if (outcome == RecordOutcome.END && rows == 0 && rejected.isEmpty()) {
            return null;
        }
        Batch batch = builder.build(null);
        return batch.columns();
    }

    @Override
    void end() {
        Stopped.close(stream);
    }

    @Override
    void stop() {
        Stopped.close(stream);
        Stopped.close(prepared);
    }

    /** The names of the values of a CSV without header: as declared, or as inferred. */
    static List<String> declaredNames(SourceOptions options, List<String> inferred) {
        if (options.format() != FileFormat.CSV || options.csv().header()) {
            return List.of();
        }
        if (options.schema().isEmpty() && inferred.isEmpty()) {
            throw MillraceException.user("a CSV without header needs its columns declared under schema");
        }
        return options.schema().isEmpty()
                ? inferred
                : List.copyOf(options.schema().keySet());
    }
}
