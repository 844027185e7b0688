package io.millrace.core.embedded;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.Map;
import java.util.function.Consumer;

/** Hands rejected rows to Java code as records. */
record RecordRejects(String step, Consumer<? super RejectedRecord> handler) implements Rejects {
    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        Map<String, Object> record = batch.record(row);
        Object value = column == null ? null : record.get(column);
        handler.accept(new RejectedRecord(step, column, reason, value == null ? null : value.toString(), record));
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        handler.accept(new RejectedRecord(step, column, reason, rawValue, Map.of()));
    }

    @Override
    public void filtered(int rows) {}

    @Override
    public void deduplicated(int rows) {}
}
