package io.millrace.connectors.files;

import io.millrace.api.data.BatchBuilder;
import io.millrace.formats.json.JsonDecoder;
import io.millrace.formats.json.JsonFailure;
import io.millrace.formats.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a JSON lines file or of a part of one, a document each. */
final class JsonRecords implements RecordReader {
    private final LineScanner lines;
    private final JsonDecoder decoder;
    private final int limit;
    private RecordFailure failure;

    JsonRecords(UnpackedStream in, FilePart part, SourceShape shape, SourceOptions options, BatchBuilder out) {
        this.limit = options.recordLimit();
        this.lines = new LineScanner(in, part.from(), part.to(), limit);
        this.decoder = shape.json().orElseThrow().decoder(out, 0, new JsonLimits(limit, JsonLimits.DEFAULT.depth()));
    }

    @Override
    public RecordOutcome next() {
        failure = null;
        if (!lines.next()) {
            return RecordOutcome.END;
        }
        if (lines.isTooLong()) {
            String beginning =
                    new String(lines.bytes(), lines.start(), Math.min(lines.size(), 1024), StandardCharsets.UTF_8);
            failure = new RecordFailure(null, "is longer than " + limit + " bytes", beginning);
            return RecordOutcome.REJECTED;
        }
        Optional<JsonFailure> refused = decoder.decode(lines.bytes(), lines.start(), lines.size());
        refused.ifPresent(why -> failure = new RecordFailure(why.column().orElse(null), why.reason(), why.rawValue()));
        return failure == null ? RecordOutcome.ROW : RecordOutcome.REJECTED;
    }

    @Override
    public RecordFailure failure() {
        return failure;
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public long offset() {
        return lines.offset();
    }
}
