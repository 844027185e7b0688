package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/**
 * The result of partial rows that come sorted by key, some thousands at a time: all rows of a key, and never more keys than
 * a small table holds. One thread.
 */
final class Folding implements CountedBatches {
    private static final int BATCH_ROWS = 8_192;
    /** From here on a fold ends where the key changes. */
    private static final int LEAST_ROWS = 4 * BATCH_ROWS;

    private final Iterator<InternalRow> rows;
    private final BoundKeyedStep step;
    private final boolean yieldsRows;
    private final PartialLayout layout;
    private final RowBuilder builder;
    private final UnsafeProjection keys;
    private final TaskRejects rejects = new TaskRejects("features");
    private final long memoryLimit = Runtime.getRuntime().maxMemory() / 4;

    private InternalRow current;
    private Iterator<Batch> results = Collections.emptyIterator();
    private Batch next;
    private Tally noted = Tally.NOTHING;
    private boolean ended;

    Folding(KeyedWork.Bound work, int stage, Iterator<InternalRow> rows) {
        this.step = work.stages().get(stage).step();
        this.yieldsRows = work.takesRows(stage + 1);
        this.rows = rows;
        this.layout = new PartialLayout(step.partial(), step.key());
        this.builder = layout.reader();
        DataType[] types = new DataType[layout.keys()];
        for (int i = 0; i < types.length; i++) {
            types[i] = SparkSchemas.spark(layout.rows().field(i).type());
        }
        this.keys = UnsafeProjection.create(types);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            if (results.hasNext()) {
                Batch result = results.next();
                next = result.rowCount() > 0 ? result : null;
            } else if (advance()) {
                results = fold();
            } else {
                ended = true;
            }
        }
        return next != null;
    }

    @Override
    public Tally tally() {
        return noted.plus(rejects.tally(yieldsRows));
    }

    /** Makes the next partial row the current one; false where there is none. Notes are taken on the way. */
    private boolean advance() {
        while (current == null && rows.hasNext()) {
            InternalRow row = rows.next();
            if (row.getInt(layout.kindOrdinal()) == 0) {
                current = row;
            } else {
                noted = noted.plus(TallyBytes.read(row.getBinary(layout.noteOrdinal())));
            }
        }
        return current != null;
    }

    private Iterator<Batch> fold() {
        Fold fold = step.fold(memoryLimit);
        UnsafeRow last = null;
        for (int taken = 0; advance(); ) {
            if (taken >= LEAST_ROWS) {
                UnsafeRow key = keys.apply(current);
                if (last == null) {
                    last = key.copy();
                } else if (!key.equals(last)) {
                    break;
                }
            }
            builder.append(current);
            current = null;
            if (++taken % BATCH_ROWS == 0) {
                fold.add(builder.build(null));
            }
        }
        if (builder.rows() > 0) {
            fold.add(builder.build(null));
        }
        return fold.finish(BATCH_ROWS, rejects);
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Batch taken = next;
        next = null;
        return taken;
    }
}
