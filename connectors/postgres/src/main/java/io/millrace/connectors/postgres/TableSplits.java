package io.millrace.connectors.postgres;

import io.millrace.api.Split;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The splits of a table: block range by block range, table by table, then the tail; an increment has no tail, since what is
 * in it comes with the next one. The same pin gives the same splits.
 */
final class TableSplits implements Iterator<Split> {
    private static final long BLOCK_BYTES = 8_192;

    private final List<Scan> scans;
    private final String condition;
    private final Horizon horizon;
    private final String exported;
    private final int batchRows;
    private final boolean increment;
    private int scan;
    private long firstBlock;
    private int number;
    private boolean tailPending;

    private TableSplits(Pin pin, String condition, String exported, int batchRows, boolean increment) {
        this.scans = pin.scans();
        this.condition = condition;
        this.horizon = pin.horizon();
        this.exported = exported;
        this.batchRows = batchRows;
        this.increment = increment;
        this.tailPending = !increment && !horizon.isClosed();
        skipFinishedScans();
    }

    /** The splits of a plan of all rows that meet the condition. */
    static TableSplits all(Pin pin, String condition, String exported, int batchRows) {
        return new TableSplits(pin, condition, exported, batchRows, false);
    }

    /** The splits of an increment. */
    static TableSplits increment(Pin pin, String exported, int batchRows) {
        return new TableSplits(pin, pin.increment().orElseThrow(), exported, batchRows, true);
    }

    @Override
    public boolean hasNext() {
        return scan < scans.size() || tailPending;
    }

    @Override
    public Split next() {
        if (scan < scans.size()) {
            return blocks();
        }
        if (tailPending) {
            tailPending = false;
            return payload(SplitPayload.Part.TAIL, condition, scans, 0, 0).split("tail", -1, -1);
        }
        throw new NoSuchElementException();
    }

    private Split blocks() {
        Scan current = scans.get(scan);
        long end = Math.min(current.blocks(), firstBlock + current.blocksPerSplit());
        SplitPayload payload = payload(
                increment ? SplitPayload.Part.INCREMENT : SplitPayload.Part.BLOCKS,
                // What was never read before has rows of any age.
                increment && current.from() == 0 ? "TRUE" : condition,
                List.of(current),
                firstBlock,
                end);
        long share = end - firstBlock;
        Split split = payload.split(
                String.format("%06d", number),
                current.rows() < 0 ? -1 : current.rows() * share / current.blocks(),
                share * BLOCK_BYTES);
        number++;
        firstBlock = end;
        skipFinishedScans();
        return split;
    }

    private void skipFinishedScans() {
        while (scan < scans.size() && firstBlock >= scans.get(scan).blocks()) {
            scan++;
            firstBlock = 0;
        }
    }

    private SplitPayload payload(SplitPayload.Part part, String where, List<Scan> of, long first, long end) {
        return new SplitPayload(part, where, of, first, end, horizon, Optional.empty(), exported, batchRows);
    }
}
