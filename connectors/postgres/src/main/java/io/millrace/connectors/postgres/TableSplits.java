package io.millrace.connectors.postgres;

import io.millrace.api.Split;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The splits of a table: block range by block range, table by table, then the tail. The same pin gives the same splits. */
final class TableSplits implements Iterator<Split> {
    private static final long BLOCK_BYTES = 8_192;

    private final List<Scan> scans;
    private final String condition;
    private final Horizon horizon;
    private final String exported;
    private final int batchRows;
    private int scan;
    private long firstBlock;
    private int number;
    private boolean tailPending;

    TableSplits(List<Scan> scans, String condition, Horizon horizon, String exported, int batchRows) {
        this.scans = scans;
        this.condition = condition;
        this.horizon = horizon;
        this.exported = exported;
        this.batchRows = batchRows;
        this.tailPending = !horizon.isClosed();
        skipFinishedScans();
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
            return payload(SplitPayload.Part.TAIL, scans, 0, 0).split("tail", -1, -1);
        }
        throw new NoSuchElementException();
    }

    private Split blocks() {
        Scan current = scans.get(scan);
        long end = Math.min(current.blocks(), firstBlock + current.blocksPerSplit());
        SplitPayload payload = payload(SplitPayload.Part.BLOCKS, List.of(current), firstBlock, end);
        long share = end - firstBlock;
        Split split = payload.split(
                String.format("%06d", number), current.rows() * share / current.blocks(), share * BLOCK_BYTES);
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

    private SplitPayload payload(SplitPayload.Part part, List<Scan> of, long first, long end) {
        return new SplitPayload(part, condition, of, first, end, horizon, exported, batchRows);
    }
}
