package io.millrace.core.coordinator;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A staging target in memory that outlives its loaders: what is staged, what is visible, who holds the fence. */
final class MemoryTarget {
    final List<Object> visible = new ArrayList<>();
    final Map<String, List<Object>> staged = new ConcurrentHashMap<>();
    final Set<String> committed = new HashSet<>();
    final Map<String, Long> epochs = new TreeMap<>();
    WriteMode mode = WriteMode.APPEND;
    List<String> partitionBy = List.of();
    int failingCommits;
    /** The position of the column that is kept of each row. */
    int column;

    RuntimeException refuses;

    StagingLoader loader() {
        return new MemoryLoader();
    }

    private final class MemoryLoader implements StagingLoader {
        @Override
        public String describe() {
            return "memory target";
        }

        @Override
        public WriteMode mode() {
            return mode;
        }

        @Override
        public List<String> partitionBy() {
            return partitionBy;
        }

        @Override
        public void validate(Schema schema) {
            if (refuses != null) {
                throw refuses;
            }
        }

        @Override
        public Fence prepare(LoadRequest request) {
            return new Fence(epochs.merge(request.lineage().id(), 1L, Long::sum));
        }

        @Override
        public StagingWriter open(WriteTask task, Schema schema) {
            return new MemoryWriter(task);
        }

        @Override
        public CommitResult commit(CommitId id, List<Staged> pieces) {
            requireFence(id.lineage(), id.fence());
            if (failingCommits-- > 0) {
                throw MillraceException.unavailable("the commit failed on purpose", null);
            }
            if (!committed.add(id.unit())) {
                return CommitResult.ALREADY_COMMITTED;
            }
            if (mode == WriteMode.OVERWRITE) {
                visible.clear();
            }
            pieces.forEach(piece -> visible.addAll(staged.remove(piece.payload())));
            return CommitResult.COMMITTED;
        }

        @Override
        public void cleanup(Lineage lineage, Collection<Staged> live) {
            List<String> names = live.stream().map(Staged::payload).toList();
            staged.keySet().removeIf(name -> name.startsWith(lineage.id() + "/") && !names.contains(name));
        }

        @Override
        public void close() {}
    }

    private void requireFence(Lineage lineage, Fence fence) {
        if (epochs.get(lineage.id()) != fence.epoch()) {
            throw new MillraceException(ErrorKind.FENCED, "fenced");
        }
    }

    private final class MemoryWriter implements StagingWriter {
        private final WriteTask task;
        private final List<Object> rows = new ArrayList<>();

        MemoryWriter(WriteTask task) {
            this.task = task;
        }

        @Override
        public void write(Batch batch, Rejects rejects) {
            for (int row = 0; row < batch.rowCount(); row++) {
                rows.add(batch.column(column).value(row));
            }
        }

        @Override
        public Staged stage() {
            requireFence(task.lineage(), task.fence());
            String name = task.lineage().id() + "/" + task.piece() + "/" + UUID.randomUUID();
            staged.put(name, rows);
            return new Staged("memory", 1, name, rows.size());
        }

        @Override
        public void abort() {}

        @Override
        public void close() {}
    }
}
