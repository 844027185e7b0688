package io.millrace.engines.flink;

import io.millrace.api.Counts;
import io.millrace.api.Staged;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.stream.KeyedCounts;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** What is known of a stage's rows since the last checkpoint. One thread. */
final class OpenPiece {
    /** Why a row is rejected that comes after its time. */
    static final String LATE = "late";

    private final RejectWriter rejects;
    private final boolean groupsGoOut;
    private final Map<Integer, Long> next = new TreeMap<>();
    private long extracted;
    private long arrived;
    private long passed;
    private long transformed;
    private long folded;
    private long late;
    private long corrections;
    private long made;
    private long waiting;
    private Counts leftOut = Counts.ZERO;

    /** @param groupsGoOut whether what goes to the target are groups */
    OpenPiece(Path folder, String lineage, boolean groupsGoOut) {
        this.rejects = new RejectWriter(folder.resolve(UUID.randomUUID() + ".jsonl"), lineage);
        this.groupsGoOut = groupsGoOut;
    }

    RejectWriter rejects() {
        return rejects;
    }

    /** A message was read. */
    void read(int partition, long offset) {
        extracted++;
        next.put(partition, offset + 1);
    }

    /** Rows came from the stage before. */
    void arrived(int rows) {
        arrived += rows;
    }

    /** Rows went to the next stage. */
    void passed(int rows) {
        passed += rows;
    }

    void transformed(int rows) {
        transformed += rows;
    }

    /** Rows are in groups now: they count as loaded. */
    void folded(long rows) {
        folded += rows;
    }

    /** So many more rows wait in the state; less than nothing where rows have waited long enough. */
    void waits(long rows) {
        waiting += rows;
    }

    /** So many of the rejected rows came too late. */
    void late(long rows) {
        late += rows;
    }

    /** So many of the rows change groups that were final. */
    void corrections(long rows) {
        corrections += rows;
    }

    /** Groups were given out, or rejected for want of a result. */
    void made(int groups) {
        made += groups;
    }

    /** Does something with groups: what is rejected or left out meanwhile are groups, and no rows. */
    void groups(Runnable work) {
        Counts before = left();
        work.run();
        Counts after = left();
        leftOut = leftOut.plus(new Counts(
                0,
                0,
                0,
                after.filtered() - before.filtered(),
                after.deduplicated() - before.deduplicated(),
                after.rejected() - before.rejected()));
    }

    private Counts left() {
        return new Counts(0, 0, 0, rejects.filtered(), rejects.deduplicated(), rejects.rejected());
    }

    boolean isEmpty() {
        return extracted == 0 && arrived == 0 && made == 0 && waiting == 0;
    }

    /** The whole of it, rejects made durable. */
    Piece end(long checkpoint, String task, PieceWriter.Written written, OptionalLong watermark) {
        Counts out = new Counts(0, transformed, written.loaded(), 0, written.deduplicated(), 0);
        long spooled = written.spool() == null ? 0 : written.spool().rows();
        Counts rows = new Counts(
                extracted,
                0,
                folded,
                rejects.filtered() - leftOut.filtered(),
                rejects.deduplicated() - leftOut.deduplicated(),
                rejects.rejected() - leftOut.rejected());
        Counts groups = leftOut.plus(new Counts(made, 0, 0, 0, 0, 0));
        if (groupsGoOut) {
            groups = groups.plus(out);
        } else {
            rows = rows.plus(out);
        }
        require(rows, extracted + arrived, passed + waiting + (groupsGoOut ? 0 : spooled));
        require(groups, made, groupsGoOut ? spooled : 0);
        KeyedCounts keyed = new KeyedCounts(groups, late, waiting, corrections);
        return new Piece(
                Piece.VERSION,
                checkpoint,
                task,
                rows,
                written.staged(),
                written.spool(),
                rejects.stage().map(Staged::payload).orElse(null),
                watermark.isPresent() ? watermark.getAsLong() : null,
                next,
                keyed,
                groupsGoOut);
    }

    private static void require(Counts counts, long come, long gone) {
        if (come != gone + counts.loaded() + counts.filtered() + counts.deduplicated() + counts.rejected()) {
            throw new IllegalStateException(
                    "the rows of a piece do not add up: " + counts + ", " + come + " came, and " + gone + " go on");
        }
    }

    void discard() {
        rejects.discard();
    }
}
