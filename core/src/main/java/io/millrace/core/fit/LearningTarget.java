package io.millrace.core.fit;

import io.millrace.api.BindContext;
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
import io.millrace.core.learned.Learner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A target that learns instead of storing: so {@code fit} reads, transforms, retries and counts exactly as a run does. What a
 * piece has learned is merged when the run commits it; a failed attempt leaves nothing behind.
 */
final class LearningTarget implements StagingLoader {
    private static final String NAME = "fit";

    private final FitPass pass;
    private final BindContext context;
    private final Map<String, Map<String, Learner>> staged = new ConcurrentHashMap<>();
    private FitTail tail;
    private Map<String, Learner> learned;

    LearningTarget(FitPass pass, BindContext context) {
        this.pass = pass;
        this.context = context;
    }

    @Override
    public String describe() {
        return "fit files";
    }

    @Override
    public WriteMode mode() {
        return WriteMode.APPEND;
    }

    @Override
    public void validate(Schema schema) {
        tail = FitTail.of(pass, schema, context);
        learned = tail.newLearners();
    }

    @Override
    public Fence prepare(LoadRequest request) {
        return new Fence(1);
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        return new Writer();
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> pieces) {
        for (Staged piece : pieces) {
            staged.remove(piece.payload())
                    .forEach((path, learner) -> learned.get(path).merge(learner));
        }
        return CommitResult.COMMITTED;
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        staged.keySet().retainAll(live.stream().map(Staged::payload).toList());
    }

    @Override
    public void close() {}

    /** What was taken where; after the run has begun. */
    FitTail tail() {
        return tail;
    }

    /** What was learned, by path; after the commit. */
    Map<String, Learner> learned() {
        return learned;
    }

    private final class Writer implements StagingWriter {
        private final FitTail.Bound bound = tail.bind();
        private final Map<String, Learner> learners = tail.newLearners();
        private long rows;

        @Override
        public void write(Batch batch, Rejects rejects) {
            rows += batch.rowCount();
            bound.take(batch, rejects, learners);
        }

        @Override
        public Staged stage() {
            String name = UUID.randomUUID().toString();
            staged.put(name, learners);
            return new Staged(NAME, 1, name, rows);
        }

        @Override
        public void abort() {}

        @Override
        public void close() {
            bound.close();
        }
    }
}
