package io.millrace.core.embedded;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.core.record.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records as batches. */
final class RecordBatches {
    private RecordBatches() {}

    /** The records that fit the schema; the others are handed to {@code rejects} with the reason. */
    static Batch of(
            Schema schema, List<? extends Map<String, ?>> records, String step, Consumer<RejectedRecord> rejects) {
        BatchBuilder builder = new BatchBuilder(schema);
        for (Map<String, ?> record : records) {
            try {
                Records.append(builder, record);
            } catch (IllegalArgumentException unfit) {
                rejects.accept(new RejectedRecord(step, null, unfit.getMessage(), null, new LinkedHashMap<>(record)));
            }
        }
        return builder.build(null);
    }
}
