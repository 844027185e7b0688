package io.millrace.core.coordinator;

import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A direct target in memory that outlives its loaders, and whose commit answers get lost on demand. */
final class MemoryDirectTarget {
    final List<Object> visible = Collections.synchronizedList(new ArrayList<>());
    /** Unit and piece → the note. */
    final Map<String, String> notes = new ConcurrentHashMap<>();

    WriteMode mode = WriteMode.APPEND;
    /** How many commits happen, but their answer is lost. */
    final AtomicInteger lostAnswers = new AtomicInteger();
    /** How many commits do not happen, and nobody is told. */
    final AtomicInteger lostCommits = new AtomicInteger();
    /** How many questions for a note are not answered. */
    final AtomicInteger silences = new AtomicInteger();

    /** The sizes of {@code visible} when a run was said to be complete. */
    final List<Integer> completed = new ArrayList<>();
    /** How many times that fails behind its effect. */
    final AtomicInteger failingCompletions = new AtomicInteger();

    Optional<String> wholeRunsOnly = Optional.empty();

    private long epoch;

    DirectLoader loader() {
        return new MemoryLoader();
    }

    private static boolean next(AtomicInteger count) {
        return count.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static String key(WriteTask task) {
        return task.unit() + "/" + task.piece();
    }

    private final class MemoryLoader implements DirectLoader {
        @Override
        public String describe() {
            return "direct memory target";
        }

        @Override
        public WriteMode mode() {
            return mode;
        }

        @Override
        public Optional<String> wholeRunsOnly() {
            return wholeRunsOnly;
        }

        @Override
        public void validate(Schema schema) {}

        @Override
        public List<String> complete(CommitId id) {
            if (id.fence().epoch() != epoch) {
                throw new MillraceException(ErrorKind.FENCED, "fenced");
            }
            completed.add(visible.size());
            if (next(failingCompletions)) {
                throw MillraceException.unavailable("the completion fails on purpose", null);
            }
            return List.of("completed with " + visible.size() + " rows");
        }

        @Override
        public Fence prepare(LoadRequest request) {
            return new Fence(++epoch);
        }

        @Override
        public Optional<String> find(WriteTask task) {
            if (next(silences)) {
                throw MillraceException.unavailable("the target is silent on purpose", null);
            }
            return Optional.ofNullable(notes.get(key(task)));
        }

        @Override
        public DirectWriter open(WriteTask task, Schema schema) {
            return new MemoryWriter(task);
        }

        @Override
        public void close() {}
    }

    private final class MemoryWriter implements DirectWriter {
        private final WriteTask task;
        private final List<Object> rows = new ArrayList<>();

        MemoryWriter(WriteTask task) {
            this.task = task;
        }

        @Override
        public void write(Batch batch, Rejects rejects) {
            for (int row = 0; row < batch.rowCount(); row++) {
                rows.add(batch.column(0).value(row));
            }
        }

        @Override
        public Receipt flush(Rejects rejects) {
            return new Receipt(rows.size(), 0);
        }

        @Override
        public String commit(String note) {
            if (task.fence().epoch() != epoch) {
                throw new MillraceException(ErrorKind.FENCED, "fenced");
            }
            if (next(lostCommits)) {
                throw new MillraceException(ErrorKind.COMMIT_UNKNOWN, "the commit was lost on purpose");
            }
            String first = notes.putIfAbsent(key(task), note);
            if (first == null) {
                visible.addAll(rows);
            }
            if (next(lostAnswers)) {
                throw new MillraceException(ErrorKind.COMMIT_UNKNOWN, "the answer was lost on purpose");
            }
            return first == null ? note : first;
        }

        @Override
        public void abort() {}

        @Override
        public void close() {}
    }
}
