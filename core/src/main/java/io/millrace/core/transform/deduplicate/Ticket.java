package io.millrace.core.transform.deduplicate;

import io.millrace.api.Claims;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.key.KeyKind;
import io.millrace.core.key.KeyReader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One attempt's part in a {@link ClaimTable}. Used by one thread, in this order: {@link #claim} for every batch,
 * {@link #write}, and when the attempt's result is recorded {@link #staged}. {@link #dead} instead, by any thread, whenever
 * the attempt has failed.
 *
 * <p>The claimed keys are noted beside the table, 8 or 16 bytes each, as long as these notes stay small against the table;
 * beyond that the notes are thrown away and {@link #write} searches the table for them, which then costs little more than
 * the keys it finds.
 */
public final class Ticket {
    private static final long ALWAYS_NOTED = 1 << 20;
    private static final int TABLE_SHARE = 16;

    /** What has become of an attempt. */
    public enum State {
        /** It is at work; its keys are its own. */
        LIVE,
        /** Its result is recorded; its keys stay its own. */
        STAGED,
        /** It failed; anybody may take its keys over. */
        DEAD
    }

    private final ClaimTable table;
    private final ClaimTable.Attempt attempt;
    private final KeyReader keys;
    private KeyBuffer notes;
    private long noted;
    private long[] hashes = new long[0];
    private int[] rows = new int[0];
    /** Where each segment's rows end among {@link #rows}. */
    private final int[] segmentEnds;

    Ticket(ClaimTable table, ClaimTable.Attempt attempt) {
        this.table = table;
        this.attempt = attempt;
        this.keys = table.newKeyReader();
        this.notes = new KeyBuffer(table.kind());
        this.segmentEnds = new int[table.segmentCount() + 1];
    }

    int number() {
        return attempt.number;
    }

    /** What has become of the attempt. */
    public State state() {
        return attempt.state;
    }

    /** The batch's first row of every key that the attempt could claim; the others are counted as deduplicated. */
    public Batch apply(Batch batch, Rejects rejects) {
        Selection kept = claim(batch);
        if (kept.count() < batch.rowCount()) {
            rejects.deduplicated(batch.rowCount() - kept.count());
        }
        return batch.select(kept);
    }

    /**
     * Claims the keys of a batch and returns the rows to keep.
     *
     * @throws io.millrace.api.MillraceException DATA where the table's memory limit is reached
     * @throws IllegalStateException where the ticket is not live
     */
    public Selection claim(Batch batch) {
        requireLive();
        if (!batch.schema().equals(table.schema())) {
            throw new IllegalArgumentException("claims are for " + table.schema() + ", not for " + batch.schema());
        }
        keys.read(batch);
        boolean[] kept = new boolean[batch.rowCount()];
        boolean nulls = table.kind() == KeyKind.LONG && keys.anyNull();
        sortBySegment(batch.rowCount(), nulls);
        for (int segment = 0, from = 0; segment < table.segmentCount(); segment++) {
            int to = segmentEnds[segment];
            if (to > from) {
                table.segment(segment)
                        .claim(keys.first(), keys.second(), hashes, rows, from, to, attempt.number, table.dead, kept);
            }
            from = to;
        }
        int[] keptRows = new int[kept.length];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (nulls && keys.isNull(row)) {
                kept[row] = table.claimNull(attempt.number);
            } else if (kept[row]) {
                note(row);
            }
            keptRows[count] = row;
            count += kept[row] ? 1 : 0;
        }
        return Selection.of(keptRows, count);
    }

    /** Orders the rows by segment, and within one as they are, so that the first row of a key is the one that is kept. */
    private void sortBySegment(int count, boolean nulls) {
        if (hashes.length < count) {
            hashes = new long[count];
            rows = new int[count];
        }
        Arrays.fill(segmentEnds, 0);
        long[] first = keys.first();
        for (int row = 0; row < count; row++) {
            hashes[row] = table.hash(first[row]);
            if (!nulls || !keys.isNull(row)) {
                segmentEnds[ClaimTable.segmentOf(hashes[row]) + 1]++;
            }
        }
        for (int segment = 1; segment < segmentEnds.length; segment++) {
            segmentEnds[segment] += segmentEnds[segment - 1];
        }
        // segmentEnds[s] is now where segment s begins, and moves to where it ends.
        for (int row = 0; row < count; row++) {
            if (!nulls || !keys.isNull(row)) {
                rows[segmentEnds[ClaimTable.segmentOf(hashes[row])]++] = row;
            }
        }
    }

    private void note(int row) {
        if (notes == null) {
            return;
        }
        long before = notes.bytes();
        notes.add(keys.first()[row], table.kind() == KeyKind.LONG ? 0 : keys.second()[row]);
        if (notes.bytes() > before) {
            account(notes.bytes() - before);
        }
    }

    private synchronized void account(long more) {
        requireLive();
        if (notes.bytes() > Math.max(ALWAYS_NOTED, (table.memoryBytes() - noted) / TABLE_SHARE)) {
            notes = null;
            table.budget().release(noted);
            noted = 0;
        } else {
            table.budget().reserve(more);
            noted += more;
        }
    }

    /**
     * Writes the keys that the attempt holds to {@code folder/name}, safe against a power cut when this returns. To be
     * called after the last batch and before the attempt's result is recorded (or its target commits); replaces the file of
     * an earlier attempt.
     */
    public Claims write(Path folder, String name) {
        requireLive();
        boolean holdsNull = table.kind() == KeyKind.LONG && table.holdsNull(attempt.number);
        return ClaimFile.write(folder, name, table.kind(), table.seed(), holdsNull, sink -> {
            if (notes != null) {
                notes.forEach(sink);
            } else {
                for (int segment = 0; segment < table.segmentCount(); segment++) {
                    table.segment(segment).forEach(attempt.number, sink);
                }
            }
        });
    }

    /** Says that the attempt's result is recorded: its keys are taken for the rest of the run. */
    public void staged() {
        end(State.STAGED);
    }

    /** Says that the attempt has failed and its result will never be recorded. Does nothing where it was said before. */
    public void dead() {
        if (attempt.state != State.DEAD) {
            end(State.DEAD);
        }
    }

    private synchronized void end(State ended) {
        if (attempt.state != State.LIVE) {
            throw new IllegalStateException(
                    "ticket of " + attempt.name + " is " + attempt.state + ", cannot become " + ended);
        }
        attempt.state = ended;
        table.budget().release(noted);
        noted = 0;
    }

    private void requireLive() {
        if (attempt.state != State.LIVE) {
            throw new IllegalStateException("ticket of " + attempt.name + " is " + attempt.state);
        }
    }
}
