package io.millrace.connectors.files;

import io.millrace.api.data.BatchBuilder;
import io.millrace.formats.csv.CsvFailure;
import io.millrace.formats.csv.CsvReader;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.List;

/** The records of a CSV file or of a part of one. */
final class CsvRecords implements RecordReader {
    private final CsvReader reader;

    private CsvRecords(CsvReader reader) {
        this.reader = reader;
    }

    static CsvRecords open(
            UnpackedStream in,
            Storage storage,
            FilePart part,
            SourceShape shape,
            SourceOptions options,
            List<String> declared,
            BatchBuilder out) {
        List<String> header = declared;
        if (options.csv().header() && part.from() > 0) {
            header = header(storage, part.object(), options);
        }
        return new CsvRecords(CsvReader.range(
                in, in.name(), options.csv(), shape.csv(), header, part.from(), part.to(), options.recordLimit(), out));
    }

    private static List<String> header(Storage storage, StoredObject file, SourceOptions options) {
        long enough = Math.min(file.size(), options.recordLimit() + 1L);
        try (UnpackedStream in = UnpackedStream.open(storage, file, options, enough)) {
            return CsvReader.names(in, in.name(), options.csv(), options.recordLimit());
        }
    }

    @Override
    public RecordOutcome next() {
        return switch (reader.next()) {
            case ROW -> RecordOutcome.ROW;
            case REJECTED -> RecordOutcome.REJECTED;
            case END -> RecordOutcome.END;
        };
    }

    @Override
    public RecordFailure failure() {
        CsvFailure failure = reader.failure();
        return new RecordFailure(failure.column(), failure.reason(), failure.raw());
    }

    @Override
    public long line() {
        return reader.line();
    }

    @Override
    public long offset() {
        return reader.offset();
    }
}
