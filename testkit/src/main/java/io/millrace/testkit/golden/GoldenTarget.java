package io.millrace.testkit.golden;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what a golden case's pipeline loads. */
final class GoldenTarget implements StagingLoader {
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Map<String, List<Map<String, Object>>> staged = new ConcurrentHashMap<>();
    private volatile Schema columns;

    /** What was committed. */
    List<Map<String, Object>> rows() {
        return rows;
    }

    /** The columns that the run has prepared this target for. */
    Schema columns() {
        return columns;
    }

    @Override
    public String describe() {
        return "golden outcome";
    }

    @Override
    public WriteMode mode() {
        return WriteMode.APPEND;
    }

    @Override
    public void validate(Schema schema) {
        columns = schema;
    }

    @Override
    public Fence prepare(LoadRequest request) {
        return new Fence(1);
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        List<Map<String, Object>> written = new ArrayList<>();
        return new StagingWriter() {
            @Override
            public void write(Batch batch, Rejects rejects) {
                written.addAll(batch.records());
            }

            @Override
            public Staged stage() {
                String name = UUID.randomUUID().toString();
                staged.put(name, written);
                return new Staged("golden", 1, name, written.size());
            }

            @Override
            public void abort() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> pieces) {
        pieces.forEach(piece -> rows.addAll(staged.remove(piece.payload())));
        return CommitResult.COMMITTED;
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {}

    @Override
    public void close() {}
}
