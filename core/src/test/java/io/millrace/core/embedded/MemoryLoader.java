package io.millrace.core.embedded;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
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

/** Appends to a folder in memory. Refuses rows whose first cell is null. */
final class MemoryLoader implements StagingLoader {
    private static final Map<String, List<Map<String, Object>>> PIECES = new ConcurrentHashMap<>();

    private final MemoryConnector connector;
    private final String path;

    MemoryLoader(MemoryConnector connector, String path) {
        this.connector = connector;
        this.path = path;
    }

    @Override
    public String describe() {
        return "memory " + path;
    }

    @Override
    public WriteMode mode() {
        return WriteMode.APPEND;
    }

    @Override
    public void validate(Schema schema) {}

    @Override
    public Fence prepare(LoadRequest request) {
        connector.folders.putIfAbsent(path, new ArrayList<>());
        return new Fence(1);
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        return new StagingWriter() {
            @Override
            public void write(Batch batch, Rejects rejects) {
                if (connector.failingWrites) {
                    throw MillraceException.unavailable("the write failed on purpose", null);
                }
                for (int row = 0; row < batch.rowCount(); row++) {
                    if (batch.column(0).isNull(row)) {
                        rejects.reject(batch, row, schema.field(0).name(), "is the target's key and null");
                    } else {
                        rows.add(batch.record(row));
                    }
                }
            }

            @Override
            public Staged stage() {
                String name = task.lineage().id() + "/" + UUID.randomUUID();
                PIECES.put(name, rows);
                return new Staged("memory", 1, name, rows.size());
            }

            @Override
            public void abort() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        if (connector.failingCommits-- > 0) {
            throw MillraceException.unavailable("the commit failed on purpose", null);
        }
        staged.forEach(piece -> connector.folders.get(path).addAll(PIECES.remove(piece.payload())));
        return CommitResult.COMMITTED;
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        PIECES.keySet().removeIf(name -> name.startsWith(lineage.id() + "/"));
    }

    @Override
    public void close() {}
}
